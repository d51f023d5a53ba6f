import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { indices, mean } from '../statistics/series.ts'
import { READY_WEEK, weekOf } from './leaving.ts'
import { AE_MONTHS } from './urgent-care.ts'

/** Published facts and files of a real place, kept beside the project and not in it. */
export const shared = resolve(import.meta.dirname, '../../../../../shared')
export const rotherham = join(shared, 'data/rotherham')

type Line = Record<string, string>

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const lines = (file: string): Line[] => parse(readFileSync(join(rotherham, file)), { columns: true })
const of = (line: Line | undefined, name: string) => Number(line?.[name] ?? Number.NaN)

const trust = (file: string) =>
  lines(`nhs-performance/${file}`).filter((line) => line['nhs_trust22_code'] === 'RFR')
const monthOf = (line: Line) => new Date(`1 ${line['date']} UTC`)
const between = (all: readonly Line[], from: string, to: string) =>
  all.filter((line) => monthOf(line) >= new Date(from) && monthOf(line) <= new Date(to))
const total = (all: readonly Line[], name: string) => sum(all.map((line) => of(line, name)))

const attendances = () => trust('trust-accidents-emergency-south-yorkshire-trusts.csv')
const year2024 = () => between(attendances(), '2024-04-01', '2025-03-31')
/** Without the two months that count same-day care again. */
const lately = () =>
  between(attendances(), '2024-08-01', '2025-07-31').filter(
    ({ date }) => date !== 'February 2025' && date !== 'March 2025',
  )
const daysIn = (month: Date) =>
  new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate()

function monthIndices(): number[] {
  const years = [2022, 2023, 2024].map((year) => {
    const months = between(attendances(), `${year}-04-01`, `${year + 1}-03-31`)
    return indices(months.map((line) => of(line, 'total_attendances') / daysIn(monthOf(line))))
  })
  // April comes first in each year, January in what is published with the check.
  return Array.from({ length: 12 }, (_, nth) => mean(years.map((year) => year[(nth + 9) % 12] ?? 0)))
}

const winterOf = (year: number) => {
  const of_ = (month: string) =>
    of(
      attendances().find(({ date }) => date === month),
      'total_emergency_admissions',
    )
  return of_(`January ${year + 1}`) / of_(`August ${year}`)
}

const weekday = (date: string | undefined) => new Date(`${date}T00:00Z`).getUTCDay() || 7
const sitrep = () =>
  trust('trust-criteria-to-reside-south-yorkshire-trusts.csv')
    .map((line) => ({
      day: line['date'] ?? '',
      weekday: weekday(line['date']),
      people: of(line, 'do_not_meet_criteria_to_reside'),
    }))
    .filter(({ people }) => people > 0 && people < 500)
const inWindow = () => sitrep().filter(({ day }) => day >= '2023-10-01')

/** At so many days apart, over pairs of days that were both reported. */
function alike(lag: number): number {
  const days = new Map(inWindow().map(({ day, people }) => [day, people]))
  const middle = mean([...days.values()])
  const later = (day: string) => new Date(Date.parse(day) + lag * 86_400_000).toISOString().slice(0, 10)
  const pairs = [...days].flatMap(([day, people]) => {
    const then = days.get(later(day))
    return then === undefined ? [] : [(people - middle) * (then - middle)]
  })
  return mean(pairs) / mean([...days.values()].map((people) => (people - middle) ** 2))
}

function readyInWinter(): number {
  const span = (from: string, to: string) =>
    sitrep().flatMap(({ day, people }) => (day >= from && day < to ? [people] : []))
  return mean(
    [2022, 2023, 2024].map((year) => {
      const summers = [year, year + 1].flatMap((each) => span(`${each}-06-01`, `${each}-09-01`))
      return mean(span(`${year}-12-01`, `${year + 1}-03-01`)) / mean(summers)
    }),
  )
}

const left = (from: string, to: string) =>
  trust('trust-discharged-patients-south-yorkshire-trusts.csv').filter(
    (line) => of(line, 'discharged_total') > 0 && (line['date'] ?? '') >= from && (line['date'] ?? '') < to,
  )
const dayShare = (...days: number[]) =>
  mean(
    [2022, 2023, 2024].map((year) => {
      const all = left(`${year}-04-01`, `${year + 1}-04-01`)
      const daily = (nth: number) =>
        mean(all.filter(({ date }) => weekday(date) === nth).map((line) => of(line, 'discharged_total')))
      return sum(days.map(daily)) / sum([1, 2, 3, 4, 5, 6, 7].map(daily))
    }),
  )

