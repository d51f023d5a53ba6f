import { aboutThePerson, bornBefore, type Dataset, date, extractDate, inOrder, team, text } from './schema.ts'

export const caseloads: Dataset = {
  id: 'caseloads',
  name: 'Caseloads',
  line: 'One person on the caseload of one team.',
  from: 'Community, mental health and other services, each for its own teams',
  cadence: 'Daily',
  modelledOn:
    'No national set: the Community Services Data Set is far larger and monthly. The columns are ours.',
  isFullList: true,
  aboutFile: ['extract_date'],
  key: ['team', 'person_id'],
  personKey: ['person_id'],
  columns: [
    extractDate,
    {
      name: 'team',
      title: 'Team',
      type: team,
      needed: 'always',
      means: 'The team’s code in the place; it gets a relationship with the person.',
    },
    {
      name: 'person_id',
      title: 'Person ID',
      type: text(40),
      needed: 'always',
      means: 'The service’s own number for the person.',
    },
    ...aboutThePerson('never', 'always'),
    { name: 'since', title: 'Since', type: date, needed: 'always', means: 'First day on the caseload.' },
    { name: 'until', title: 'Until', type: date, needed: 'never', means: 'Last day, where it is known.' },
    {
      name: 'reason',
      title: 'Reason',
      type: text(),
      needed: 'never',
      means: 'What care is given, in words.',
    },
  ],
  rules: [
    inOrder('since', 'until', 'The person left the caseload before they joined it'),
    inOrder('since', 'extract_date', 'The person joins the caseload after the day of the file'),
    bornBefore('since', 'The person joined the caseload before they were born'),
  ],
}
