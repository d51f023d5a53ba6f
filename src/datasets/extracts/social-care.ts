import { clientType, eventType, serviceType, supportReason } from '../code-lists.ts'
import {
  activity,
  always,
  boolean,
  causeAndCost,
  date,
  decimal,
  type FlatExtract,
  maybe,
  oneOf,
  pence,
  text,
} from './schema.ts'

const clientWords = `SU ${clientType.codes['SU']}, CA ${clientType.codes['CA']}.`

const adultSocialCare: FlatExtract = {
  id: 'adult_social_care',
  name: 'Adult social care',
  line: 'One event of one person: a request, an assessment, a service or a review.',
  modelledOn:
    'The shape of the Adult Social Care Client Level Data set, as the data set adult-social-care has it: the same names for the same columns. Birth date, sex and date of ' +
    'death are in people; hours and weekly cost are added. Safeguarding concerns are not in it.',
  key: ['event_id'],
  columns: [
    ...activity('event'),
    always('event_type', oneOf(...Object.keys(eventType.codes)), 'Request, assessment, service or review.'),
    always('client_type', oneOf('SU', 'CA'), clientWords),
    always('primary_support_reason', oneOf(...Object.keys(supportReason.codes)), 'Why support is given.'),
    always('event_start_date', date, 'When it began; before the window, for what went on already.'),
    maybe('event_end_date', date, 'When it was complete. A service that goes on has none.'),
    maybe('route_of_access', text, 'Of a request: where the person was when they asked.'),
    maybe('event_outcome', text, 'What came of it.'),
    maybe(
      'service_type',
      oneOf(...Object.keys(serviceType.codes)),
      'Of a service: long term, short term or carer support.',
    ),
    maybe('service_component', text, 'Such as home support, direct payment or a nursing home.'),
    maybe('hours_a_week', decimal(1), 'Of a service that comes to the home.'),
    maybe('weekly_cost_pence', pence, 'Of a service.'),
    always('event_description', text, 'Why, in words.'),
    ...causeAndCost,
  ],
}

const careHomeStays: FlatExtract = {
  id: 'care_home_stays',
  name: 'Care home stays',
  line: 'One person’s time in one care home, whoever pays.',
  modelledOn:
    'No national set that covers people who pay for themselves. The columns are ours, after care-home-residents.',
  key: ['event_id'],
  columns: [
    ...activity('stay'),
    always('care_home', text, 'See care_homes.'),
    always('nursing', boolean, 'With nursing, or residential.'),
    always('funding', oneOf('council', 'self', 'continuing healthcare'), 'Who pays.'),
    always('moved_in', date, 'First day; before the window, for whoever lived there already.'),
    maybe('moved_out', date, 'Last day. Left out while they live there.'),
    ...causeAndCost,
  ],
}

export const socialCareExtracts: readonly FlatExtract[] = [adultSocialCare, careHomeStays]
