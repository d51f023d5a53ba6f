import {
  always,
  boolean,
  date,
  decimal,
  type FlatExtract,
  maybe,
  oneOf,
  pence,
  postcode,
  text,
  whole,
} from './schema.ts'

const neighbourhoods: FlatExtract = {
  id: 'neighbourhoods',
  name: 'Neighbourhoods',
  line: 'One neighbourhood of about 1,500 people.',
  modelledOn: 'Lower layer Super Output Areas and the English Indices of Deprivation.',
  key: ['neighbourhood'],
  columns: [
    always('neighbourhood', text, 'Code.'),
    always('name', text, 'Name.'),
    always('area', text, 'The larger area (MSOA) it lies in.'),
    always('ward', text, 'Electoral ward.'),
    always('locality', text, 'A third of the borough or so.'),
    always('decile', whole(1, 10), '1 is the most deprived tenth in England.'),
    always('deprivation', decimal(4), '0 the least to 1 the most deprived neighbourhood in England.'),
    always('people_at_start', whole(), 'How many lived there on the first day.'),
    always('longitude', decimal(5), 'Of its middle, degrees.'),
    always('latitude', decimal(5), 'Of its middle, degrees.'),
  ],
}

const practices: FlatExtract = {
  id: 'practices',
  name: 'Practices',
  line: 'One general practice.',
  modelledOn: 'The Organisation Data Service’s list of practices and their networks.',
  key: ['practice'],
  columns: [
    always('practice', text, 'Code.'),
    always('name', text, 'Name.'),
    always('network', text, 'Primary care network.'),
    always('longitude', decimal(5), 'Degrees.'),
    always('latitude', decimal(5), 'Degrees.'),
  ],
}

const careHomes: FlatExtract = {
  id: 'care_homes',
  name: 'Care homes',
  line: 'One care home.',
  modelledOn: 'The Care Quality Commission’s directory. Every home is invented.',
  key: ['care_home'],
  columns: [
    always('care_home', text, 'Its number.'),
    always('name', text, 'Name.'),
    always('nursing', boolean, 'With nursing, or residential only.'),
    always('beds', whole(), 'Registered.'),
    always('neighbourhood', text, 'Code; see neighbourhoods.'),
    always('postcode', postcode, 'Of its address.'),
  ],
}

const unitCosts: FlatExtract = {
  id: 'unit_costs',
  name: 'Unit costs',
  line: 'What one unit of one kind of activity costs.',
  modelledOn:
    'The National Cost Collection and the Unit Costs of Health and Social Care; each row says which.',
  key: ['unit_cost'],
  columns: [
    always('unit_cost', text, 'Name.'),
    always('what', text, 'What it is, in the source’s words where it has them.'),
    always('unit', text, 'For one of what.'),
    always('amount_pence', pence, 'In the prices of its year.'),
    always('source', text, 'Where the figure comes from; or that it is an assumption.'),
    always('price_year', text, 'Of prices.'),
  ],
}

const calendar: FlatExtract = {
  id: 'calendar',
  name: 'Calendar',
  line: 'One day of the window.',
  modelledOn: 'Bank holidays of England and Wales as GOV.UK lists them.',
  key: ['day'],
  columns: [
    always('day', date, 'The day.'),
    always('month_start', date, 'First day of its month.'),
    always('weekday', whole(1, 7), '1 Monday to 7 Sunday.'),
    always('financial_year', text, 'April to March, such as 2025-26.'),
    always('bank_holiday', boolean, 'In England.'),
  ],
}

const medicines: FlatExtract = {
  id: 'medicines',
  name: 'Medicines',
  line: 'One medicine, as practices print it.',
  modelledOn: 'The dictionary of medicines and devices, for the few medicines that are prescribed here.',
  key: ['medicine'],
  columns: [
    always('medicine', text, 'Name in prescribing.'),
    always('words', text, 'As printed.'),
    maybe('dmd', text, 'dm+d code, where it is certain.'),
    always('section', text, 'Chapter and section in the order of the British National Formulary.'),
    always('unit', text, 'Of quantity.'),
    always('supply', decimal(1), 'The quantity supplied at a time; its price is in unit_costs.'),
  ],
}

const testNames: FlatExtract = {
  id: 'test_names',
  name: 'Test names',
  line: 'One test or measurement.',
  modelledOn: 'SNOMED CT and UCUM, for the few tests that are taken here.',
  key: ['test'],
  columns: [
    always('test', text, 'Name in tests.'),
    always('words', text, 'As practices write it.'),
    maybe('snomed', text, 'SNOMED CT code, where it is certain.'),
    maybe('unit', text, 'UCUM. Scores have none.'),
    always('category', oneOf('laboratory', 'vital-signs', 'survey', 'exam'), 'As FHIR sorts observations.'),
  ],
}

const conditionNames: FlatExtract = {
  id: 'condition_names',
  name: 'Condition names',
  line: 'One lasting condition or illness.',
  modelledOn: 'SNOMED CT, for the few conditions that people have here.',
  key: ['condition'],
  columns: [
    always('condition', text, 'Name in conditions.'),
    always('words', text, 'As practices write it.'),
    maybe('snomed', text, 'SNOMED CT code, where it is certain.'),
  ],
}

export const referenceExtracts: readonly FlatExtract[] = [
  neighbourhoods,
  practices,
  careHomes,
  unitCosts,
  calendar,
  medicines,
  testNames,
  conditionNames,
]
