import { firstContact, group, share, yearly } from './measures.ts'
import { england, PLAN_2023, TALKING } from './sources.ts'

const TALKING_FILE = 'nhs-performance/sicb-iapt-rotherham.csv'

/** Courses of talking therapy that ended after two treatments or more: scores at the first and at the last contact. */
const COURSES = `(select c.event_id, arg_min(k.phq9, k.contact_at) as phq_first, arg_min(k.gad7, k.contact_at) as gad_first,
    arg_max(k.phq9, k.contact_at) as phq_last, arg_max(k.gad7, k.contact_at) as gad_last
  from mental_health_caseloads c join mental_health_contacts k on k.caseload_id = c.event_id and k.status = 'attended' and k.phq9 is not null and k.gad7 is not null
  where c.service = 'talking therapies' and c.closed_at is not null group by 1 having count_if(k.activity like '%treatment%') >= 2)`
const ILL = '(phq_first >= 10 or gad_first >= 8)'

export const mentalHealth = group('Mental health', [
  {
    id: 'talking-referrals',
    words: 'Referrals to talking therapies',
    kind: 'count',
    unit: 'a year',
    target: 9180,
    year: 'July 2022 to May 2023',
    source: `${TALKING}: 765 a month`,
    file: TALKING_FILE,
    tolerance: 0.1,
    because: 'months differ by that much',
    cluster: 1.3,
    measure: yearly(
      `mental_health_caseloads, span where service = 'talking therapies' and began_date >= first_day`,
    ),
  },
  {
    id: 'talking-access',
    words: 'Begin talking therapies',
    kind: 'count',
    unit: 'a year',
    target: 5930,
    year: 'July 2022 to May 2023',
    source: `${TALKING}: 494 a month`,
    file: TALKING_FILE,
    tolerance: 0.1,
    because: 'months differ by that much',
    cluster: 1.3,
    measure: yearly(firstContact('mental_health', 'talking therapies')),
  },
  {
    id: 'talking-six-weeks',
    words: 'First seen within six weeks of referral, of those who finished talking therapies',
    kind: 'share',
    unit: '%',
    target: 94.6,
    year: 'July 2022 to May 2023',
    source: TALKING,
    file: TALKING_FILE,
    tolerance: 3,
    because: '91 to 98 in eleven months',
    measure: share(
      `first_at <= referred_at + interval '42 days'`,
      `${firstContact('mental_health', 'talking therapies')} f where f.event_id in (select event_id from ${COURSES})`,
    ),
  },
  {
    id: 'talking-recovery',
    words: 'Recovered, of those ill at the start who finished talking therapies',
    kind: 'share',
    unit: '%',
    target: 49.8,
    year: 'July 2022 to May 2023',
    source: TALKING,
    file: TALKING_FILE,
    tolerance: 4,
    because: '47 to 53 in eleven months',
    measure: share('phq_last < 10 and gad_last < 8', `${COURSES} where ${ILL}`),
  },
  {
    id: 'talking-improvement',
    words: 'Reliably better (PHQ-9 by 6 or GAD-7 by 4), of those who finished talking therapies',
    kind: 'share',
    unit: '%',
    target: 68.4,
    year: 'July 2022 to May 2023',
    source: TALKING,
    file: TALKING_FILE,
    tolerance: 5,
    because: '65 to 72 in eleven months',
    measure: share(
      `(phq_first - phq_last >= 6 and gad_last - gad_first < 4) or (gad_first - gad_last >= 4 and phq_last - phq_first < 6)`,
      COURSES,
    ),
  },
  {
    id: 'children-wait',
    words: 'Seen first after more than 18 weeks, of children referred to mental health services',
    kind: 'share',
    unit: '%',
    target: 40,
    year: 'undated',
    source: `${PLAN_2023}, 4.1; the 2018 plan’s 84 % within eight weeks (2017) is older`,
    fact: { words: 'CYP waiting over 18 weeks for MH assessment/intervention', section: '4.1' },
    tolerance: 8,
    because: 'the plan counts whoever waits, and we whoever was seen',
    measure: share(
      `first_at > referred_at + interval '126 days'`,
      firstContact('mental_health', 'children’s mental health'),
    ),
  },
  {
    id: 'mental-health-contact',
    words: 'On the caseload of mental health, learning disability or autism services at the end, of all',
    kind: 'share',
    unit: '%',
    target: 3.3,
    year: '2024',
    source: england('Mental Health Services Monthly Statistics, people in contact, of the population'),
    tolerance: 0.9,
    because: 'counties differ by about that much',
    measure: share(
      `exists (select 1 from mental_health_caseloads c where c.person_id = h.person_id and c.closed_at is null and c.accepted
        and c.service not in ('talking therapies', 'substance use'))`,
      'here h',
    ),
  },
  {
    id: 'mental-health-beds',
    words: 'Admissions to mental health wards',
    kind: 'count',
    unit: 'a year',
    target: 390,
    year: '2023-24',
    source: england('Mental Health Bulletin, 83,000 admissions of adults'),
    tolerance: 0.2,
    because: 'poorer places have more',
    cluster: 1.5,
    measure: yearly(
      `mental_health_caseloads, span where service = 'mental health inpatient' and began_date >= first_day`,
    ),
  },
  {
    id: 'mental-health-dna',
    words: 'Did not attend, of mental health contacts not cancelled',
    kind: 'share',
    unit: '%',
    target: 11,
    year: '2023-24',
    source: england('Mental Health Services Monthly Statistics, attendance of contacts'),
    tolerance: 4,
    because: 'services differ by about that much',
    measure: share(`status = 'did not attend'`, `mental_health_contacts where status <> 'cancelled'`),
  },
])
