import type { Place } from '../place.ts'
import { type Band, lifeTable, slopeIndex } from '../statistics/life-table.ts'
import { group, mean, ratio, share, yearly } from './measures.ts'
import { england, PLAN_2018, PLAN_2023 } from './sources.ts'

const DEAD = `people where departure = 'died'`

async function bands(place: Place, where: string, by: string): Promise<Map<unknown, Band[]>> {
  const rows = await place.rows(
    `select ${by} as part, age_from, age_to, sum(years) as years, sum(died) as died from lived
    left join local_tenths using (neighbourhood) where ${where} and years > 0 group by part, age_from, age_to order by part, age_from`,
  )
  const found = new Map<unknown, Band[]>()
  for (const { part, age_from, age_to, years, died } of rows) {
    const band: Band = {
      from: Number(age_from),
      ...(Number(age_to) < 200 && { to: Number(age_to) }),
      deaths: Number(died),
      years: Number(years),
    }
    found.set(part, [...(found.get(part) ?? []), band])
  }
  return found
}

const expectancy = (where: string) => async (place: Place) => {
  const [found] = (await bands(place, where, '1')).values()
  const { expectancy, error } = lifeTable(found ?? [])
  return { value: expectancy, error }
}

const gap = (sex: string) => async (place: Place) => {
  const tenths = await bands(place, `sex = '${sex}' and tenth is not null`, 'tenth')
  const { slope, error } = slopeIndex([...tenths.values()].map(lifeTable))
  return { value: slope, error }
}

const place = (id: string, words: string, name: string, target: number, tolerance: number) => ({
  id,
  words,
  kind: 'share' as const,
  unit: '%',
  target,
  year: '2022',
  source: england('Office for Health Improvement and Disparities, end of life care profiles, place of death'),
  tolerance,
  because: 'districts differ by about that much with the hospices and homes they have',
  measure: share(`death_place = '${name}'`, DEAD),
})

const cause = (id: string, words: string, codes: string, target: number, tolerance: number) => ({
  id,
  words,
  kind: 'share' as const,
  unit: '%',
  target,
  year: '2023',
  source: 'Deaths registered in England and Wales, Office for National Statistics, rounded',
  tolerance,
  because: 'districts differ by about that much',
  measure: share(`regexp_matches(death_icd10, '${codes}')`, `${DEAD} and death_icd10 is not null`),
})

