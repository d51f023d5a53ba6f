import type { CareHomeStay, SocialCareEvent } from '../../lives/happening.ts'
import { type Day, dayOf } from '../../lives/moment.ts'
import { assumed, linkedModel, penceOf, type UnitCost, type UnitCosts } from './unit-cost.ts'

export const socialCareCosts = {
  'care_home.residential': linkedModel('Residential care', 'day', 149),
  'care_home.nursing': linkedModel('Nursing care', 'day', 173),
  'social_care.short_term': linkedModel('Short-term support to maximise independence', 'day', 160),
  'social_care.home_care': assumed('Home care', 'hour', 26, 'what councils paid providers in 2024-25'),
  'social_care.community': assumed(
    'Long-term support at home whose hours are not known',
    'week',
    312,
    'twelve hours of home care',
  ),
  'social_care.low_level': assumed(
    'Ongoing low-level or other short-term support',
    'week',
    30,
    'an hour and equipment',
  ),
  'social_care.carer': assumed('Support to a carer', 'week', 12, 'a direct payment of some £600 a year'),
  'social_care.request': assumed('Request', 'request', 20, 'twenty minutes of an adviser'),
  'social_care.assessment': assumed('Assessment', 'assessment', 330, 'six hours of a social worker'),
  'social_care.review': assumed('Review', 'review', 165, 'three hours of a social worker'),
} as const satisfies UnitCosts

const events = {
  request: penceOf(socialCareCosts['social_care.request']),
  assessment: penceOf(socialCareCosts['social_care.assessment']),
  review: penceOf(socialCareCosts['social_care.review']),
}

const weekly = (cost: UnitCost): number => cost.pounds * (cost.unit === 'day' ? 7 : 1)
const byService: Readonly<Record<string, number>> = {
  'ST-MAX': weekly(socialCareCosts['social_care.short_term']),
  'ST-LOW': weekly(socialCareCosts['social_care.low_level']),
  'ST-OTH': weekly(socialCareCosts['social_care.low_level']),
  CARER: weekly(socialCareCosts['social_care.carer']),
  'LT-COM': weekly(socialCareCosts['social_care.community']),
}

const daysUntil = (from: number, until: Day | undefined, end: Day): number =>
  Math.max(0, Math.min(until ?? end, end) - dayOf(from))

/** Pounds a week: what the event itself says, else its hours, else by the kind of service. */
export const weeklyCost = ({ service, hoursAWeek, weeklyCost: said }: SocialCareEvent): number =>
  said ??
  (hoursAWeek === undefined
    ? (byService[service ?? ''] ?? 0)
    : hoursAWeek * socialCareCosts['social_care.home_care'].pounds)

/** Pence, as far as it lies in the window. A service that is a place in a care home costs nothing here: its cost is the stay's. */
export function costOfSocialCare(event: SocialCareEvent, end: Day): number {
  if (event.event === 'safeguarding concern') return 0
  if (event.event !== 'service') return events[event.event]
  if (event.service === 'LT-RES' || event.service === 'LT-NUR') return 0
  return Math.round((daysUntil(event.at, event.until, end) / 7) * weeklyCost(event) * 100)
}

/** Pence, whoever pays. */
export const costOfCareHome = ({ at, until, nursing }: CareHomeStay, end: Day): number =>
  daysUntil(at, until, end) *
  penceOf(socialCareCosts[nursing ? 'care_home.nursing' : 'care_home.residential'])
