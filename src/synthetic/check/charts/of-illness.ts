import * as Plot from '@observablehq/plot'
import type { Row } from '../place.ts'
import type { Chart } from './chart.ts'

const ENDS = `case when fifth = 1 then 'Most deprived fifth of England' else 'Two least deprived fifths' end`

const many: Chart = {
  id: 'conditions',
  title: 'Lasting conditions a person, by age, in poor and better-off neighbourhoods',
  words: 'Poor neighbourhoods reach at fifty-five what others reach ten years later.',
  rows: `select (age // 5) * 5 as age, ${ENDS} as part, round(avg(conditions), 2) as conditions from lasting
    where (fifth = 1 or fifth >= 4) and age < 95 group by 1, 2 order by 1, 2`,
  draw: (rows) => ({
    x: { label: 'Age from' },
    y: { label: 'Conditions', grid: true },
    marks: [
      Plot.line(rows, { x: 'age', y: 'conditions', stroke: 'part', strokeWidth: 2.5 }),
      Plot.text(
        rows.filter((row) => row['age'] === 60),
        {
          x: 'age',
          y: 'conditions',
          text: 'part',
          fill: 'part',
          textAnchor: 'end',
          dx: -10,
          dy: -4,
        },
      ),
    ],
  }),
  columns: [
    ['Age from', 'age'],
    ['Neighbourhoods', 'part'],
    ['Conditions', 'conditions'],
  ],
}

const SHOWN = ['hypertension', 'type2Diabetes', 'depression', 'copd', 'asthma', 'dementia']
const NAMES = ['High blood pressure', 'Type 2 diabetes', 'Depression', 'COPD', 'Asthma', 'Dementia']

const prevalence: Chart = {
  id: 'prevalence',
  title: 'Six conditions by age, in poor and better-off neighbourhoods',
  words:
    'Per cent of people with it on their practice’s list; blue: the most deprived fifth of England, red: the two least deprived fifths. Note the different shapes: depression is highest in middle age, dementia comes late and doubles every five years.',
  rows: `with ages as (select person_id, (age // 10) * 10 as age, ${ENDS} as part from here where (fifth = 1 or fifth >= 4) and age < 100)
    select c.condition, a.age, a.part, round(100.0 * count(k.person_id) / count(*), 2) as share
    from ages a cross join (select unnest([${SHOWN.map((each) => `'${each}'`).join(', ')}]) as condition) c
    left join known k on k.person_id = a.person_id and k.condition = c.condition group by 1, 2, 3 order by 1, 2, 3`,
  draw: (rows) => ({
    height: 460,
    x: { label: 'Age from' },
    y: { label: 'Per cent', grid: true },
    fx: { label: null, tickFormat: () => '' },
    fy: { label: null, tickFormat: () => '' },
    marks: [
      Plot.frame({ stroke: '#d8dde0' }),
      Plot.line(rows, {
        x: 'age',
        y: 'share',
        stroke: 'part',
        strokeWidth: 2,
        fx: (row: Row) => SHOWN.indexOf(String(row['condition'])) % 3,
        fy: (row: Row) => Math.floor(SHOWN.indexOf(String(row['condition'])) / 3),
      }),
      Plot.text(SHOWN, {
        text: (each: string) => NAMES[SHOWN.indexOf(each)] ?? each,
        fx: (each: string) => SHOWN.indexOf(each) % 3,
        fy: (each: string) => Math.floor(SHOWN.indexOf(each) / 3),
        frameAnchor: 'top-left',
        dx: 6,
        dy: 6,
        fontWeight: 'bold',
      }),
    ],
  }),
  columns: [
    ['Condition', 'condition'],
    ['Age from', 'age'],
    ['Neighbourhoods', 'part'],
    ['Per cent', 'share'],
  ],
  table: (rows) =>
    rows
      .filter((row) => [30, 50, 70, 80].includes(Number(row['age'])))
      .map((row) => ({ ...row, condition: NAMES[SHOWN.indexOf(String(row['condition']))] ?? null })),
}

const medicines: Chart = {
  id: 'items',
  title: 'Items prescribed to a person in the last year, by age',
  words: 'Few in the young; many in the old, issued every four or eight weeks.',
  rows: `with items as (select person_id, count(*) as items from prescribing, span where prescribed_at > last_day - interval '1 year' group by 1)
    select (age // 5) * 5 as age, round(sum(coalesce(items, 0)) * 1.0 / count(*), 1) as items
    from here left join items using (person_id) where age < 95 group by 1 order by 1`,
  draw: (rows) => ({
    x: { label: 'Age from' },
    y: { label: 'Items a person', grid: true },
    marks: [Plot.barY(rows, { x: 'age', y: 'items', fill: '#005eb8' }), Plot.ruleY([0])],
  }),
  columns: [
    ['Age from', 'age'],
    ['Items', 'items'],
  ],
}

const CAUSES = ['Cancer', 'Heart and circulation', 'Lungs', 'Dementia', 'Other']

const causes: Chart = {
  id: 'deaths',
  title: 'Deaths by age and cause over the three years',
  words: 'By the chapter of the underlying cause (ICD-10).',
  rows: `with dead as (select least(cast(date_part('year', age(death_date, birth_date)) as integer) // 10, 9) * 10 as age,
      case substr(death_icd10, 1, 1) when 'C' then 'Cancer' when 'I' then 'Heart and circulation' when 'J' then 'Lungs'
        when 'F' then 'Dementia' when 'G' then 'Dementia' else 'Other' end as cause from people where death_date is not null)
    select age, cause, count(*) as deaths from dead group by 1, 2 order by 1, 2`,
  draw: (rows) => ({
    x: { label: 'Age from' },
    y: { label: 'Deaths', grid: true },
    marks: [
      Plot.barY(rows, { x: 'age', y: 'deaths', fill: 'cause' }),
      ...CAUSES.map((cause, nth) =>
        Plot.text([cause], {
          fill: [cause],
          frameAnchor: 'top-left',
          dx: 12,
          dy: 8 + 17 * nth,
          fontWeight: 'bold',
        }),
      ),
      Plot.ruleY([0]),
    ],
    color: { legend: false, domain: CAUSES },
  }),
  columns: [
    ['Age from', 'age'],
    ['Cause', 'cause'],
    ['Deaths', 'deaths'],
  ],
}

export const OF_ILLNESS: readonly Chart[] = [many, prevalence, medicines, causes]
