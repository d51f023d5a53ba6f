import type { Finding } from '../check.ts'
import { UNMET } from '../checks/unmet.ts'
import type { Place, Row } from '../place.ts'
import { type Chart, rowsOf } from './chart.ts'
import { drawn } from './draw.ts'
import { OF_ILLNESS } from './of-illness.ts'
import { OF_MONEY } from './of-money.ts'
import { OF_PEOPLE } from './of-people.ts'
import { OF_SERVICES } from './of-services.ts'
import { story } from './story.ts'

const PARTS: readonly (readonly [heading: string, charts: readonly Chart[]])[] = [
  ['People', OF_PEOPLE],
  ['Illness and death', OF_ILLNESS],
  ['Services', OF_SERVICES],
  ['Money', OF_MONEY],
  ['One life', [story]],
]

export const CHARTS: readonly Chart[] = PARTS.flatMap(([, charts]) => charts)

export const BEGIN = '<!-- from here on written by npm run place:charts -->'

const figure = (value: unknown): string => {
  if (value === null || value === undefined || Number.isNaN(value)) return '–'
  if (typeof value !== 'number') return String(value).replaceAll('|', '\\|')
  const size = Math.abs(value)
  return value.toLocaleString('en-GB', { maximumFractionDigits: size >= 100 ? 0 : size >= 10 ? 1 : 2 })
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

function tableOf({ columns, table }: Chart, rows: Row[]): string[] {
  const shown = table ? table(rows) : rows
  return [
    row(columns.map(([heading]) => heading)),
    row(columns.map(() => '---')),
    ...shown.map((each) => row(columns.map(([, column]) => figure(each[column])))),
  ]
}

/** One chart: its picture, or none where there is nothing to draw, and its part of the page. */
export async function charted(
  chart: Chart,
  place: Place,
): Promise<{ svg: string | undefined; lines: string[] }> {
  const rows = await rowsOf(chart, place)
  const heading = [`### ${chart.title}`, '', chart.words, '']
  if (rows.length === 0) return { svg: undefined, lines: [...heading, 'No data.', ''] }
  const picture = `![${chart.title}. The table beneath has the figures.](synthetic/${chart.id}.svg)`
  return {
    svg: drawn(chart.title, chart.draw(rows)),
    lines: [
      ...heading,
      picture,
      '',
      '<details><summary>Table</summary>',
      '',
      ...tableOf(chart, rows),
      '',
      '</details>',
      '',
    ],
  }
}

const VERDICTS = { passed: 'yes', failed: '**no**', 'too small a place': 'not asked' }

function checked(findings: readonly Finding[]): string[] {
  const passed = findings.filter(({ verdict }) => verdict === 'passed').length
  const failed = findings.filter(({ verdict }) => verdict === 'failed').length
  const groups = [...new Set(findings.map(({ check }) => check.group))]
  return [
    '## Against the published figures',
    '',
    `\`npm run -s place:check\`: **${passed} within their tolerance, ${failed} not.** The tolerance and its reason, the year and the source of each stand in`,
    '`src/synthetic/check/checks`; `--json` prints them all.',
    '',
    ...groups.flatMap((group) => [
      `### ${group}`,
      '',
      row(['figure', 'published', 'made-up place', 'within', 'holds']),
      row(['---', '---', '---', '---', '---']),
      ...findings
        .filter(({ check }) => check.group === group)
        .map(({ check, target, measured, allowed, verdict }) =>
          row([
            check.words,
            `${figure(target)} ${check.unit}`,
            figure(measured),
            `± ${figure(allowed)}`,
            VERDICTS[verdict],
          ]),
        ),
      '',
    ]),
    '### What cannot be met, and why',
    '',
    ...UNMET.map(({ figure: words, why }) => `- ${words}: ${why}`),
    '',
  ]
}

export interface Told {
  statement: string
  people: number
  seed: string
  from: string
  until: string
}

/** The pictures by file name, and the page's written part. */
export async function chartsOf(place: Place, findings: readonly Finding[], told: Told) {
  const pictures = new Map<string, string>()
  const lines = [
    BEGIN,
    '',
    `${told.statement} Drawn from \`npm run -s place -- --people ${told.people} --seed ${told.seed}\`, ${told.from} to ${told.until}.`,
    '',
  ]
  for (const [heading, charts] of PARTS) {
    lines.push(`## ${heading}`, '')
    for (const chart of charts) {
      const { svg, lines: own } = await charted(chart, place)
      if (svg) pictures.set(`${chart.id}.svg`, svg)
      lines.push(...own)
    }
  }
  lines.push(...checked(findings))
  return { pictures, text: `${lines.join('\n').trimEnd()}\n` }
}
