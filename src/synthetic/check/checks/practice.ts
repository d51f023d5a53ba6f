import type { Check } from '../check.ts'
import { group, ratio, share, yearly } from './measures.ts'
import { england, PLAN_2018 } from './sources.ts'

/** As the national collection counts them: kept or not, without the cancelled. */
const BOOKED = `gp_appointments where status <> 'cancelled'`
const GPAD = england('Appointments in General Practice, 2024-25')

const part = (
  id: string,
  words: string,
  what: string,
  target: number,
  tolerance: number,
): Omit<Check, 'group'> => ({
  id,
  words,
  kind: 'share',
  unit: '%',
  target,
  year: '2024-25',
  source: GPAD,
  tolerance,
  because: 'sub-areas of the country differ by about that much',
  cluster: 3,
  measure: share(what, BOOKED),
})

/** September to March, the last that the window holds whole or nearly so. */
const WINTER = `(select make_date(last_march - 1, 9, 1) as winter_from, make_date(last_march, 4, 1) as winter_to
  from (select cast(date_part('year', last_day - interval '90 days') as integer) as last_march from span))`

const DOSE = (vaccine: string) =>
  `exists (select 1 from vaccinations v where v.person_id = h.person_id and v.vaccine = '${vaccine}')`

export const practice = group('General practice', [
  {
    id: 'appointments',
    words: 'Appointments',
    kind: 'count',
    unit: 'a year',
    target: 1_500_000,
    year: '2017/18',
    source: `${PLAN_2018}, 2.5, “over 1.5 million”`,
    fact: { words: 'General practice appointments (over)', section: '2.5' },
    tolerance: 0.07,
    because: '“over”, in words',
    cluster: 20,
    measure: yearly(BOOKED),
  },
  part(
    'face-to-face',
    'Face to face or at home, of appointments',
    `mode in ('face to face', 'home visit')`,
    68,
    6,
  ),
  part('telephone', 'By telephone, of appointments', `mode = 'telephone'`, 25, 5),
  part('online', 'Online, of appointments', `mode = 'online'`, 6, 3),
  part('home-visits', 'At home, of appointments', `mode = 'home visit'`, 1, 1),
  part('with-gp', 'With a GP, of appointments', `professional = 'GP'`, 45, 5),
  part('did-not-attend', 'Did not attend, of appointments', `status = 'did not attend'`, 4.5, 1.5),
  part(
    'same-day',
    'On the day they were booked, of appointments',
    'cast(booked_at as date) = cast(appointment_at as date)',
    44,
    6,
  ),
  part(
    'two-weeks',
    'Within two weeks of booking, of appointments',
    `appointment_at <= booked_at + interval '14 days'`,
    82,
    5,
  ),
  {
    id: 'weekend-appointments',
    words: 'On a Saturday or Sunday, of appointments',
    kind: 'share',
    unit: '%',
    target: 1.2,
    year: '2024-25',
    source: GPAD,
    tolerance: 1.5,
    because: 'enhanced access differs from place to place',
    measure: share('isodow(appointment_at) >= 6', BOOKED),
  },
  {
    id: 'appointments-75',
    words: 'Appointments for each person aged 75 and over beside one of 25 to 44',
    kind: 'share',
    unit: 'ratio',
    target: 2.4,
    year: '2013-14',
    source: 'Hobbs and others, Lancet 2016, consultations in England by age, rounded',
    tolerance: 0.6,
    because: 'read off a chart',
    from: 20_000,
    measure: `with each as (select h.person_id, h.age, count(g.event_id) as n from here h left join ${BOOKED.replace(' where', ' g on g.person_id = h.person_id and')} group by 1, 2)
      select avg(case when age >= 75 then n end) / avg(case when age between 25 and 44 then n end) as value from each`,
  },
  {
    id: 'items',
    words: 'Items prescribed',
    kind: 'count',
    unit: 'a year',
    target: 6_020_000,
    year: '2023/24',
    source:
      'Prescription Cost Analysis, England, NHS Business Services Authority, 19.2 items to each person registered, by the prescribing weight of Rotherham’s practices (NHS England allocations 2025/26, 1.175)',
    file: 'primary-care/icb-allocation-practices-2025-26-rotherham.csv',
    tolerance: 0.1,
    because: 'how many days an item covers differs from place to place',
    cluster: 30,
    measure: yearly('prescribing'),
  },
  {
    id: 'items-cost',
    words: 'Cost of items prescribed',
    kind: 'count',
    unit: '£ a year',
    target: 54_300_000,
    cluster: 500,
    year: '2023/24',
    source:
      'Prescription Cost Analysis, England, £173 to each person registered, by the prescribing weight of Rotherham’s practices (1.175)',
    file: 'primary-care/icb-allocation-practices-2025-26-rotherham.csv',
    tolerance: 0.12,
    because: 'few medicines stand for many, at their own years’ prices',
    measure: 'select sum(cost_pence) / 100.0 / any_value(years) as value from prescribing, span',
  },
  {
    id: 'flu-65',
    words: 'Vaccinated against influenza in the last whole winter, of those aged 65 and over',
    kind: 'share',
    unit: '%',
    target: 77,
    year: '2023-24 and 2024-25',
    source: england('Seasonal influenza vaccine uptake in GP patients, UK Health Security Agency'),
    tolerance: 4,
    because: '77.8 and 74.9 in the two winters',
    measure: share(
      `exists (select 1 from vaccinations v where v.person_id = h.person_id and v.vaccine = 'Influenza vaccine' and v.given_at >= winter_from and v.given_at < winter_to)`,
      `here h, ${WINTER} where here_from <= winter_from and birth_date + interval '65 years' < winter_to`,
    ),
  },
  {
    id: 'child-vaccines',
    words: 'Three doses of the 6-in-1, of children born here who had their second birthday',
    kind: 'share',
    unit: '%',
    target: 94.8,
    year: '2021',
    source: 'Health Index for England, child vaccination coverage, Rotherham, Office for National Statistics',
    file: 'health-index/ons-health-index-indicators-south-yorkshire-la.csv',
    tolerance: 3,
    because: 'coverage has fallen by about a point in two years',
    measure: share(
      DOSE('6-in-1 (DTaP/IPV/Hib/HepB) third dose'),
      `here h, span where arrival = 'born' and birth_date <= last_day - interval '2 years'`,
    ),
  },
  {
    id: 'mmr-first',
    words: 'A first dose of MMR, of children born here who had their second birthday',
    kind: 'share',
    unit: '%',
    target: 91,
    year: '2023-24',
    source: 'Childhood Vaccination Coverage Statistics, Yorkshire and the Humber, rounded',
    tolerance: 4,
    because: 'districts of the region lie between 87 and 95',
    measure: share(
      DOSE('Measles, mumps and rubella first dose'),
      `here h, span where arrival = 'born' and birth_date <= last_day - interval '2 years'`,
    ),
  },
  {
    id: 'annual-health-checks',
    words: 'Blood pressure taken in the last year, of those with high blood pressure',
    kind: 'share',
    unit: '%',
    target: 87,
    year: '2022-23',
    source: england('Quality and Outcomes Framework, blood pressure of people with hypertension'),
    tolerance: 8,
    because: 'practices differ, and the framework leaves out whoever declined',
    measure: share(
      `exists (select 1 from tests t, span where t.person_id = k.person_id and t.test = 'bloodPressure' and t.taken_at > last_day - interval '1 year')`,
      `known k where condition = 'hypertension'`,
    ),
  },
  {
    id: 'appointments-by-deprivation',
    words: 'Appointments for each person of the most deprived fifth beside the two least deprived',
    kind: 'share',
    unit: 'ratio',
    target: 1.1,
    year: '2018',
    source:
      'Mukhtar and others, British Journal of General Practice 2018, consultations by deprivation, rounded',
    tolerance: 0.15,
    because: 'crude ratios by deprivation hide that poorer areas are younger',
    from: 20_000,
    measure: ratio(
      `select count(*) * 1.0 / (select count(*) from here where fifth = 1) from ${BOOKED} and person_id in (select person_id from here where fifth = 1)`,
      `select count(*) * 1.0 / (select count(*) from here where fifth >= 4) from ${BOOKED} and person_id in (select person_id from here where fifth >= 4)`,
    ),
  },
])
