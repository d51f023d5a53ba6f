import {
  activity,
  always,
  began,
  boolean,
  causeAndCost,
  decimal,
  type ExtractColumn,
  type FlatExtract,
  maybe,
  moment,
  oneOf,
  reason,
  text,
  whole,
} from './schema.ts'

/** Services that keep a caseload and make contacts: the same two tables for each kind, as the national sets have them. */
interface Kind {
  id: string
  name: string
  modelledOn: string
  services: readonly string[]
  scores?: readonly ExtractColumn[]
}

const kinds: readonly Kind[] = [
  {
    id: 'community',
    name: 'Community services',
    modelledOn:
      'The Community Services Data Set: its referrals and its care contacts. Words stand for its codes, and there is one activity in a contact.',
    services: [
      'district nursing',
      'community matron',
      'urgent community response',
      'community therapy',
      'podiatry',
      'speech and language',
      'health visiting',
      'school nursing',
      'virtual ward',
      'intermediate care',
    ],
  },
  {
    id: 'mental_health',
    name: 'Mental health, learning disability and autism services, and talking therapies',
    modelledOn:
      'The Mental Health Services Data Set, and the NHS Talking Therapies Data Set for sessions and their scores, in one. Words stand for codes. A stay as an inpatient is a ' +
      'caseload whose cost is its bed days.',
    services: [
      'talking therapies',
      'community mental health',
      'crisis and home treatment',
      'memory service',
      'children’s mental health',
      'mental health inpatient',
      'learning disability',
      'substance use',
      'mental health liaison',
    ],
    scores: [
      maybe('phq9', whole(0, 27), 'Depression, at that session.'),
      maybe('gad7', whole(0, 21), 'Anxiety, at that session.'),
      maybe('other_score', text, 'Another score taken; see test_names.'),
      maybe('other_value', decimal(1), 'Its value.'),
    ],
  },
  {
    id: 'hospice',
    name: 'Hospice',
    modelledOn:
      'The hospice data set of src/datasets, as referrals and contacts; no national set of hospice activity is known to us.',
    services: ['hospice community', 'hospice inpatient'],
  },
  {
    id: 'social_prescribing',
    name: 'Social prescribing',
    modelledOn:
      'No national set of activity that we know of; the shape is the Community Services Data Set’s.',
    services: ['social prescribing'],
  },
  {
    id: 'telecare',
    name: 'Telecare',
    modelledOn:
      'No national set that we know of; the shape is the Community Services Data Set’s. What devices send is in home_signals.',
    services: ['telecare'],
  },
]

const caseloadsOf = ({ id, name, modelledOn, services }: Kind): FlatExtract => ({
  id: `${id}_caseloads`,
  name: `${name}: caseloads`,
  line: 'One referral of one person to one service, and the time on its caseload that followed.',
  modelledOn,
  key: ['event_id'],
  columns: [
    ...activity('referral'),
    always('service', oneOf(...services), 'Which.'),
    always('referred_at', moment, 'When; the person’s first day in the window, where it began before.'),
    began,
    always(
      'source',
      oneOf(
        'GP',
        'hospital',
        'ambulance',
        'self',
        'care home',
        'school',
        'social care',
        'co-ordination centre',
      ),
      'By whom.',
    ),
    always('accepted', boolean, 'Whether the service took them on.'),
    maybe('closed_at', moment, 'When the service let them go. Left out while it has not.'),
    ...reason,
    ...causeAndCost,
  ],
})

const contactsOf = ({ id, name, modelledOn, services, scores = [] }: Kind): FlatExtract => ({
  id: `${id}_contacts`,
  name: `${name}: contacts`,
  line: 'One contact of one service with one person, kept or not.',
  modelledOn,
  key: ['event_id'],
  columns: [
    ...activity('contact'),
    always('caseload_id', whole(), `The event_id in ${id}_caseloads.`),
    always('service', oneOf(...services), 'Which.'),
    always('contact_at', moment, 'When.'),
    always(
      'mode',
      oneOf('home', 'clinic', 'telephone', 'video', 'care home', 'ward', 'school'),
      'Where, or how.',
    ),
    always('minutes', whole(), 'How long.'),
    always('status', oneOf('attended', 'did not attend', 'cancelled'), 'Whether it took place.'),
    always('activity', text, 'What was done, in words.'),
    ...scores,
    ...causeAndCost,
  ],
})

const homeSignals: FlatExtract = {
  id: 'home_signals',
  name: 'Telecare signals and home readings',
  line: 'One signal of a device at home, or one reading that a person took.',
  modelledOn: 'No national set. The columns are ours.',
  key: ['event_id'],
  columns: [
    ...activity('signal'),
    always('sent_at', moment, 'When.'),
    always(
      'device',
      oneOf('pendant', 'fall detector', 'door sensor', 'blood pressure monitor', 'pulse oximeter', 'scales'),
      'Which.',
    ),
    maybe('test', text, 'What it measured; see test_names.'),
    maybe('value', decimal(2), 'In the test’s unit.'),
    maybe('second_value', decimal(2), 'Diastolic, of blood pressure.'),
    maybe(
      'outcome',
      oneOf(
        'monthly test',
        'answered, no help needed',
        'family asked to call',
        'response sent',
        'ambulance called',
      ),
      'What came of an alarm.',
    ),
    ...causeAndCost,
  ],
}

export const caseloadExtracts: readonly FlatExtract[] = [
  ...kinds.flatMap((kind) => [caseloadsOf(kind), contactsOf(kind)]),
  homeSignals,
]
