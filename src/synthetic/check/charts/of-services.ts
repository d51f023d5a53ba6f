import * as Plot from '@observablehq/plot'
import { ready as daysReady } from '../checks/leaving.ts'
import { AE_MONTHS, attendancesByMonth } from '../checks/urgent-care.ts'
import type { Place, Row } from '../place.ts'
import type { Chart } from './chart.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

async function byMonth(place: Place): Promise<Row[]> {
  const ours = await attendancesByMonth(place)
  return MONTHS.flatMap((month, nth) => [
    { month, which: 'made-up place', index: Math.round(1000 * (ours[nth] ?? 0)) / 1000 },
    { month, which: 'published', index: AE_MONTHS[nth] ?? 0 },
  ])
}

const months: Chart = {
  id: 'months',
  title: 'A&E attendances a day by month beside the year’s mean, and the hospital’s published',
  words:
    'Published: NHS England, A&E attendances and emergency admissions, The Rotherham NHS Foundation Trust, April 2022 to March 2025.',
  rows: byMonth,
  draw: (rows) => ({
    x: { label: null, domain: MONTHS },
    y: { label: 'Beside the mean', grid: true, domain: [0.85, 1.12] },
    color: { legend: false, domain: ['made-up place', 'published'] },
    marks: [
      Plot.ruleY([1]),
      Plot.line(rows, { x: 'month', y: 'index', stroke: 'which', strokeWidth: 2.5, marker: 'circle' }),
      Plot.text(
        rows.filter((row) => row['month'] === 'Nov'),
        { x: 'month', y: 'index', text: 'which', fill: 'which', dy: -14 },
      ),
    ],
  }),
  columns: [
    ['Month', 'month'],
    ['', 'which'],
    ['Index', 'index'],
  ],
}

const hours: Chart = {
  id: 'hours',
  title: 'A&E attendances in an average week, by hour of arrival',
  words: 'Quiet before breakfast, busiest before noon and in the early evening; Monday the busiest day.',
  rows: `select isodow(arrived_at) as day, hour(arrived_at) as hour, round(count(*) / (max(days) / 7.0), 1) as attendances
    from emergency_care, span group by 1, 2 order by 1, 2`,
  draw: (rows) => ({
    height: 280,
    x: { label: 'Hour' },
    y: { label: null, domain: [1, 2, 3, 4, 5, 6, 7], tickFormat: (day: number) => DAYS[day - 1] ?? '' },
    color: { type: 'linear', scheme: 'blues', range: undefined as never },
    marks: [Plot.cell(rows, { x: 'hour', y: 'day', fill: 'attendances', inset: 0.5 })],
  }),
  columns: [
    ['Day', 'name'],
    ['Attendances', 'attendances'],
  ],
  table: (rows) =>
    DAYS.map((name, nth) => ({
      name,
      attendances: Math.round(
        rows
          .filter((row) => row['day'] === nth + 1)
          .reduce((sum, row) => sum + Number(row['attendances']), 0),
      ),
    })),
}

const stays: Chart = {
  id: 'stays',
  title: 'Emergency admissions by nights in hospital',
  words:
    'Many go home the same day; most stay a few nights; a long tail stays for weeks. On a log scale a lognormal length of stay bends like this.',
  rows: `select least(nights, 40) as nights, round(100.0 * count(*) / sum(count(*)) over (), 2) as share
    from admitted_care where method = 'emergency' and discharged_at is not null group by 1 order by 1`,
  draw: (rows) => ({
    x: { label: 'Nights (40: or more)', ticks: [0, 5, 10, 15, 20, 25, 30, 35, 40] },
    y: {
      label: 'Per cent of stays, log scale',
      grid: true,
      type: 'log',
      domain: [0.05, 40],
      ticks: [0.1, 0.3, 1, 3, 10, 30],
      tickFormat: String,
    },
    marks: [Plot.dot(rows, { x: 'nights', y: 'share', fill: '#005eb8', r: 4 })],
  }),
  columns: [
    ['Nights', 'nights'],
    ['Per cent', 'share'],
  ],
  table: (rows) => rows.filter((row) => Number(row['nights']) <= 10 || Number(row['nights']) % 10 === 0),
}

const waiting: Chart = {
  id: 'ready',
  title: 'People in hospital who no longer need to be, by day',
  words:
    'Those ready to leave, those who leave that day among them, as the national report counts them; lower on Sundays, higher on Mondays and in winter.',
  rows: daysReady,
  draw: (rows) => ({
    x: { label: null, type: 'utc' },
    y: { label: 'People', grid: true, zero: true },
    marks: [
      Plot.line(rows, {
        x: (row: Row) => new Date(String(row['day'])),
        y: 'people',
        stroke: '#41b6e6',
        strokeWidth: 0.7,
      }),
      Plot.line(
        rows,
        Plot.windowY(
          { k: 28, anchor: 'middle' },
          { x: (row: Row) => new Date(String(row['day'])), y: 'people', stroke: '#005eb8', strokeWidth: 2.5 },
        ),
      ),
    ],
  }),
  columns: [
    ['Month', 'month'],
    ['Mean people', 'people'],
  ],
  table: (rows) => {
    const found = new Map<string, number[]>()
    for (const { day, people } of rows) {
      const month = String(day).slice(0, 7)
      found.set(month, [...(found.get(month) ?? []), Number(people)])
    }
    return [...found].map(([month, all]) => ({
      month,
      people: Math.round(all.reduce((sum, each) => sum + each, 0) / all.length),
    }))
  },
}

const appointments: Chart = {
  id: 'appointments',
  title: 'General practice appointments by week',
  words: 'Bank holidays, Christmas and August show; so do the autumn’s vaccinations.',
  rows: `select cast(date_trunc('week', appointment_at) as date)::varchar as week, count(*) as appointments from gp_appointments
    group by 1 having count(distinct cast(appointment_at as date)) >= 4 or min(appointment_at) > date '2023-10-09' order by 1`,
  draw: (rows) => ({
    x: { label: null, type: 'utc' },
    y: { label: 'Appointments', grid: true, zero: true },
    marks: [
      Plot.line(rows.slice(1, -1), {
        x: (row: Row) => new Date(String(row['week'])),
        y: 'appointments',
        stroke: '#005eb8',
        strokeWidth: 1.5,
      }),
    ],
  }),
  columns: [
    ['Week from', 'week'],
    ['Appointments', 'appointments'],
  ],
  table: (rows) => rows.filter((_, nth) => nth % 13 === 6),
}

export const OF_SERVICES: readonly Chart[] = [months, hours, stays, waiting, appointments]
