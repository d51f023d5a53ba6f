import type { Place } from '../place.ts'
import { indices, meanDifference } from '../statistics/series.ts'
import { group, ratio, share, yearly } from './measures.ts'
import { AE, england, PLAN_2018, PLAN_2023 } from './sources.ts'

const AE_FILE = 'nhs-performance/trust-accidents-emergency-south-yorkshire-trusts.csv'
const ECDS = england('Hospital Accident and Emergency Activity, 2023-24')

/** Attendances a day by month beside the year’s mean, January first: means of April 2022 to March 2025, three years. */
export const AE_MONTHS = [0.974, 1.002, 1.034, 0.969, 0.998, 1.02, 1.001, 0.937, 0.976, 1.012, 1.046, 1.03]

/** Attendances a day by month beside the year's mean, January first. */
export async function attendancesByMonth(place: Place): Promise<number[]> {
  const rows =
    await place.rows(`select date_part('month', day) as month, sum(n) * 1.0 / count(*) as daily from
    (select day, count(event_id) as n from calendar left join emergency_care on cast(arrived_at as date) = day group by day)
    group by month order by month`)
  return indices(rows.map(({ daily }) => Number(daily)))
}

const arrival = (id: string, words: string, what: string, target: number, tolerance: number) => ({
  id,
  words,
  kind: 'share' as const,
  unit: '%',
  target,
  year: '2023-24',
  source: ECDS,
  tolerance,
  because: 'hospitals differ by about that much',
  measure: share(what, 'emergency_care'),
})

