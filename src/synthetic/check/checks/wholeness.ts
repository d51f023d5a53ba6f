import { allExtracts } from '../../../datasets/index.ts'
import { MOMENTS } from '../base-tables.ts'
import type { Check } from '../check.ts'
import { group } from './measures.ts'

const all = (statement: (extract: string, moment: string) => string) =>
  `select sum(n) as value from (${Object.entries(MOMENTS)
    .map(([extract, moment]) => statement(extract, moment))
    .join(' union all ')}) as each_extract`

const withPeople = allExtracts
  .filter(({ id, columns }) => id !== 'people' && columns.some(({ name }) => name === 'person_id'))
  .map(({ id }) => id)

const fault = (id: string, words: string, measure: string): Omit<Check, 'group'> => ({
  id,
  words,
  kind: 'fault',
  unit: 'faults',
  target: 0,
  year: 'any',
  source: 'It cannot be so',
  tolerance: 0,
  because: 'not one may be',
  measure,
})

/** Ten digits whose weighted sum ends in the tenth, modulus 11, as the NHS data dictionary defines it. */
const WEIGHED = Array.from(
  { length: 9 },
  (_, nth) => `${10 - nth} * cast(nhs_number[${nth + 1}] as integer)`,
).join(' + ')

const CONTACTS = ['community', 'mental_health', 'hospice', 'social_prescribing', 'telecare']

export const wholeness = group('Wholeness', [
  fault(
    'known-people',
    'Rows about a person who is not among the people',
    `select sum(n) as value from (${withPeople
      .map(
        (id) =>
          `select count(*) as n from ${id} x where not exists (select 1 from people p where p.person_id = x.person_id)`,
      )
      .join(' union all ')}) as each_extract`,
  ),
  fault(
    'same-number',
    'Rows whose NHS number is not their person’s',
    `select sum(n) as value from (${withPeople
      .map(
        (id) =>
          `select count(*) as n from ${id} x join people p on p.person_id = x.person_id where x.nhs_number is distinct from p.nhs_number`,
      )
      .join(' union all ')}) as each_extract`,
  ),
  fault(
    'number-range',
    'NHS numbers outside the 999 range',
    `select count(*) as value from people where nhs_number is not null and not regexp_matches(nhs_number, '^999[0-9]{7}$')`,
  ),
  fault(
    'number-check',
    'NHS numbers whose check digit is wrong',
    `select count(*) as value from (select nhs_number[10] as last, (11 - (${WEIGHED}) % 11) % 11 as due from people
      where regexp_matches(nhs_number, '^[0-9]{10}$')) as each where due = 10 or cast(last as integer) <> due`,
  ),
  fault(
    'number-twice',
    'NHS numbers that two people have',
    'select count(nhs_number) - count(distinct nhs_number) as value from people',
  ),
  fault(
    'person-twice',
    'People told twice',
    'select count(*) - count(distinct person_id) as value from people',
  ),
  fault(
    'after-death',
    'Rows of what happened to somebody after the day of death',
    all(
      (extract, moment) =>
        `select count(*) as n from ${extract} x join people p on p.person_id = x.person_id where cast(x.${moment} as date) > p.death_date`,
    ),
  ),
  fault(
    'before-birth',
    'Rows of what happened to somebody before the day of birth',
    all(
      (extract, moment) =>
        `select count(*) as n from ${extract} x join people p on p.person_id = x.person_id where cast(x.${moment} as date) < p.birth_date`,
    ),
  ),
  fault(
    'while-here',
    'Rows of what happened to somebody after they moved away',
    all(
      (extract, moment) =>
        `select count(*) as n from ${extract} x join people p on p.person_id = x.person_id where p.departure = 'moved away' and cast(x.${moment} as date) > p.here_until`,
    ),
  ),
  fault(
    'two-beds',
    'Stays in hospital that begin before the same person’s stay before has ended',
    `select count(*) as value from (select admitted_at, max(coalesce(discharged_at, last_day + interval '1 day')) over
      (partition by person_id order by admitted_at, event_id rows between unbounded preceding and 1 preceding) as busy_until
      from admitted_care, span) as stays where admitted_at < busy_until`,
  ),
  fault(
    'two-wards',
    'Stays on a ward that begin before the same stay’s ward before has ended',
    `select count(*) as value from (select ward_from, lag(ward_until) over (partition by admission_id order by ward_order) as before from ward_stays) as wards where ward_from < before`,
  ),
  fault(
    'died-there',
    'People who died in hospital without a stay or an attendance that ended so',
    `select count(*) as value from people p where departure = 'died' and death_place = 'hospital'
      and not exists (select 1 from admitted_care a where a.person_id = p.person_id and a.destination = 'died')
      and not exists (select 1 from emergency_care e where e.person_id = p.person_id and e.outcome = 'died')`,
  ),
  fault(
    'died-elsewhere',
    'Stays in hospital that ended in death, of people who did not die in hospital on that day',
    `select count(*) as value from admitted_care a join people p on p.person_id = a.person_id where a.destination = 'died'
      and (p.death_place is distinct from 'hospital' or p.death_date is distinct from cast(a.discharged_at as date))`,
  ),
  fault(
    'causes-first',
    'Rows told as the effect of what came after them',
    `with caused as (${Object.entries(MOMENTS)
      .map(
        ([extract, moment]) =>
          `select event_id, person_id, because_id, cast(${moment} as timestamp) as moment, '${extract}' as extract from ${extract}`,
      )
      .join(' union all ')})
      select count(*) as value from caused e join caused c on c.event_id = e.because_id
      where (c.moment > e.moment and e.extract not in ('adult_social_care', 'care_home_stays') and c.extract not in ('adult_social_care', 'care_home_stays'))
        or c.person_id <> e.person_id`,
  ),
  fault(
    'times-in-order',
    'Stays and attendances whose times run backwards',
    `select (select count(*) from admitted_care where discharged_at < admitted_at or ready_at < admitted_at or ready_at > discharged_at)
      + (select count(*) from emergency_care where seen_at < arrived_at or left_at < seen_at and outcome <> 'left before being seen' or left_at < arrived_at or left_at < decided_at)
      + (select count(*) from gp_appointments where booked_at > appointment_at) as value`,
  ),
  fault(
    'contacts-of-caseloads',
    'Contacts of a service whose caseload the person was not on',
    `select sum(n) as value from (${CONTACTS.map(
      (
        kind,
      ) => `select count(*) as n from ${kind}_contacts k where not exists (select 1 from ${kind}_caseloads c
        where c.event_id = k.caseload_id and c.person_id = k.person_id and c.service = k.service)`,
    ).join(' union all ')}) as each_kind`,
  ),
  fault(
    'men-with-child',
    'Births told of men, of girls under 12 or of women over 56',
    `select count(*) as value from births b join people p on p.person_id = b.person_id where p.sex <> 'female'
      or b.born_at < p.birth_date + interval '12 years' or b.born_at > p.birth_date + interval '56 years'`,
  ),
  fault(
    'children-alone',
    'Children under 16 who live alone',
    'select count(*) as value from here where lives_alone and age < 16',
  ),
  fault(
    'illness-of-the-other-sex',
    'Cancer of the prostate in women',
    `select count(*) as value from conditions c join people p on p.person_id = c.person_id where c.condition = 'prostateCancer' and p.sex = 'female'`,
  ),
])
