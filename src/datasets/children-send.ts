import { gender, sendNeed, sendStage } from './code-lists.ts'
import {
  aboutThePerson,
  bornBefore,
  code,
  type Dataset,
  date,
  extractDate,
  inOrder,
  postcode,
  type Said,
  text,
} from './schema.ts'

const hasPlan = (said: Said): boolean => said['stage'] === 'E'

export const childrenSend: Dataset = {
  id: 'children-send',
  name: 'Children with special educational needs or disability (SEND)',
  line: 'One child or young person.',
  from: 'The council’s children and young people’s services',
  cadence: 'Termly; monthly if possible',
  modelledOn:
    'The types of need are named after those of the school census, not checked against it. The other columns are ours.',
  isFullList: true,
  aboutFile: ['extract_date'],
  key: ['person_id'],
  personKey: ['person_id'],
  columns: [
    extractDate,
    {
      name: 'person_id',
      title: 'Person ID',
      type: text(40),
      needed: 'always',
      means: 'The service’s own number for the child.',
    },
    ...aboutThePerson('never', 'always'),
    { name: 'gender', title: 'Gender', type: code(gender), needed: 'never', means: 'As stated.' },
    { name: 'postcode', title: 'Postcode', type: postcode, needed: 'never', means: 'Of the usual address.' },
    {
      name: 'stage',
      title: 'Stage',
      type: code(sendStage),
      needed: 'always',
      means: 'Support at school, or a plan asked for, assessed or in force.',
    },
    {
      name: 'primary_need',
      title: 'Primary need',
      type: code(sendNeed),
      needed: 'always',
      means: 'The main type of need.',
    },
    { name: 'since', title: 'Since', type: date, needed: 'always', means: 'When this stage began.' },
    {
      name: 'plan_review_due',
      title: 'Plan review due',
      type: date,
      needed: { when: 'there is a plan', holds: hasPlan },
      means: 'When the plan is next reviewed.',
    },
    {
      name: 'setting',
      title: 'School or setting',
      type: text(),
      needed: 'never',
      means: 'Where the child learns.',
    },
  ],
  rules: [
    inOrder('since', 'extract_date', 'The stage begins after the day of the file'),
    inOrder('since', 'plan_review_due', 'The review is due before the plan began'),
    bornBefore('since', 'The stage began before the child was born'),
    {
      words: 'The person is 26 or older: a plan ends at 25 at the latest',
      column: 'date_of_birth',
      holds: (said) =>
        Number(said['extract_date']?.slice(0, 4)) - Number(said['date_of_birth']?.slice(0, 4)) <= 26,
    },
  ],
}