export const death = group('Deaths', [
  {
    id: 'deaths',
    words: 'Deaths',
    kind: 'count',
    unit: 'a year',
    target: 2900,
    year: '2022',
    source: 'Deaths registered in Rotherham, Office for National Statistics, rounded',
    tolerance: 0.08,
    because: 'the years 2021 to 2023 lie within that',
    measure: yearly(DEAD),
  },
  {
    id: 'life-expectancy-men',
    words: 'Life expectancy at birth, men',
    kind: 'mean',
    unit: 'years',
    target: 77.2,
    year: '2020-22',
    source: `National life tables 2020-22, England 78.9, less 1.7 (${PLAN_2018}, 3.2)`,
    fact: { words: 'Below national average, males', section: '3.2' },
    tolerance: 0.8,
    because: 'the years since brought back what 2020 and 2021 took',
    measure: expectancy(`sex = 'male'`),
  },
  {
    id: 'life-expectancy-women',
    words: 'Life expectancy at birth, women',
    kind: 'mean',
    unit: 'years',
    target: 81.2,
    year: '2020-22',
    source: `National life tables 2020-22, England 82.8, less 1.6 (${PLAN_2018}, 3.2)`,
    fact: { words: 'Below national average, females', section: '3.2' },
    tolerance: 0.8,
    because: 'the years since brought back what 2020 and 2021 took',
    measure: expectancy(`sex = 'female'`),
  },
  {
    id: 'life-expectancy',
    words: 'Life expectancy at birth, both',
    kind: 'mean',
    unit: 'years',
    target: 79.24,
    year: '2021',
    source: 'Health Index for England, Rotherham, Office for National Statistics',
    file: 'health-index/ons-health-index-indicators-south-yorkshire-la.csv',
    tolerance: 0.8,
    because: 'one year’s deaths, and the first of the pandemic’s',
    measure: expectancy('true'),
  },
  {
    id: 'gap-men',
    words: 'Life expectancy, least beside most deprived, men (slope index of inequality)',
    kind: 'mean',
    unit: 'years',
    target: 10.9,
    year: 'undated',
    source: `${PLAN_2018}, 3.2; the same table’s “7 years” for both sexes was not taken, as the sexes were given apart`,
    fact: { words: 'Gap most/least deprived males', section: '3.2' },
    tolerance: 1.5,
    because: 'half the width of the interval that is published with such gaps',
    from: 20_000,
    measure: gap('male'),
  },
  {
    id: 'gap-women',
    words: 'Life expectancy, least beside most deprived, women (slope index of inequality)',
    kind: 'mean',
    unit: 'years',
    target: 7.1,
    year: 'undated',
    source: `${PLAN_2018}, 3.2; the same table’s “7 years” agrees`,
    fact: { words: 'Gap most/least deprived females', section: '3.2' },
    tolerance: 1.5,
    because: 'half the width of the interval that is published with such gaps',
    from: 20_000,
    measure: gap('female'),
  },
  place('died-hospital', 'Died in hospital', 'hospital', 44, 4),
  place('died-home', 'Died at home', 'home', 29, 4),
  place('died-care-home', 'Died in a care home', 'care home', 20.5, 4),
  place('died-hospice', 'Died in a hospice', 'hospice', 5, 2),
  {
    id: 'suicide',
    words: 'Suicides, for 100,000 people a year',
    kind: 'mean',
    unit: 'for 100,000',
    target: 13.2,
    year: 'undated',
    source: `${PLAN_2023}, 4.2; the 2018 plan’s 14.2 is for 2013-15`,
    fact: { words: 'Suicide persons', section: '4.2' },
    tolerance: 4,
    because: 'thirty-five a year: chance alone is three either way over three years',
    from: 150_000,
    measure: ratio(
      `select count(*) from ${DEAD} and regexp_matches(death_icd10, '^(X[67]|X8[0-4]|Y1|Y2|Y3[0-4])')`,
      'select people * years from span',
      100_000,
    ),
  },
  {
    id: 'drug-deaths',
    words: 'Deaths of drug misuse, for 100,000 people a year',
    kind: 'mean',
    unit: 'for 100,000',
    target: 6.4,
    year: '2018-20',
    source: `${PLAN_2023}, 3.1`,
    fact: { words: 'Drug misuse deaths', section: '3.1' },
    tolerance: 3,
    because: 'seventeen a year: chance alone is two and a half either way over three years',
    from: 150_000,
    measure: ratio(
      `select count(*) from ${DEAD} and regexp_matches(death_icd10, '^(F1[1-69]|X4[0-4])')`,
      'select people * years from span',
      100_000,
    ),
  },
  {
    id: 'infants',
    words: 'Died before the first birthday, of children born',
    kind: 'share',
    unit: '%',
    target: 0.335,
    year: '2021',
    source: 'Health Index for England, Rotherham, Office for National Statistics',
    file: 'health-index/ons-health-index-indicators-south-yorkshire-la.csv',
    tolerance: 0.1,
    because: 'nine a year',
    measure: share(
      `death_date is not null and death_date < birth_date + interval '1 year'`,
      `people where arrival = 'born'`,
    ),
  },
  cause('cause-circulation', 'Of the heart and circulation, of deaths', '^I', 24, 4),
  cause('cause-cancer', 'Of cancer, of deaths', '^C', 25, 4),
  cause('cause-breathing', 'Of breathing, of deaths', '^J', 12.5, 3.5),
  cause('cause-dementia', 'Of dementia, of deaths', '^(F0[013]|G30)', 11.5, 3),
  {
    id: 'winter-deaths',
    words: 'Deaths a day in December to March beside the other months',
    kind: 'share',
    unit: 'ratio',
    target: 1.15,
    year: '2015 to 2020',
    source: 'Excess winter mortality in England and Wales, Office for National Statistics, rounded',
    tolerance: 0.1,
    because: 'winters range from 1.07 to 1.29',
    from: 100_000,
    measure: `with each as (select date_part('month', day) in (12, 1, 2, 3) as winter, count(distinct day) as days, count(p.person_id) as dead
      from calendar left join people p on p.death_date = day group by 1)
      select max(case when winter then dead / days end) / max(case when not winter then dead / days end) as value from each`,
  },
  {
    id: 'learning-disability-age',
    words: 'Mean age at death of people with a learning disability',
    kind: 'mean',
    unit: 'years',
    target: 56,
    year: '2021/22',
    source: `${PLAN_2023}, 4.3`,
    fact: { words: 'Mean age at death LD', section: '4.3' },
    tolerance: 5,
    because: 'some twenty deaths a year',
    from: 30_000,
    measure: mean(
      `date_part('year', age(p.death_date, p.birth_date))`,
      `people p where p.departure = 'died' and exists (select 1 from conditions c where c.person_id = p.person_id and c.condition = 'learningDisability')`,
    ),
  },
])
