import { gender } from './code-lists.ts'
import {
  aboutThePerson,
  bornBefore,
  code,
  type Dataset,
  date,
  extractDate,
  inOrder,
  odsCode,
  postcode,
  text,
} from './schema.ts'

export const gpRegistrations: Dataset = {
  id: 'gp-registrations',
  name: 'GP registrations',
  line: 'One person who is registered with a practice.',
  from: 'Each practice',
  cadence: 'Monthly; weekly if possible',
  modelledOn: 'No national set: practices’ systems export their list in different columns. These are ours.',
  isFullList: true,
  aboutFile: ['extract_date'],
  key: ['nhs_number'],
  personKey: [],
  columns: [
    extractDate,
    {
      name: 'practice_code',
      title: 'Practice code',
      type: odsCode,
      needed: 'always',
      means: 'The practice’s organisation code.',
    },
    ...aboutThePerson('always', 'always'),
    { name: 'gender', title: 'Gender', type: code(gender), needed: 'never', means: 'As stated.' },
    { name: 'address', title: 'Address', type: text(), needed: 'never', means: 'Without the postcode.' },
    { name: 'postcode', title: 'Postcode', type: postcode, needed: 'never', means: 'Of the usual address.' },
    {
      name: 'registered_on',
      title: 'Registered on',
      type: date,
      needed: 'always',
      means: 'First day of the registration.',
    },
  ],
  rules: [
    inOrder('registered_on', 'extract_date', 'The registration begins after the day of the file'),
    bornBefore('registered_on', 'The registration begins before the person was born'),
  ],
}
