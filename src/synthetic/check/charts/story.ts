import * as Plot from '@observablehq/plot'
import type { Row } from '../place.ts'
import type { Chart } from './chart.ts'

/** Lanes from top to bottom, each of one extract. */
const LANES: readonly (readonly [lane: string, sql: string])[] = [
  [
    '999 and 111',
    `select person_id, called_at as moment from ambulance union all select person_id, called_at from calls where service = '111'`,
  ],
  ['A&E', 'select person_id, arrived_at as moment from emergency_care'],
  ['In hospital', 'select person_id, admitted_at as moment from admitted_care'],
  ['Clinics', 'select person_id, appointment_at as moment from outpatients'],
  ['Practice', 'select person_id, appointment_at as moment from gp_appointments'],
  ['Community', 'select person_id, contact_at as moment from community_contacts'],
  ['Mental health', 'select person_id, contact_at as moment from mental_health_contacts'],
  ['Social care', 'select person_id, cast(event_start_date as timestamp) as moment from adult_social_care'],
]

const EVENTS = LANES.map(
  ([lane, sql]) => `select '${lane}' as lane, person_id, moment from (${sql}) as rows_of`,
).join(' union all ')

/** By rule, not by taste: of those over eighty who were in hospital, had social care and live, the one nine tenths of whom have less. */
export const story: Chart = {
  id: 'story',
  title: 'Three years of one invented person over eighty, service by service',
  words:
    'Chosen by rule: alive, over eighty, in hospital and helped by the council; nine in ten such people have less.',
  rows: `with everything as (${EVENTS}),
    counted as (select person_id, count(*) as n from everything join here using (person_id) where age > 80 group by 1
      having count(distinct lane) filter (where lane in ('In hospital', 'Social care')) = 2),
    chosen as (select person_id from counted order by n, person_id limit 1 offset (select cast(count(*) * 0.9 as integer) from counted))
    select lane, cast(moment as varchar) as at from everything join chosen using (person_id), span where moment >= first_day order by moment, lane`,
  draw: (rows) => ({
    marginLeft: 110,
    height: 300,
    x: { label: null, type: 'utc' },
    y: { label: null, domain: LANES.map(([lane]) => lane), grid: true },
    marks: [
      Plot.dot(rows, { x: (row: Row) => new Date(String(row['at'])), y: 'lane', fill: 'lane', r: 3.5 }),
    ],
  }),
  columns: [
    ['Service', 'lane'],
    ['Times in three years', 'times'],
  ],
  table: (rows) =>
    LANES.map(([lane]) => ({ lane, times: rows.filter((row) => row['lane'] === lane).length })),
}
