import {
  activity,
  always,
  causeAndCost,
  type FlatExtract,
  maybe,
  moment,
  oneOf,
  reason,
  whole,
} from './schema.ts'

const calls: FlatExtract = {
  id: 'calls',
  name: 'Calls to NHS 111 and to the co-ordination centre',
  line: 'One call about one person.',
  modelledOn:
    'The Integrated Urgent Care minimum data set for 111, at the level of the call, where that is published as counts. The co-ordination centre’s calls have no national set.',
  key: ['event_id'],
  columns: [
    ...activity('call'),
    always('service', oneOf('111', 'co-ordination centre'), 'Who was called.'),
    always('called_at', moment, 'When.'),
    always(
      'caller',
      oneOf(
        'self',
        'family',
        'GP',
        'ambulance',
        'ward',
        'care home',
        'community nurse',
        'social worker',
        '111',
      ),
      'Who called.',
    ),
    always('wait_seconds', whole(), 'Until it was answered.'),
    always(
      'outcome',
      oneOf(
        'advice',
        'signposted',
        'referred',
        'urgent response',
        'ambulance',
        'emergency department',
        'see a GP',
      ),
      'What came of it.',
    ),
    ...reason,
    ...causeAndCost,
  ],
}

const ambulance: FlatExtract = {
  id: 'ambulance',
  name: 'Ambulance',
  line: 'One 999 call about one person.',
  modelledOn:
    'The Ambulance Data Set: category, times and outcome, as minutes from one to the next, where that has each clock time.',
  key: ['event_id'],
  columns: [
    ...activity('call'),
    always('called_at', moment, 'When the call was answered.'),
    always('category', whole(1, 4), '1 life-threatening to 4 less urgent.'),
    always('response_minutes', whole(), 'From the call until the first arrived.'),
    always('on_scene_minutes', whole(), 'With the person.'),
    maybe('handover_minutes', whole(), 'At the hospital’s door, until handed over.'),
    always(
      'outcome',
      oneOf('advice by telephone', 'treated at home', 'taken to hospital', 'referred', 'died'),
      'What came of it.',
    ),
    ...reason,
    ...causeAndCost,
  ],
}

const emergencyCare: FlatExtract = {
  id: 'emergency_care',
  name: 'Emergency care',
  line: 'One attendance at an emergency department or urgent treatment centre.',
  modelledOn:
    'The Emergency Care Data Set: its department types, acuity and times. Words stand for its SNOMED CT codes, and there is one diagnosis.',
  key: ['event_id'],
  columns: [
    ...activity('attendance'),
    always(
      'department_type',
      whole(1, 4),
      '1 a major emergency department, 3 an urgent treatment centre, as the set numbers them.',
    ),
    always('arrived_at', moment, 'When they came.'),
    always('arrival_mode', oneOf('ambulance', 'walked in', 'sent by GP', 'sent by 111'), 'How they came.'),
    always('acuity', whole(1, 5), '1 immediate to 5 low.'),
    always('seen_at', moment, 'First seen by whoever decides.'),
    maybe('decided_at', moment, 'When a decision to admit was made.'),
    always('left_at', moment, 'When they left the department.'),
    always('minutes', whole(), 'From arriving to leaving.'),
    always(
      'outcome',
      oneOf('discharged', 'admitted', 'left before being seen', 'died', 'transferred'),
      'What came of it.',
    ),
    always('investigations', whole(), 'How many were done.'),
    ...reason,
    ...causeAndCost,
  ],
}

export const urgentCareExtracts: readonly FlatExtract[] = [calls, ambulance, emergencyCare]
