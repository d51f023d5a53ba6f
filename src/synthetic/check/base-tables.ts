/** Illnesses that pass: nobody counts them among their lasting conditions. */
const PASSING = [
  'pneumonia',
  'urineInfection',
  'cellulitis',
  'chestInfection',
  'sinusitis',
  'earInfection',
  'coldOrFlu',
  'lowBackPain',
  'ankleSprain',
  'hayFever',
  'covid',
  'pregnancy',
  'hipFracture',
  'selfHarm',
]

/**
 * Words of risk or degree rather than an illness of their own: counted, they would count one thing twice (severe frailty and what makes
 * somebody frail), and the studies that give the figures do not count them.
 */
const DEGREES = [
  'obesity',
  'preDiabetes',
  'mildFrailty',
  'moderateFrailty',
  'severeFrailty',
  'falls',
  'mildCognitiveImpairment',
  'specialEducationalNeeds',
]

/**
 * What the studies of several conditions at once count (Barnett 2012; Cassell 2018 with four fewer), as far as we tell it: several of ours
 * may be one of theirs, and what they leave out (worn joints, acid reflux, cataract, thin bones, autism) is left out.
 */
const STUDIED: readonly (readonly string[])[] = [
  ['hypertension'],
  ['type1Diabetes', 'type2Diabetes'],
  ['asthma'],
  ['copd'],
  ['atrialFibrillation'],
  ['heartFailure'],
  ['ischaemicHeartDisease'],
  ['chronicKidneyDisease3', 'chronicKidneyDisease45'],
  ['stroke'],
  ['peripheralArterialDisease'],
  ['hypothyroidism'],
  ['depression', 'anxiety'],
  ['schizophrenia', 'bipolar'],
  ['dementia'],
  ['eatingDisorder'],
  ['alcoholDependence'],
  ['drugDependence'],
  ['epilepsy'],
  ['parkinsons'],
  ['multipleSclerosis'],
  ['migraine'],
  ['learningDisability', 'downs'],
  ['eczema', 'psoriasis'],
  ['rheumatoidArthritis', 'gout'],
  ['breastCancer', 'prostateCancer', 'lungCancer', 'bowelCancer', 'otherCancer'],
  ['hearingLoss'],
  ['glaucoma'],
  ['sightLoss'],
  ['liverDisease'],
  ['irritableBowel'],
  ['inflammatoryBowel'],
  ['chronicPain'],
]

/** The extracts of what the health service does; the council's are adult_social_care and care_home_stays. */
export const NHS_EXTRACTS = [
  'gp_appointments',
  'prescribing',
  'tests',
  'vaccinations',
  'calls',
  'ambulance',
  'emergency_care',
  'admitted_care',
  'outpatients',
  'community_contacts',
  'mental_health_caseloads',
  'mental_health_contacts',
  'hospice_caseloads',
  'hospice_contacts',
  'social_prescribing_contacts',
] as const

/** When what a row tells of happened; of what lasts, when it began. */
export const MOMENTS = {
  gp_appointments: 'appointment_at',
  prescribing: 'prescribed_at',
  tests: 'taken_at',
  vaccinations: 'given_at',
  calls: 'called_at',
  ambulance: 'called_at',
  emergency_care: 'arrived_at',
  admitted_care: 'admitted_at',
  outpatients: 'appointment_at',
  referrals: 'referred_at',
  community_caseloads: 'referred_at',
  community_contacts: 'contact_at',
  mental_health_caseloads: 'referred_at',
  mental_health_contacts: 'contact_at',
  hospice_caseloads: 'referred_at',
  hospice_contacts: 'contact_at',
  social_prescribing_caseloads: 'referred_at',
  social_prescribing_contacts: 'contact_at',
  telecare_caseloads: 'referred_at',
  telecare_contacts: 'contact_at',
  home_signals: 'sent_at',
  adult_social_care: 'event_start_date',
  care_home_stays: 'moved_in',
} as const

const inLastYear = (extract: (typeof NHS_EXTRACTS)[number]) =>
  `select person_id, cost_pence from ${extract}, span where ${MOMENTS[extract]} > last_day - interval '1 year'`

