import type { Check, Measured } from '../check.ts'
import type { Place } from '../place.ts'
import { autocorrelation, mean, meanDifference } from '../statistics/series.ts'
import { group, share } from './measures.ts'
import { england, PLAN_2023, SITREP } from './sources.ts'
import { ACUTE } from './wards.ts'

const SITREP_FILE = 'nhs-performance/trust-criteria-to-reside-south-yorkshire-trusts.csv'
const LEFT_FILE = 'nhs-performance/trust-discharged-patients-south-yorkshire-trusts.csv'
const REASONS_FILE = 'nhs-performance/delayed-discharge-reasons-south-yorkshire-trusts.csv'

/** Adults who stayed a night: whom the daily report counts. */
const STAYED = `(select a.* from admitted_care a join people p on p.person_id = a.person_id
  where ${ACUTE} and nights > 0 and admitted_at > birth_date + interval '18 years')`
const LEFT_ALIVE = `${STAYED} where discharged_at is not null and destination <> 'died'`

/** Beside the mean of the week around, Monday first: April 2022 to August 2025. */
export const READY_WEEK = [1.01, 1.096, 1.091, 1.103, 1.105, 0.827, 0.767]

/**
 * Each day’s people who did not meet the criteria to reside at some time of the day, those who left on it among them, as the report counts
 * them. The first two months are left out: stays that began before the window are not told.
 */
export async function ready(
  place: Place,
): Promise<{ day: string; weekday: number; month: number; people: number }[]> {
  const rows =
    await place.rows(`with stays as (select cast(ready_at as date) as from_day, coalesce(cast(discharged_at as date), last_day) as to_day
      from ${STAYED}, span where ready_at is not null and destination is distinct from 'died'),
    days as (select unnest(generate_series(from_day, to_day, interval '1 day')) as day from stays),
    each as (select cast(day as date) as day, count(*) as people from days group by 1)
    select cast(c.day as varchar) as day, isodow(c.day) as weekday, date_part('month', c.day) as month, coalesce(each.people, 0) as people
    from calendar c left join each on each.day = c.day, span where c.day >= first_day + 60 order by c.day`)
  return rows.map(({ day, weekday, month, people }) => ({
    day: String(day),
    weekday: Number(weekday),
    month: Number(month),
    people: Number(people),
  }))
}

const series =
  (of: (days: Awaited<ReturnType<typeof ready>>) => number) =>
  async (place: Place): Promise<Measured> => ({ value: of(await ready(place)) })

/** Each weekday beside the mean of the seven days around it. */
export function weekOf(days: readonly { weekday: number; people: number }[]): number[] {
  const beside = Array.from({ length: 7 }, (): number[] => [])
  for (let nth = 3; nth < days.length - 3; nth++) {
    const day = days[nth]
    if (!day) continue
    const around = mean(days.slice(nth - 3, nth + 4).map(({ people }) => people))
    if (around > 0) beside[day.weekday - 1]?.push(day.people / around)
  }
  return beside.map(mean)
}

const inMonths = (days: Awaited<ReturnType<typeof ready>>, months: readonly number[]) =>
  mean(days.filter(({ month }) => months.includes(month)).map(({ people }) => people))

const pathway = (nth: number, words: string, target: number, tolerance: number): Omit<Check, 'group'> => ({
  id: `pathway-${nth}`,
  words,
  kind: 'share',
  unit: '%',
  target,
  year: '2023-24',
  source: england('Acute discharge situation report, discharges by pathway'),
  tolerance,
  because: 'hospitals differ by about that much in what they call a pathway',
  measure: share(`pathway = ${nth}`, LEFT_ALIVE),
})

const reason = (id: string, begins: string, target: number, tolerance: number): Omit<Check, 'group'> => ({
  id: `reason-${id}`,
  words: `Ready for seven days or more, days lost to: ${begins.toLowerCase()}`,
  kind: 'share',
  unit: '%',
  target,
  year: 'June 2024 to May 2025',
  source:
    'Acute discharge situation report, reasons for delay, The Rotherham NHS Foundation Trust, NHS England',
  file: REASONS_FILE,
  tolerance,
  because: 'some 450 counted in twelve months, the same people in several',
  cluster: 8,
  measure: `select 100.0 * sum(case when starts_with(delay_reason, '${begins}') then greatest(delay_days - 7, 0) else 0 end) / sum(greatest(delay_days - 7, 0)) as value,
    count(*) as cases from admitted_care where delay_days > 7`,
})

