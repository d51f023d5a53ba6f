import {
  activity,
  always,
  boolean,
  causeAndCost,
  decimal,
  type FlatExtract,
  maybe,
  moment,
  oneOf,
  reason,
  text,
  whole,
} from './schema.ts'

const appointments: FlatExtract = {
  id: 'gp_appointments',
  name: 'Primary care appointments',
  line: 'One appointment with a general practice, kept or not.',
  modelledOn:
    'Appointments in General Practice (the GP Appointments Data collection), with its modes, statuses and times of booking. Ours has a row for each appointment, ' +
    'where that publishes counts, and a reason, which that has not.',
  key: ['event_id'],
  columns: [
    ...activity('appointment'),
    always('practice', text, 'Code; see practices.'),
    always('appointment_at', moment, 'When it began or should have.'),
    always('booked_at', moment, 'When it was made.'),
    always('mode', oneOf('face to face', 'telephone', 'online', 'home visit'), 'How.'),
    always(
      'professional',
      oneOf('GP', 'practice nurse', 'healthcare assistant', 'pharmacist', 'physiotherapist', 'other'),
      'With whom.',
    ),
    always('status', oneOf('attended', 'did not attend', 'cancelled'), 'What came of it.'),
    always('minutes', whole(), 'How long it took.'),
    always('planned', boolean, 'A review, check or vaccination that was due, rather than asked for.'),
    ...reason,
    ...causeAndCost,
  ],
}

const prescribing: FlatExtract = {
  id: 'prescribing',
  name: 'Prescribing',
  line: 'One item prescribed to one person.',
  modelledOn:
    'The NHS Business Services Authority’s prescription data and Medicines Dispensed in Primary Care, at the level of the item. Ours says when it was prescribed, not ' +
    'when it was dispensed, and has a name for each medicine where those have BNF and dm+d codes.',
  key: ['event_id'],
  columns: [
    ...activity('item'),
    always('practice', text, 'Code; see practices.'),
    always('prescribed_at', moment, 'When it was issued.'),
    always('medicine', text, 'See medicines.'),
    always('quantity', decimal(1), 'In the medicine’s own unit.'),
    always('is_repeat', boolean, 'On repeat, or issued once.'),
    maybe('condition', text, 'What it is for; see condition_names.'),
    ...causeAndCost,
  ],
}

const tests: FlatExtract = {
  id: 'tests',
  name: 'Tests and measurements',
  line: 'One result.',
  modelledOn:
    'Observations in the General Practice Data for Planning and Research, with hospital laboratories’ results beside them, which that has not.',
  key: ['event_id'],
  columns: [
    ...activity('result'),
    always('taken_at', moment, 'When it was measured or the sample taken.'),
    always('test', text, 'See test_names.'),
    always('value', decimal(2), 'In the test’s unit.'),
    maybe('second_value', decimal(2), 'Diastolic, of blood pressure.'),
    always('setting', oneOf('practice', 'hospital', 'home'), 'Where.'),
    ...causeAndCost,
  ],
}

const vaccinations: FlatExtract = {
  id: 'vaccinations',
  name: 'Vaccinations',
  line: 'One dose given.',
  modelledOn:
    'The vaccination events of the Immunisation Information System, with the vaccine in words and without the batch.',
  key: ['event_id'],
  columns: [
    ...activity('dose'),
    always('practice', text, 'Code; see practices.'),
    always('given_at', moment, 'When.'),
    always('vaccine', text, 'In words.'),
    ...causeAndCost,
  ],
}

export const primaryCareExtracts: readonly FlatExtract[] = [appointments, prescribing, tests, vaccinations]
