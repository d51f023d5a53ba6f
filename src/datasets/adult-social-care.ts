import { clientType, eventType, gender, serviceType, supportReason } from './code-lists.ts'
import {
  aboutThePerson,
  bornBefore,
  code,
  type Dataset,
  date,
  inOrder,
  postcode,
  type Said,
  team,
  text,
} from './schema.ts'

const isService = (said: Said): boolean => said['event_type'] === 'SER'

export const adultSocialCare: Dataset = {
  id: 'adult-social-care',
  name: 'Adult social care',
  line: 'One event of one person: a request, an assessment, a service or a review.',
  from: 'The council’s adult social care system',
  cadence: 'Every quarter in the national return; here as often as the council can, daily if possible',
  modelledOn:
    'The shape of the Adult Social Care Client Level Data set, which councils return every quarter: four types of event in one file, of ' +
    'which requests, assessments and reviews are sent when they are complete and only a service may be open. The names of columns, the code ' +
    'lists and the rules are ours, after that set, and have not been checked against its published specification. Added for direct care: names, so that two ' +
    'identifiers can be compared; a reference for each event, so that a line sent again is known; and the team.',
  isFullList: false,
  aboutFile: ['period_start', 'period_end'],
  key: ['la_person_id', 'event_type', 'event_reference'],
  personKey: ['la_person_id'],
  columns: [
    {
      name: 'period_start',
      title: 'Reporting period start date',
      type: date,
      needed: 'always',
      means: 'First day of the period, the same in every line.',
    },
    {
      name: 'period_end',
      title: 'Reporting period end date',
      type: date,
      needed: 'always',
      means: 'Last day of the period. A file of a later period counts for more.',
    },
    {
      name: 'la_person_id',
      title: 'LA person unique identifier',
      type: text(40),
      needed: 'always',
      means: 'The council’s own number for the person.',
    },
    ...aboutThePerson('never', 'never').map((column) =>
      column.name === 'family_name'
        ? { ...column, means: 'Added. Without it a person who has not been sent before cannot be found.' }
        : column,
    ),
    { name: 'gender', title: 'Gender', type: code(gender), needed: 'never', means: 'As stated.' },
    {
      name: 'date_of_death',
      title: 'Date of death',
      type: date,
      needed: 'never',
      means: 'Where it is known.',
    },
    { name: 'postcode', title: 'Postcode', type: postcode, needed: 'never', means: 'Of the usual address.' },
    {
      name: 'client_type',
      title: 'Client type',
      type: code(clientType),
      needed: 'always',
      means: 'Carers are in the set too.',
    },
    {
      name: 'primary_support_reason',
      title: 'Primary support reason',
      type: code(supportReason),
      needed: 'never',
      means: 'Why support is given.',
    },
    {
      name: 'event_type',
      title: 'Event type',
      type: code(eventType),
      needed: 'always',
      means: 'What kind of event the line is.',
    },
    {
      name: 'event_reference',
      title: 'Event reference',
      type: text(60),
      needed: 'always',
      means: 'Added. The council’s own number for the event, which never changes.',
    },
    {
      name: 'event_start_date',
      title: 'Event start date',
      type: date,
      needed: 'always',
      means: 'When it began.',
    },
    {
      name: 'event_end_date',
      title: 'Event end date',
      type: date,
      needed: { when: 'the event is not a service', holds: (said) => !isService(said) },
      means: 'When it was complete. A service that goes on has none.',
    },
    {
      name: 'event_description',
      title: 'Event description',
      type: text(),
      needed: 'never',
      means: 'What was asked for, assessed or reviewed, in words.',
    },
    {
      name: 'event_outcome',
      title: 'Event outcome',
      type: text(),
      needed: { when: 'the event is a request', holds: (said) => said['event_type'] === 'REQ' },
      means: 'What came of it. A request is complete when its outcome is.',
    },
    {
      name: 'service_type',
      title: 'Service type',
      type: code(serviceType),
      needed: { when: 'the event is a service', holds: isService },
      means: 'Long term, short term or carer support.',
    },
    {
      name: 'service_component',
      title: 'Service component',
      type: text(100),
      needed: 'never',
      means: 'Such as home support, direct payment or a nursing home.',
    },
    {
      name: 'team',
      title: 'Team',
      type: team,
      needed: 'never',
      means: 'Added. The team that holds a service; it gets a relationship with the person.',
    },
  ],
  rules: [
    inOrder('period_start', 'period_end', 'The period ends before it starts'),
    inOrder('event_start_date', 'event_end_date', 'The event ends before it starts'),
    inOrder('event_start_date', 'period_end', 'The event starts after the period'),
    bornBefore('event_start_date', 'The event starts before the person was born'),
    inOrder('date_of_birth', 'date_of_death', 'The date of death is before the date of birth'),
    {
      words: 'The event ended before the period: such an event belongs in an earlier file',
      column: 'event_end_date',
      holds: (said) =>
        !said['event_end_date'] || !said['period_start'] || said['event_end_date'] >= said['period_start'],
    },
    {
      words: 'Safeguarding and deprivation of liberty do not belong in this set',
      column: 'event_description',
      holds: (said) =>
        !/safeguard|depriv\w* of liberty|\bdols\b/i.test(
          `${said['event_description']} ${said['event_outcome']}`,
        ),
    },
    {
      words: 'Only a service has a service type',
      column: 'service_type',
      holds: (said) => isService(said) || said['service_type'] === undefined,
    },
  ],
}