const listed = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ')

/** Made once, in this order, from the extracts; the checks read them. */
export const BASE_TABLES: readonly string[] = [
  // The window, and how many lived here on its first day.
  `create table span as select min(day) as first_day, max(day) as last_day, count(*) as days, count(*) / 365.25 as years,
    (select count(*) from people where arrival = 'here at the start') as people from calendar`,
  // Whoever lives here on the last day. Fifths and tenths are England's: 1 is the most deprived.
  `create table here as select p.*, cast(date_part('year', age(last_day, birth_date)) as integer) as age,
    1 + cast(floor((decile - 1) / 2) as integer) as fifth
    from people p, span where here_until is null`,
  // Lasting conditions that they have and that a practice has written down.
  `create table known as select distinct c.person_id, c.condition, h.age, h.sex, h.fifth
    from conditions c join here h on h.person_id = c.person_id, span
    where found_date <= last_day and (ended_date is null or ended_date > last_day)`,
  `create table lasting as select h.person_id, h.age, h.sex, h.fifth, count(k.condition) as conditions
    from here h left join known k on k.person_id = h.person_id and k.condition not in (${listed([...PASSING, ...DEGREES])})
    group by h.person_id, h.age, h.sex, h.fifth`,
  `create table studied as select h.person_id, h.age, h.sex, h.fifth, count(distinct part) as conditions
    from here h left join (select k.person_id, s.part from known k join (values ${STUDIED.flatMap((words, part) => words.map((word) => `('${word}', ${part})`)).join(', ')})
    as s(condition, part) on s.condition = k.condition) k on k.person_id = h.person_id group by h.person_id, h.age, h.sex, h.fifth`,
  // What the health service spent in the last twelve months on each person who lives here on the last day.
  `create table spend as select h.person_id, h.age, h.fifth, coalesce(s.pence, 0) / 100.0 as pounds
    from here h left join (select person_id, sum(cost_pence) as pence from (${NHS_EXTRACTS.map(inLastYear).join(' union all ')}) as rows_of_cost
    group by person_id) s on s.person_id = h.person_id`,
  // The set of extracts that comes nearest to the study of how closely spending is held; see checks/spend.ts.
  `create table admitted_spend as select h.person_id, coalesce(s.pence, 0) / 100.0 as pounds
    from here h left join (select person_id, sum(cost_pence) as pence from (${inLastYear('admitted_care')}) as rows_of_cost
    group by person_id) s on s.person_id = h.person_id where h.age >= 18`,
  // How long each person lived in each band of ages, and whether they died in it.
  `create table bands as select age_from, lead(age_from, 1, 200) over (order by age_from) as age_to
    from (select 0 as age_from union all select 1 union all select 5 * n from generate_series(1, 18) as g(n)) as b`,
  `create table lived as select p.person_id, p.sex, p.neighbourhood, p.decile, b.age_from, b.age_to,
    (cast(least(coalesce(p.here_until, last_day + 1), cast(p.birth_date + b.age_to * interval '1 year' as date)) as date)
      - cast(greatest(p.here_from, cast(p.birth_date + b.age_from * interval '1 year' as date)) as date)) / 365.25 as years,
    case when p.death_date is not null and date_part('year', age(p.death_date, p.birth_date)) >= b.age_from
      and date_part('year', age(p.death_date, p.birth_date)) < b.age_to then 1 else 0 end as died
    from people p, span, bands b
    where p.birth_date + b.age_from * interval '1 year' <= coalesce(p.here_until, last_day)
      and p.birth_date + b.age_to * interval '1 year' > p.here_from`,
  // Local tenths of people, in order of their neighbourhood's deprivation: 1 is the most deprived.
  `create table local_tenths as select neighbourhood, least(10, 1 + cast(floor(10 * before / nullif(everyone, 0)) as integer)) as tenth
    from (select neighbourhood, sum(people_at_start) over (order by deprivation desc, neighbourhood) - people_at_start / 2.0 as before,
      sum(people_at_start) over () as everyone from neighbourhoods) as ordered`,
]
