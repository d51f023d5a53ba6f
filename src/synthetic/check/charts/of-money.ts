import * as Plot from '@observablehq/plot'
import { NHS_EXTRACTS } from '../base-tables.ts'
import type { Place, Row } from '../place.ts'
import { heldBy } from '../statistics/concentration.ts'
import type { Chart } from './chart.ts'

const EXTRACTS = [...NHS_EXTRACTS, 'adult_social_care', 'care_home_stays', 'home_signals'] as const

const services: Chart = {
  id: 'spend',
  title: 'What services cost a year, million pounds',
  words:
    'Activity times the unit costs of the extract unit_costs, which names the source and year of each; whoever pays.',
  rows: EXTRACTS.map(
    (extract) =>
      `select '${extract.replaceAll('_', ' ')}' as service, round(coalesce(sum(cost_pence), 0) / 1e8 / max(years), 1) as millions from span left join ${extract} on true`,
  ).join(' union all '),
  draw: (rows) => ({
    marginLeft: 190,
    height: 460,
    x: { label: 'Million pounds a year', grid: true },
    y: { label: null },
    marks: [
      Plot.barX(rows, { x: 'millions', y: 'service', fill: '#005eb8', sort: { y: '-x' } }),
      Plot.ruleX([0]),
    ],
  }),
  columns: [
    ['Service', 'service'],
    ['Million pounds a year', 'millions'],
  ],
}

async function curve(place: Place): Promise<Row[]> {
  const spend = (await place.rows('select pounds from admitted_spend')).map(({ pounds }) => Number(pounds))
  const parts = [0, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 40, 50, 75, 100]
  return parts.map((part) => ({ part, held: Math.round(1000 * heldBy(spend, part / 100)) / 10 }))
}

const concentration: Chart = {
  id: 'concentration',
  title: 'How much of a year’s admitted care falls to how few',
  words:
    'Adults, last twelve months; admitted care of every kind, the set nearest to the study that the checks name.',
  rows: curve,
  draw: (rows) => ({
    x: { label: 'Per cent of adults, those with the most first' },
    y: { label: 'Per cent of spend', grid: true },
    marks: [
      Plot.line(rows, { x: 'part', y: 'held', stroke: '#005eb8', strokeWidth: 2.5, curve: 'monotone-x' }),
      Plot.dot(
        rows.filter((row) => [1, 5, 10].includes(Number(row['part']))),
        { x: 'part', y: 'held', fill: '#d5281b', r: 4 },
      ),
    ],
  }),
  columns: [
    ['Per cent of adults', 'part'],
    ['Per cent of spend', 'held'],
  ],
}

export const OF_MONEY: readonly Chart[] = [services, concentration]
