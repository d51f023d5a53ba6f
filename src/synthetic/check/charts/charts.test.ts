import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Place, plantedPlace } from '../place.ts'
import { drawn } from './draw.ts'
import { CHARTS, charted } from './page.ts'

/** Bounds of the window, so that a place with nobody in it still has one. */
const CALENDAR = ['2023-10-01', '2026-09-30'].map((day) => ({
  day,
  month_start: day,
  weekday: 1,
  financial_year: '2023-24',
  bank_holiday: false,
}))

let nobody: Place
beforeAll(async () => {
  nobody = await plantedPlace({ calendar: CALENDAR })
})
afterAll(() => nobody.close())

describe('charts', () => {
  it('have names of their own and titles', () => {
    expect(new Set(CHARTS.map(({ id }) => id)).size).toBe(CHARTS.length)
    for (const { title, words } of CHARTS) expect(title.length * words.length).toBeGreaterThan(0)
  })

  it('draw a mark for each row, with the title for whoever cannot see it', () => {
    const chart = CHARTS.find(({ id }) => id === 'deprivation')
    const rows = Array.from({ length: 10 }, (_, nth) => ({ tenth: nth + 1, share: nth * 2 }))
    const svg = drawn('Tenths & more', chart?.draw(rows) ?? {})
    const { document } = parseHTML(svg)
    expect(document.querySelectorAll('rect').length).toBeGreaterThanOrEqual(10)
    expect(document.querySelector('title')?.textContent).toBe('Tenths & more')
    expect(svg).not.toMatch(/&(?!(?:amp|lt|gt|quot|#\d+);)/)
  })

  it.each(CHARTS.map((chart) => [chart.id, chart] as const))(
    '%s says nothing false of a place with nobody in it',
    async (_id, chart) => {
      const { lines } = await charted(chart, nobody)
      const figures = lines
        .filter((line) => line.startsWith('| '))
        .slice(2)
        .join(' ')
      expect(figures).not.toMatch(/NaN|undefined|Infinity/)
    },
  )
})
