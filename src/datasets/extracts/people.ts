import {
  always,
  boolean,
  date,
  decimal,
  type FlatExtract,
  maybe,
  oneOf,
  person,
  postcode,
  text,
  whole,
} from './schema.ts'

const [nhsNumber, personId] = person
if (!nhsNumber || !personId) throw new Error('A person has two numbers')

const tenure = oneOf('owned', 'social rent', 'private rent', 'care home')

const people: FlatExtract = {
  id: 'people',
  name: 'People',
  line: 'One resident, as they were on the last day of the window, or on their last day here.',
  modelledOn:
    'The Master Person Service index joined with a practice list, as population platforms keep it. It carries no names and no address; ' +
    'household, tenure and carer’s hours come from no national set, but some places link them by address.',
  key: ['person_id'],
  columns: [
    personId,
    nhsNumber,
    always('birth_date', date, 'Day of birth.'),
    always('sex', oneOf('female', 'male'), 'As registered.'),
    always('ethnicity', text, 'Letter of the NHS data dictionary, A to Z.'),
    always(
      'ethnic_group',
      oneOf('White', 'Mixed', 'Asian', 'Black', 'Other', 'Not stated'),
      'The group that the letter belongs to.',
    ),
    maybe('language', text, 'Spoken, where an interpreter is needed.'),
    always('neighbourhood', text, 'Code; see neighbourhoods.'),
    always('decile', whole(1, 10), 'Of deprivation: 1 is the most deprived tenth in England.'),
    always('ward', text, 'Electoral ward.'),
    always('locality', text, 'A third of the borough or so.'),
    maybe('practice', text, 'Code of the practice where registered; see practices.'),
    maybe('network', text, 'Primary care network of that practice.'),
    always('household', whole(), 'The same for people who live together; see residences.'),
    always('household_size', whole(0), 'People in it that day. Of a care home: its residents.'),
    always(
      'household_kind',
      oneOf('one person', 'adults', 'adults with children', 'care home'),
      'Children are under 18.',
    ),
    always('tenure', tenure, 'Of the home.'),
    always('lives_alone', boolean, 'One person in the household, and not a care home.'),
    maybe('care_home', text, 'Of whoever lives in one; see care_homes.'),
    always('here_from', date, 'First day of the window on which the person lives here.'),
    maybe('here_until', date, 'First day on which they no longer do. Left out for who is still here.'),
    always('arrival', oneOf('here at the start', 'born', 'moved in'), 'How they came.'),
    maybe('departure', oneOf('died', 'moved away'), 'How they left.'),
    maybe('death_date', date, 'Within the window.'),
    maybe('death_place', oneOf('home', 'hospital', 'care home', 'hospice', 'elsewhere'), 'Where.'),
    maybe('death_icd10', text, 'Underlying cause.'),
    maybe('death_cause', text, 'The same in words.'),
    maybe('carer_hours', oneOf('under 20', '20 to 49', '50 or more'), 'Unpaid care given each week.'),
    maybe('mother_id', whole(), 'The person_id of the mother, where she is known.'),
    always('has_proxy', boolean, 'Somebody may act for them, or they for somebody.'),
    always('protected_address', boolean, 'Nothing may be shown that tells where they are.'),
    always('objects', boolean, 'Objects to sharing for direct care.'),
    always('opted_out', boolean, 'National data opt-out: uses beyond care.'),
  ],
}

const residences: FlatExtract = {
  id: 'residences',
  name: 'Residences',
  line: 'One person at one address, from a day to a day, as far as it lies in the window.',
  modelledOn: 'Address history as the Personal Demographics Service keeps it. Street and door are left out.',
  key: ['person_id', 'lives_from'],
  columns: [
    ...person,
    always('lives_from', date, 'First day there, or of the window.'),
    maybe('lives_until', date, 'First day no longer there. Left out while they still are.'),
    always('household', whole(), 'Number of the household.'),
    always('neighbourhood', text, 'Code; see neighbourhoods.'),
    always('postcode', postcode, 'Of the address.'),
    always('tenure', tenure, 'Of the home.'),
    always('overcrowded', boolean, 'Fewer rooms than its people need.'),
    maybe('care_home', text, 'The care home whose address it is.'),
  ],
}

const conditions: FlatExtract = {
  id: 'conditions',
  name: 'Conditions',
  line: 'One illness of one person that a practice has written down. What nobody has noticed is not here.',
  modelledOn:
    'Diagnoses in the General Practice Data for Planning and Research. Ours has a name for each condition where that has SNOMED CT codes.',
  key: ['person_id', 'condition', 'onset_date'],
  columns: [
    ...person,
    always('condition', text, 'See condition_names.'),
    always('onset_date', date, 'When it is thought to have begun.'),
    always('found_date', date, 'When it was written down.'),
    maybe('ended_date', date, 'When it ended, if it did.'),
    always('severity', decimal(2), '0 mild to 1 severe, on the day it was found.'),
  ],
}

const riskFactors: FlatExtract = {
  id: 'risk_factors',
  name: 'Risk factors',
  line: 'One person.',
  modelledOn:
    'Lifestyle codes in the General Practice Data for Planning and Research, and the electronic frailty index; ours has the truth for everyone, ' +
    'where practices know it of some.',
  key: ['person_id'],
  columns: [
    ...person,
    always('smoking', oneOf('never', 'former', 'current'), 'Tobacco.'),
    always('body_mass_index', decimal(1), 'kg/m².'),
    always('height_cm', whole(20, 230), 'Centimetres.'),
    always('alcohol_units', whole(0, 400), 'Units a week.'),
    always('active', boolean, 'Moves as much as the Chief Medical Officers advise.'),
    always('frailty', decimal(3), 'Share of deficits, 0 to 1, on the last day.'),
  ],
}

export const peopleExtracts: readonly FlatExtract[] = [people, residences, conditions, riskFactors]