const delays = (begins: string) => {
  const all = trust('delayed-discharge-reasons-south-yorkshire-trusts.csv')
  const counted = all.filter((line) => line['delay_reason']?.replace(/\s+/g, ' ').startsWith(begins))
  return (100 * total(counted, 'delay_count')) / total(all, 'delay_count')
}

const ages = () =>
  lines('population/population20-ltla21-single-year-persons-south-yorkshire.csv').find(
    (line) => line['ltla21_name'] === 'Rotherham',
  )
const aged = (from: number, to: number) => {
  const inBand = Object.entries(ages() ?? {}).filter(([name]) => /^\d+\+?$/.test(name))
  const of_ = (some: typeof inBand) => sum(some.map(([, people]) => Number(people)))
  return (
    (100 *
      of_(inBand.filter(([name]) => Number.parseInt(name, 10) >= from && Number.parseInt(name, 10) < to))) /
    of_(inBand)
  )
}
const census = (file: string, what: string, begins: string) => {
  const all = lines(`population/census21-${file}-lsoa21-rotherham.csv`)
  return (
    (100 *
      total(
        all.filter((line) => line[what]?.includes(begins)),
        'n',
      )) /
    total(all, 'n')
  )
}
const projected = (age: string, year: number) =>
  of(
    lines('population/snpp-2022-based-migration-category-variant-persons-rotherham.csv').find(
      (line) => line['age'] === age,
    ),
    String(year),
  )
const register = (code: string) =>
  100 *
  of(
    lines('primary-care/hocl-qof-prevalence-2019-20-south-yorkshire-la.csv').find(
      (line) => line['lad_name'] === 'Rotherham' && line['group_code'] === code,
    ),
    'prevalence',
  )
const healthIndex = (indicator: string) =>
  of(
    lines('health-index/ons-health-index-indicators-south-yorkshire-la.csv').find(
      (line) =>
        line['ltla21_code'] === 'E08000018' && line['year'] === '2021' && line['indicator'] === indicator,
    ),
    'value',
  )
const talking = (name: string) =>
  mean(
    lines('nhs-performance/sicb-iapt-rotherham.csv')
      .filter((line) => line['name'] === name)
      .map((line) => of(line, 'value')),
  )
const calledOut = (category: string) =>
  lines('nhs-performance/ambulance-response-times-feb-2021.csv').find(
    (line) => line['ambulance_service'] === 'Yorkshire' && line['category'] === category,
  )
const responses = () =>
  sum(['cat1', 'cat2', 'cat3', 'cat4'].map((each) => of(calledOut(each), 'count_incidents')))
const sexes = () =>
  lines('population/census21-age-group-sex-south-yorkshire.csv').find(
    (line) => line['ltla21_code'] === 'E08000018',
  )
const practices = () => lines('primary-care/icb-allocation-practices-2025-26-rotherham.csv')
const beds = (file: string, name: string) =>
  of(
    lines(`nhs-performance/${file}`).find((line) => line['lad_name'] === 'Rotherham'),
    name,
  )
const threeTenths = () => {
  const people = new Map(
    lines('population/population20-lsoa11-single-year-persons-rotherham.csv').map((line) => [
      line['lsoa11_code'],
      of(line, 'total_population'),
    ]),
  )
  const all = lines('deprivation/imd2019-lsoa11-rotherham.csv')
  const of_ = (some: Line[]) => sum(some.map((line) => people.get(line['lsoa11_code']) ?? 0))
  return (100 * of_(all.filter((line) => of(line, 'IMD_decile') <= 3))) / of_(all)
}
const weight = () => total(practices(), 'Prescr WP') / total(practices(), 'Population')