export const emergencyDepartment = group('A&E', [
  {
    id: 'attendances',
    words: 'Attendances',
    kind: 'count',
    unit: 'a year',
    target: 103_992,
    year: '2024-25',
    source: `${AE}; taken as the borough’s, as many leave for other hospitals as come from outside`,
    file: AE_FILE,
    tolerance: 0.06,
    because: 'they grew from 96,417 by 8 % in that year, and the window reaches on',
    cluster: 3,
    measure: yearly('emergency_care'),
  },
  {
    id: 'four-hours',
    words: 'Left within four hours, of attendances',
    kind: 'share',
    unit: '%',
    target: 63.5,
    year: '2024-25',
    source: `${AE}; the objective of 76 % (${PLAN_2023}, 4.4) was not met and not taken`,
    file: AE_FILE,
    tolerance: 4,
    because: '59.5 in the year before, 64.8 in the last twelve months',
    measure: share('minutes <= 240', 'emergency_care'),
  },
  {
    id: 'trolley-waits',
    words: 'Waited four hours or more after the decision to admit, of those admitted',
    kind: 'share',
    unit: '%',
    target: 21.8,
    year: '2024-25',
    source: AE,
    file: AE_FILE,
    tolerance: 5,
    because: '17.5 and 24.7 in the years around',
    measure: share(
      `left_at >= decided_at + interval '4 hours'`,
      `emergency_care where outcome = 'admitted' and decided_at is not null`,
    ),
  },
  {
    id: 'admitted-share',
    words: 'Emergency admissions for 100 attendances',
    kind: 'share',
    unit: 'for 100',
    target: 25.9,
    year: 'August 2024 to July 2025',
    source: `${AE}, without February and March 2025, which again count same-day care as 2023-24 did (42.9)`,
    file: AE_FILE,
    tolerance: 3,
    because: 'where same-day care ends and admission begins differs from month to month',
    measure: ratio(
      `select count(*) from admitted_care where method = 'emergency'`,
      'select count(*) from emergency_care',
      100,
    ),
  },
  {
    id: 'months',
    words: 'Attendances by month of the year: mean difference of the twelve indices from the published',
    kind: 'mean',
    unit: 'of 1',
    target: 0,
    year: 'April 2022 to March 2025',
    source: AE,
    file: AE_FILE,
    tolerance: 0.025,
    because: 'the published years differ from their own mean by 0.022',
    from: 100_000,
    measure: async (place) => ({ value: meanDifference(await attendancesByMonth(place), AE_MONTHS) }),
  },
  {
    id: 'august',
    words: 'Attendances a day in August beside the year’s',
    kind: 'share',
    unit: 'ratio',
    target: 0.937,
    year: 'April 2022 to March 2025',
    source: AE,
    file: AE_FILE,
    tolerance: 0.03,
    because: 'between 0.919 and 0.955 in three years',
    from: 50_000,
    measure: async (place) => ({ value: (await attendancesByMonth(place))[7] ?? null }),
  },
  {
    id: 'monday',
    words: 'Attendances on a Monday beside the mean day',
    kind: 'share',
    unit: 'ratio',
    target: 1.09,
    year: '2023-24',
    source: ECDS,
    tolerance: 0.05,
    because: 'hospitals differ by about that much',
    from: 10_000,
    measure: `select 7.0 * avg(case when isodow(arrived_at) = 1 then 1.0 else 0 end) as value from emergency_care`,
  },
  arrival('by-day', 'Came between 8am and 8pm, of attendances', 'hour(arrived_at) between 8 and 19', 69, 5),
  arrival('by-night', 'Came between midnight and 8am, of attendances', 'hour(arrived_at) < 8', 14, 4),
  arrival('by-ambulance', 'Came by ambulance, of attendances', `arrival_mode = 'ambulance'`, 23, 5),
  arrival(
    'left-unseen',
    'Left before being seen, of attendances',
    `outcome = 'left before being seen'`,
    5,
    2,
  ),
  {
    id: 'under-18-attendances',
    words: 'Under 18, of attendances',
    kind: 'share',
    unit: '%',
    target: 25,
    year: '2023-24',
    source: ECDS,
    tolerance: 4,
    because: 'departments with children’s areas of their own have more',
    measure: share(
      `arrived_at < birth_date + interval '18 years'`,
      'emergency_care e join people p on p.person_id = e.person_id',
    ),
  },
  {
    id: 'attendances-75',
    words: 'Aged 75 and over, of attendances',
    kind: 'share',
    unit: '%',
    target: 15,
    year: '2023-24',
    source: ECDS,
    tolerance: 4,
    because: 'places differ by about that much in age',
    measure: share(
      `arrived_at >= birth_date + interval '75 years'`,
      'emergency_care e join people p on p.person_id = e.person_id',
    ),
  },
  {
    id: 'attendances-deprived',
    words: 'Attendances for each person of the most deprived fifth beside the two least deprived',
    kind: 'share',
    unit: 'ratio',
    target: 1.6,
    year: '2023-24',
    source: `${ECDS}: twice as many in the most deprived tenth as in the least`,
    tolerance: 0.3,
    because: 'fifths differ by less than tenths',
    from: 20_000,
    measure: `with each as (select h.person_id, h.fifth, count(e.event_id) as n from here h left join emergency_care e on e.person_id = h.person_id group by 1, 2)
      select avg(case when fifth = 1 then n end) / avg(case when fifth >= 4 then n end) as value from each`,
  },
  {
    id: 'crisis-at-night',
    words: 'Attendances an hour in crisis of mental health from 11pm to 7am, beside the other hours',
    kind: 'least',
    unit: 'ratio',
    target: 1,
    year: '2018',
    source: `${PLAN_2018}, 5.2.4: the peak is between 11pm and 7am`,
    fact: { words: 'Peak MH crisis hours in A&E', section: '5.2.4' },
    tolerance: 0,
    because: 'a peak is more than the rest',
    from: 50_000,
    measure: `select 2.0 * avg(case when hour(arrived_at) >= 23 or hour(arrived_at) < 7 then 1.0 else 0 end)
      / avg(case when hour(arrived_at) between 7 and 22 then 1.0 else 0 end) as value from emergency_care where reason = 'Mental health crisis'`,
  },
])
