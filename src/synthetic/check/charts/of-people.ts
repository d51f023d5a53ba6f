import * as Plot from '@observablehq/plot'
import type { Place, Row } from '../place.ts'
import { type Band, lifeTable } from '../statistics/life-table.ts'
import type { Chart } from './chart.ts'

const pyramid: Chart = {
  id: 'ages',
  title: 'People by age and sex on the last day',
  words:
    'The bulge of those born after the war and in the sixties, fewer in their late teens, and more women than men from seventy on. Held against the mid-year estimate of 2020 by the checks.',
  rows: `select least(age // 5, 18) * 5 as age, sex, count(*) as people from here group by 1, 2 order by 1, 2`,
  draw: (rows) => ({
    marginBottom: 40,
    x: { label: 'People', tickFormat: (value: number) => Math.abs(value).toLocaleString('en-GB') },
    y: { label: 'Age from', reverse: true },
    color: { legend: false },
    marks: [
      Plot.barX(rows, {
        x: (row: Row) => (row['sex'] === 'male' ? -1 : 1) * Number(row['people']),
        y: 'age',
        fill: 'sex',
      }),
      Plot.text(['Men and boys'], { frameAnchor: 'top-left', dx: 10, dy: 6 }),
      Plot.text(['Women and girls'], { frameAnchor: 'top-right', dx: -10, dy: 6 }),
      Plot.ruleX([0]),
    ],
  }),
  columns: [
    ['Age from', 'age'],
    ['Men and boys', 'male'],
    ['Women and girls', 'female'],
  ],
  table: (rows) => {
    const ages = [...new Set(rows.map(({ age }) => age as number))]
    const of = (age: number, sex: string) =>
      rows.find((row) => row['age'] === age && row['sex'] === sex)?.['people'] ?? 0
    return ages.map((age) => ({ age, male: of(age, 'male'), female: of(age, 'female') }))
  },
}

const tenths: Chart = {
  id: 'deprivation',
  title: 'Share of people by national tenth of deprivation',
  words:
    'Over a fifth live in the most deprived tenth of England’s neighbourhoods, hardly anybody in the least deprived.',
  rows: `select d as tenth, round(100.0 * count(person_id) / sum(count(person_id)) over (), 1) as share
    from generate_series(1, 10) as g(d) left join here on decile = d group by d order by d`,
  draw: (rows) => ({
    x: { label: 'Tenth (1 the most deprived)' },
    y: { label: 'Per cent of people', grid: true },
    marks: [Plot.barY(rows, { x: 'tenth', y: 'share', fill: '#005eb8' }), Plot.ruleY([0])],
  }),
  columns: [
    ['Tenth', 'tenth'],
    ['Per cent', 'share'],
  ],
}

const PARTS = ['Most deprived fifth of the borough', 'Least deprived fifth of the borough'] as const

async function survivors(place: Place): Promise<Row[]> {
  const rows =
    await place.rows(`select case when tenth <= 2 then '${PARTS[0]}' else '${PARTS[1]}' end as part, age_from, age_to,
    sum(years) as years, sum(died) as deaths from lived join local_tenths using (neighbourhood)
    where (tenth <= 2 or tenth >= 9) and years > 0 group by 1, 2, 3 order by 1, 2`)
  return PARTS.flatMap((part) => {
    const own = rows.filter((row) => row['part'] === part)
    const bands = own.map((row): Band => {
      const to = Number(row['age_to'])
      const band = {
        from: Number(row['age_from']),
        deaths: Number(row['deaths']),
        years: Number(row['years']),
      }
      return to < 200 ? { ...band, to } : band
    })
    const { alive, expectancy } = lifeTable(bands)
    return bands.map(({ from }, nth) => ({
      part,
      age: from,
      alive: Math.round(1000 * (alive[nth] ?? 0)) / 10,
      expectancy: Math.round(expectancy * 10) / 10,
    }))
  })
}