export const leaving = group('Leaving hospital', [
  {
    id: 'ready',
    words: 'People who do not meet the criteria to reside, mean of days',
    kind: 'count',
    unit: 'people',
    target: 142,
    year: 'October 2023 to August 2025',
    source: SITREP,
    file: SITREP_FILE,
    tolerance: 0.12,
    because: '117 in 2023-24 and 144 in 2024-25',
    // Whoever is ready stays so for some four days, which chance does not even out.
    measure: async (place) => {
      const days = (await ready(place)).map(({ people }) => people)
      return { value: mean(days), error: Math.sqrt((2 * 4 * mean(days)) / days.length) }
    },
  },
  {
    id: 'ready-yesterday',
    words: 'The daily series of people ready: how like the day before (autocorrelation at one day)',
    kind: 'mean',
    unit: 'of 1',
    target: 0.45,
    year: 'October 2023 to August 2025',
    source: SITREP,
    file: SITREP_FILE,
    tolerance: 0.2,
    because: '0.37, 0.45 and 0.63 in three years',
    from: 150_000,
    measure: series((days) => autocorrelation(days.map(({ people }) => people))),
  },
  {
    id: 'ready-last-week',
    words:
      'The daily series of people ready: how like the same day a week before (autocorrelation at seven days)',
    kind: 'mean',
    unit: 'of 1',
    target: 0.62,
    year: 'October 2023 to August 2025',
    source: SITREP,
    file: SITREP_FILE,
    tolerance: 0.15,
    because: '0.57, 0.59 and 0.74 in three years',
    from: 150_000,
    measure: series((days) =>
      autocorrelation(
        days.map(({ people }) => people),
        7,
      ),
    ),
  },
  {
    id: 'ready-week',
    words: 'People ready by day of the week: mean difference of the seven indices from the published',
    kind: 'mean',
    unit: 'of 1',
    target: 0,
    year: 'April 2022 to August 2025',
    source: SITREP,
    file: SITREP_FILE,
    tolerance: 0.05,
    because: 'a third of the published spread between weekdays',
    from: 50_000,
    measure: series((days) => meanDifference(weekOf(days), READY_WEEK)),
  },
  {
    id: 'ready-winter',
    words: 'People ready in December to February beside June to August',
    kind: 'share',
    unit: 'ratio',
    target: 1.07,
    year: 'April 2022 to August 2025',
    source: SITREP,
    file: SITREP_FILE,
    tolerance: 0.09,
    because: '0.98, 1.07 and 1.15 in three winters',
    from: 100_000,
    measure: series((days) => inMonths(days, [12, 1, 2]) / inMonths(days, [6, 7, 8])),
  },
  {
    id: 'home',
    words: 'Left for their usual home, of those who left alive',
    kind: 'share',
    unit: '%',
    target: 93,
    year: '2023-25',
    source: `${PLAN_2023}, 4.4`,
    fact: { words: 'Discharged home', section: '4.4' },
    tolerance: 2,
    because: 'the plan also says over 90 %',
    measure: share(
      `destination not in ('another hospital', 'hospice') and (pathway is null or pathway < 2)`,
      LEFT_ALIVE,
    ),
  },
  pathway(0, 'Pathway 0, home without new help', 84, 5),
  pathway(1, 'Pathway 1, home with help', 9.5, 3),
  pathway(2, 'Pathway 2, a bed for rehabilitation', 4, 2),
  pathway(3, 'Pathway 3, a care home for good', 2.5, 1.5),
  reason('hub', 'Care transfer hub process', 38.9, 8),
  reason('hospital', 'Hospital process', 21.3, 8),
  reason('interface', 'Interface process', 24.6, 8),
  reason('capacity', 'Capacity', 14.3, 6),
  {
    id: 'weekend-leaving',
    words: 'Left on a Saturday or Sunday, of those who left alive',
    kind: 'share',
    unit: '%',
    target: 19.6,
    year: '2022-23 to 2024-25',
    source: SITREP,
    file: LEFT_FILE,
    tolerance: 2.5,
    because: 'years differ by one point; holidays by another',
    measure: share('isodow(discharged_at) >= 6', LEFT_ALIVE),
  },
  {
    id: 'friday-leaving',
    words: 'Left on a Friday, beside the mean day',
    kind: 'share',
    unit: 'ratio',
    target: 1.22,
    year: '2022-23 to 2024-25',
    source: SITREP,
    file: LEFT_FILE,
    tolerance: 0.08,
    because: '1.19, 1.22 and 1.24 in three years',
    from: 20_000,
    measure: `select 7.0 * avg(case when isodow(discharged_at) = 5 then 1.0 else 0 end) as value from ${LEFT_ALIVE}`,
  },
  {
    id: 'leaving-by-five',
    words: 'Left before 5pm, of those who left alive',
    kind: 'share',
    unit: '%',
    target: 53.5,
    year: '2023-24',
    source: SITREP,
    file: LEFT_FILE,
    tolerance: 5,
    because: '51.0 in the year before; not given since',
    measure: share('hour(discharged_at) < 17', LEFT_ALIVE),
  },
])
