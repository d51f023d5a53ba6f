import { group, mean, ratio, share, yearly } from './measures.ts'
import { england, PLAN_2018 } from './sources.ts'

const FRONT_DOOR = `calls where service = 'co-ordination centre'`

export const coordination = group('Co-ordination centre', [
  {
    id: 'centre-contacts',
    words: 'Contacts a month',
    kind: 'count',
    unit: 'a month',
    target: 3000,
    year: '2018',
    source: `${PLAN_2018}, 5.3.2`,
    fact: { words: 'CCC contacts', section: '5.3.2' },
    tolerance: 0.1,
    because: 'the plan says circa',
    measure: `select count(*) / any_value(years) / 12 as value from ${FRONT_DOOR.replace('calls', 'calls, span')}`,
  },
  {
    id: 'centre-resolved',
    words: 'Resolved at the front door (advice, signposted or sent to their GP), of contacts',
    kind: 'share',
    unit: '%',
    target: 80,
    year: '2018',
    source: `${PLAN_2018}, 5.3.2, “up to 80 %”; 78.7 % in June and July 2018 is the single point of access’s`,
    fact: { words: 'Resolve at front door', section: '5.3.2' },
    tolerance: 4,
    because: 'up to, in words',
    measure: share(`outcome in ('advice', 'signposted', 'see a GP')`, FRONT_DOOR),
  },
  {
    id: 'centre-night',
    words: 'From 8pm to 8am, of contacts',
    kind: 'least',
    unit: '%',
    target: 5,
    year: '2018',
    source: `${PLAN_2018}, 5.3.2: open day and night all year`,
    fact: { words: 'CCC hours', section: '5.3.2' },
    tolerance: 0,
    because: 'a centre open by night is called by night',
    measure: share('hour(called_at) >= 20 or hour(called_at) < 8', FRONT_DOOR),
  },
])

const EVENTS = (type: string) =>
  `adult_social_care, span where event_type = '${type}' and event_start_date >= first_day`

export const socialCare = group('Social care', [
  {
    id: 'requests',
    words: 'Requests for support, without carers’',
    kind: 'count',
    unit: 'a year',
    target: 9700,
    year: '2023-24',
    source: england('Adult Social Care Activity and Finance Report, 2.1 million requests'),
    tolerance: 0.2,
    because: 'councils differ in what they call a request',
    cluster: 2,
    measure: yearly(`${EVENTS('REQ')} and client_type = 'SU'`),
  },
  {
    id: 'long-term-support',
    words: 'Have long-term support from the council at the end, of adults',
    kind: 'share',
    unit: '%',
    target: 1.45,
    year: '2023-24',
    source: england(
      'Adult Social Care Activity and Finance Report, long-term support at the end of the year, 0.65 million of 45 million adults',
    ),
    tolerance: 0.5,
    because: 'poorer places have more',
    measure: share(
      `exists (select 1 from adult_social_care s where s.person_id = h.person_id and s.event_type = 'SER' and s.client_type = 'SU'
        and s.service_type in ('LT-COM', 'LT-RES', 'LT-NUR') and s.event_end_date is null)`,
      'here h where age >= 18',
    ),
  },
  {
    id: 'reablement',
    words: 'Still at home 91 days after the council’s enablement began, of those aged 65 and over',
    kind: 'share',
    unit: '%',
    target: 84,
    year: '2023-24',
    source: england('Adult Social Care Outcomes Framework, 2B'),
    tolerance: 5,
    because: 'councils lie between 75 and 92',
    measure: share(
      `(p.death_date is null or p.death_date > s.event_start_date + 91)
        and not exists (select 1 from residences r where r.person_id = s.person_id and r.care_home is not null
          and r.lives_from <= s.event_start_date + 91 and (r.lives_until is null or r.lives_until > s.event_start_date + 91))
        and not exists (select 1 from admitted_care a where a.person_id = s.person_id and cast(a.admitted_at as date) <= s.event_start_date + 91
          and (a.discharged_at is null or cast(a.discharged_at as date) > s.event_start_date + 91))`,
      `adult_social_care s join people p on p.person_id = s.person_id, span where s.event_type = 'SER' and s.service_type = 'ST-MAX'
        and s.event_start_date between first_day and last_day - 91 and s.event_start_date > p.birth_date + interval '65 years'`,
    ),
  },
  {
    id: 'requests-hospital',
    words: 'From a hospital, of requests for support',
    kind: 'share',
    unit: '%',
    target: 20,
    year: '2023-24',
    source: england('Adult Social Care Activity and Finance Report, requests by route of access'),
    tolerance: 6,
    because: 'councils differ by about that much',
    measure: share(`route_of_access = 'Discharge from hospital'`, `${EVENTS('REQ')} and client_type = 'SU'`),
  },
  {
    id: 'self-funded',
    words: 'Pay for themselves, of care-home residents',
    kind: 'share',
    unit: '%',
    target: 30,
    year: '2022-23',
    source:
      'Care homes and estimating the self-funding population, Office for National Statistics, 37 % in England, fewer where poorer, rounded',
    tolerance: 8,
    because: 'from 25 in the poorest fifth to 55 in the richest',
    measure: share(`funding = 'self'`, 'care_home_stays where moved_out is null'),
  },
  {
    id: 'care-home-stays',
    words: 'Care-home stays that go on at the end, for 100 people who live in one',
    kind: 'mean',
    unit: 'for 100',
    target: 100,
    year: 'any',
    source: 'The same people told twice: their address and their stay',
    tolerance: 5,
    because: 'short stays for respite change no address',
    measure: ratio(
      'select count(*) from care_home_stays where moved_out is null',
      'select count(*) from here where care_home is not null',
      100,
    ),
  },
  {
    id: 'telecare-age',
    words: 'Age of those with telecare, mean',
    kind: 'mean',
    unit: 'years',
    target: 80,
    year: '2020',
    source: 'Studies of telecare users, England, rounded',
    tolerance: 5,
    because: 'rounded; schemes differ in whom they offer it',
    measure: mean(
      `date_diff('day', p.birth_date, c.referred_at) / 365.25`,
      'telecare_caseloads c join people p on p.person_id = c.person_id',
    ),
  },
  {
    id: 'hospice-cancer',
    words: 'Cancer, of hospice referrals',
    kind: 'share',
    unit: '%',
    target: 70,
    year: '2022-23',
    source: 'Hospice UK and the minimum data set for specialist palliative care, rounded',
    tolerance: 12,
    because: 'hospices differ in whom they take',
    measure: share(`starts_with(icd10, 'C')`, 'hospice_caseloads where icd10 is not null'),
  },
])