const survival: Chart = {
  id: 'survival',
  title: 'Of 100 born, how many live to each age, by deprivation',
  words:
    'From an abridged life table of three years’ deaths (Chiang II). The lines part in middle age, where poor places lose people.',
  rows: survivors,
  draw: (rows) => ({
    x: { label: 'Age' },
    y: { label: 'Alive, of 100 born', grid: true, domain: [0, 100] },
    color: { legend: false, domain: [...PARTS] },
    marks: [
      Plot.line(rows, { x: 'age', y: 'alive', stroke: 'part', strokeWidth: 2.5 }),
      Plot.text(
        rows.filter((row) => row['age'] === 60),
        {
          x: 'age',
          y: 'alive',
          text: 'part',
          fill: 'part',
          textAnchor: 'end',
          dx: -8,
          dy: 14,
        },
      ),
    ],
  }),
  columns: [
    ['Part', 'part'],
    ['Age', 'age'],
    ['Alive of 100', 'alive'],
    ['Life expectancy at birth', 'expectancy'],
  ],
  table: (rows) => rows.filter((row) => [0, 50, 65, 75, 85].includes(Number(row['age']))),
}

const homes: Chart = {
  id: 'alone',
  title: 'Share living alone by age and sex',
  words:
    'Women outlive husbands: from seventy-five on more women live alone than not. Care homes are left out.',
  rows: `select (age // 10) * 10 as age, sex, round(100.0 * sum(case when lives_alone then 1 else 0 end) / count(*), 1) as share
    from here where age between 20 and 99 and care_home is null group by 1, 2 order by 1, 2`,
  draw: (rows) => ({
    x: { label: 'Age from' },
    y: { label: 'Per cent', grid: true },
    color: { legend: false, domain: ['female', 'male'] },
    marks: [
      Plot.line(rows, { x: 'age', y: 'share', stroke: 'sex', strokeWidth: 2.5, marker: 'circle' }),
      Plot.text(
        rows.filter((row) => row['age'] === 80),
        { x: 'age', y: 'share', text: 'sex', fill: 'sex', dy: -12 },
      ),
    ],
  }),
  columns: [
    ['Age from', 'age'],
    ['Sex', 'sex'],
    ['Per cent', 'share'],
  ],
}

const places: Chart = {
  id: 'map',
  title: 'Neighbourhoods on the ground, by national tenth of deprivation',
  words: 'Each dot a neighbourhood, dark where it is deprived: poor neighbourhoods lie beside poor ones.',
  rows: 'select neighbourhood, longitude, latitude, decile, people_at_start as people from neighbourhoods order by neighbourhood',
  draw: (rows) => ({
    height: 560,
    x: { label: 'Longitude' },
    y: { label: 'Latitude' },
    color: { type: 'linear', scheme: 'blues', reverse: true, range: undefined as never },
    marks: [
      Plot.dot(rows, {
        x: 'longitude',
        y: 'latitude',
        fill: 'decile',
        stroke: '#768692',
        strokeWidth: 0.5,
        r: 9,
      }),
    ],
  }),
  columns: [
    ['Tenth', 'decile'],
    ['Neighbourhoods', 'neighbourhoods'],
  ],
  table: (rows) =>
    Array.from({ length: 10 }, (_, nth) => ({
      decile: nth + 1,
      neighbourhoods: rows.filter((row) => row['decile'] === nth + 1).length,
    })),
}

const groups: Chart = {
  id: 'ethnic-groups',
  title: 'People of other than White ethnic groups, by age',
  words: 'Of those whose ethnic group is known: one in six of the young, hardly anybody among the old.',
  rows: `select (age // 10) * 10 as age, ethnic_group as "group",
    round(100.0 * count(*) / sum(count(*)) over (partition by (age // 10) * 10), 1) as share
    from here where ethnic_group is not null and age < 90 group by 1, 2 order by 1, 2`,
  draw: (rows) => {
    const others = rows.filter((row) => row['group'] !== 'White')
    const names = [...new Set(others.map((row) => String(row['group'])))]
    return {
      x: { label: 'Age from' },
      y: { label: 'Per cent', grid: true },
      color: { legend: false, domain: names },
      marks: [
        Plot.barY(others, { x: 'age', y: 'share', fill: 'group' }),
        ...names.map((name, nth) =>
          Plot.text([name], {
            fill: [name],
            frameAnchor: 'top-right',
            dx: -12,
            dy: 8 + 17 * nth,
            fontWeight: 'bold',
          }),
        ),
        Plot.ruleY([0]),
      ],
    }
  },
  columns: [
    ['Age from', 'age'],
    ['Group', 'group'],
    ['Per cent', 'share'],
  ],
}

export const OF_PEOPLE: readonly Chart[] = [pyramid, places, tenths, groups, homes, survival]
