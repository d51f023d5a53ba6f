import {
  activity,
  always,
  boolean,
  causeAndCost,
  type FlatExtract,
  maybe,
  moment,
  oneOf,
  person,
  reason,
  text,
  whole,
} from './schema.ts'

const admittedCare: FlatExtract = {
  id: 'admitted_care',
  name: 'Admitted care',
  line: 'One stay in hospital, from coming in to going home.',
  modelledOn:
    'The Admitted Patient Care commissioning data set, as one row for a spell, where that has one for each consultant’s episode; with the discharge-ready date, pathway ' +
    'and reason for delay of the Acute Discharge Situation Report. Words stand for its method, specialty and destination codes.',
  key: ['event_id'],
  columns: [
    ...activity('stay'),
    always('admitted_at', moment, 'When.'),
    always(
      'method',
      oneOf('emergency', 'waiting list', 'day case', 'maternity', 'birth', 'regular'),
      'How they came in.',
    ),
    always('specialty', text, 'Of the consultant.'),
    always('main_diagnosis', text, 'ICD-10, four characters without the dot.'),
    always('diagnoses', text, 'All of them, the main one first, with a space between.'),
    maybe('procedures', text, 'OPCS-4 codes, with a space between.'),
    always('critical_care', boolean, 'Whether any of it was spent in critical care.'),
    maybe('ready_at', moment, 'When the person no longer met the criteria to reside.'),
    maybe('discharged_at', moment, 'Left out for who is still there on the last day.'),
    always('nights', whole(), 'Midnights in the bed, so far as told.'),
    maybe('pathway', whole(0, 3), '0 home without help to 3 a care home for good.'),
    maybe('delay_reason', text, 'Why somebody ready did not leave.'),
    maybe('delay_days', whole(), 'For how long.'),
    maybe(
      'destination',
      oneOf('usual home', 'care home', 'another hospital', 'hospice', 'died'),
      'Where they went.',
    ),
    maybe('attendance_id', whole(), 'The attendance in emergency_care that led here.'),
    maybe('referral_id', whole(), 'The waiting-list referral that it ends.'),
    ...reason,
    ...causeAndCost,
  ],
}

const wardStays: FlatExtract = {
  id: 'ward_stays',
  name: 'Ward stays',
  line: 'One stay on one ward, part of a stay in hospital, whose cost it shares.',
  modelledOn: 'The ward stays within the Admitted Patient Care commissioning data set.',
  key: ['admission_id', 'ward_order'],
  columns: [
    always('admission_id', whole(), 'The event_id in admitted_care.'),
    ...person,
    always('ward_order', whole(1), 'First, second and so on.'),
    always('ward', text, 'Name.'),
    always('ward_from', moment, 'When they came to it.'),
    maybe('ward_until', moment, 'When they left it.'),
  ],
}

const referrals: FlatExtract = {
  id: 'referrals',
  name: 'Referrals to consultants',
  line: 'One referral.',
  modelledOn:
    'The referrals of the Waiting List Minimum Data Set. Waiting times follow from what has its number: outpatients and admitted_care.',
  key: ['event_id'],
  columns: [
    ...activity('referral'),
    always('referred_at', moment, 'When.'),
    always('specialty', text, 'To which.'),
    always('source', oneOf('GP', 'consultant', 'emergency department', 'optician', 'screening'), 'By whom.'),
    always('priority', oneOf('routine', 'urgent', 'suspected cancer'), 'How soon.'),
    ...reason,
    ...causeAndCost,
  ],
}

const outpatients: FlatExtract = {
  id: 'outpatients',
  name: 'Outpatients',
  line: 'One appointment, kept or not.',
  modelledOn: 'The Outpatient commissioning data set, in words for its codes and with one procedure at most.',
  key: ['event_id'],
  columns: [
    ...activity('appointment'),
    always('appointment_at', moment, 'When.'),
    always('specialty', text, 'Of the clinic.'),
    always('first_attendance', boolean, 'First, or one that follows.'),
    always('mode', oneOf('face to face', 'telephone', 'video'), 'How.'),
    always(
      'status',
      oneOf('attended', 'did not attend', 'cancelled by patient', 'cancelled by hospital'),
      'Whether it took place.',
    ),
    always(
      'outcome',
      oneOf('discharged', 'another appointment', 'added to waiting list'),
      'What was decided.',
    ),
    maybe('procedure', text, 'OPCS-4 code.'),
    maybe('referral_id', whole(), 'The event_id in referrals.'),
    ...causeAndCost,
  ],
}

const births: FlatExtract = {
  id: 'births',
  name: 'Births',
  line: 'One child born, in its mother’s row of activity.',
  modelledOn: 'The labour and birth tables of the Maternity Services Data Set.',
  key: ['event_id'],
  columns: [
    ...activity('birth'),
    always('born_at', moment, 'When.'),
    always('child_id', whole(), 'The person_id of the child.'),
    always('weeks', whole(20, 45), 'Of gestation.'),
    always('grams', whole(200, 7000), 'Weight at birth.'),
    always(
      'delivery',
      oneOf('vaginal', 'instrumental', 'planned caesarean', 'emergency caesarean'),
      'How. Its cost is the admission’s.',
    ),
    ...causeAndCost,
  ],
}

export const hospitalExtracts: readonly FlatExtract[] = [
  admittedCare,
  wardStays,
  referrals,
  outpatients,
  births,
]