/** What the file that a check names says, by the check. */
export const COUNTED: Readonly<Record<string, () => number>> = {
  ...Object.fromEntries(
    [0, 5, 16, 25, 45, 65, 75, 85].map((from, nth, all) => [
      `age-${from}`,
      () => aged(from, all[nth + 1] ?? 200),
    ]),
  ),
  ...Object.fromEntries(
    ['White', 'Asian', 'Mixed', 'Black'].map((name) => [
      `ethnic-${name.toLowerCase()}`,
      () => census('ethnicity', 'ethnic_group', name),
    ]),
  ),
  ...Object.fromEntries(
    [
      'AF',
      'AST',
      'CAN',
      'CHD',
      'CKD',
      'COPD',
      'DEM',
      'DM',
      'EP',
      'HF',
      'HYP',
      'MH',
      'OB',
      'PAD',
      'RA',
      'STIA',
    ].map((code) => [`register-${code.toLowerCase()}`, () => register(code)]),
  ),
  'learning-disability': () => register('LD'),
  female: () => (100 * of(sexes(), 'total_females')) / of(sexes(), 'total_population'),
  'people-at-end': () => projected('All ages', 2026) / projected('All ages', 2023),
  births: () => mean([2023, 2024, 2025].map((year) => projected('0', year))),
  'three-tenths-people': threeTenths,
  practices: () => practices().length,
  households: () =>
    (total(lines('population/census21-household-tenure-lsoa21-rotherham.csv'), 'n') * 267_000) /
    of(sexes(), 'total_population'),
  owned: () =>
    census('household-tenure', 'tenure', 'Owned') + census('household-tenure', 'tenure', 'Shared ownership'),
  'social-rent': () => census('household-tenure', 'tenure', 'Social rented'),
  'private-rent': () => census('household-tenure', 'tenure', 'Private rented'),
  overcrowded: () => census('household-overcrowding', 'occupancy_rating', '(overcrowded)'),
  'care-home-nursing': () =>
    100 -
    (100 * beds('care-home-beds-without-nursing-by-la.csv', 'care_home_beds_without_nursing')) /
      beds('care-home-beds-by-la.csv', 'care_home_beds'),
  'life-expectancy': () => healthIndex('Life expectancy'),
  infants: () => healthIndex('Infant mortality') / 10,
  'low-weight': () => healthIndex('Low birth weight'),
  'child-vaccines': () => healthIndex('Child vaccination coverage'),
  items: () => 19.2 * weight() * 267_000,
  'items-cost': () => 173 * weight() * 267_000,
  attendances: () => total(year2024(), 'total_attendances'),
  'four-hours': () =>
    100 * (1 - total(year2024(), 'attendances_over_4hours') / total(year2024(), 'total_attendances')),
  'trolley-waits': () =>
    (100 * total(year2024(), 'emergency_admissions_over_4hours')) /
    total(year2024(), 'total_emergency_admissions'),
  'admitted-share': () =>
    (100 * total(lately(), 'total_emergency_admissions')) / total(lately(), 'total_attendances'),
  'emergency-admissions': () => (12 * total(lately(), 'total_emergency_admissions')) / lately().length,
  months: () => mean(monthIndices().map((value, nth) => Math.abs(value - (AE_MONTHS[nth] ?? 0)))),
  august: () => monthIndices()[7] ?? 0,
  'winter-admissions': () => mean([2021, 2022, 2023, 2024].map(winterOf)),
  'category-1': () => 7 + 32 / 60,
  'category-1-share': () => (100 * of(calledOut('cat1'), 'count_incidents')) / responses(),
  'category-2-share': () => (100 * of(calledOut('cat2'), 'count_incidents')) / responses(),
  beds: () =>
    mean(
      between(
        trust('critical-general-acute-beds-south-yorkshire-trusts.csv'),
        '2024-04-01',
        '2025-03-31',
      ).map((line) => of(line, 'general_acute_beds_occupied')),
    ),
  ready: () => mean(inWindow().map(({ people }) => people)),
  'ready-yesterday': () => alike(1),
  'ready-last-week': () => alike(7),
  'ready-week': () => mean(weekOf(sitrep()).map((value, nth) => Math.abs(value - (READY_WEEK[nth] ?? 0)))),
  'ready-winter': readyInWinter,
  'reason-hub': () => delays('Care transfer hub process'),
  'reason-hospital': () => delays('Hospital process'),
  'reason-interface': () => delays('Interface process'),
  'reason-capacity': () => delays('Capacity'),
  'weekend-leaving': () => 100 * dayShare(6, 7),
  'friday-leaving': () => 7 * dayShare(5),
  'leaving-by-five': () => {
    const all = left('2023-04-01', '2024-04-01')
    const before = total(all, 'discharged_by_1700')
    return (100 * before) / (before + total(all, 'discharged_between_1701_2359'))
  },
  'talking-referrals': () => 12 * talking('Count_ReferralsReceived'),
  'talking-access': () => 12 * talking('Count_AccessingServices'),
  'talking-six-weeks': () => talking('Percentage_AccessingServices6WeeksFinishedCourseTreatment'),
  'talking-recovery': () => talking('Percentage_Recovery'),
  'talking-improvement': () => talking('Percentage_Improvement'),
}
