import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

const { document } = parseHTML('<!doctype html><html><body></body></html>')

/** The document writes a bare & into attributes, which no XML reader takes. */
const wellFormed = (svg: string): string => svg.replace(/&(?!(?:amp|lt|gt|quot|#\d+);)/g, '&amp;')

/** Coordinates to a tenth of a pixel: nobody sees more, and files stay small. */
const rounded = (svg: string): string =>
  svg.replace(
    /="([^"]*)"/g,
    (_all, value: string) =>
      `="${value.replace(/-?\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))))}"`,
  )

const COLOURS = ['#005eb8', '#d5281b', '#7c2855', '#78be20', '#ed8b00', '#41b6e6', '#330072', '#768692']

/** A chart as an SVG file of its own: on white, with its title for whoever cannot see it. */
export function drawn(title: string, options: Plot.PlotOptions): string {
  const figure = Plot.plot({
    document: document as unknown as Document,
    width: 760,
    height: 380,
    marginLeft: 60,
    marginBottom: 42,
    style: { background: 'white', color: '#212b32', fontFamily: 'Arial, sans-serif', fontSize: '12px' },
    ...options,
    color: { range: COLOURS, ...options.color },
  })
  const svg = (
    figure.tagName.toLowerCase() === 'svg' ? figure : figure.querySelector('svg:last-of-type')
  ) as SVGElement
  const heading = document.createElementNS('http://www.w3.org/2000/svg', 'title')
  heading.textContent = title
  svg.insertBefore(heading as unknown as Node, svg.firstChild)
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return `${wellFormed(rounded(svg.outerHTML))}\n`
}
