import { isOnCaseload, noteContact, openEpisode } from '../record/contacts.ts'
import { fileAt, type Life } from '../record/file.ts'
import { noteCarer, raiseFlag, requestService, writePlan } from '../record/plans.ts'
import { SOCIAL_CARE } from '../record/staff.ts'
import { daysAgo, hoursAfter, workingDaysAgo } from '../when.ts'

/** Short-term help to get back to doing things for oneself, usually after hospital. Free, and ends. */
export function reablement(life: Life, daysSince: number, lasted: number, outcome: string): void {
  const { now } = life
  const file = fileAt(life, 'social-care')
  const author = SOCIAL_CARE.reablement
  const from = daysAgo(now, daysSince, 13)
  const until = daysSince - lasted < 1 ? undefined : daysAgo(now, daysSince - lasted, 12)
  openEpisode(file, { team: 'rmbc-reablement', type: 'Enablement at home', from, until, manager: author })
  requestService(file, {
    on: daysAgo(now, daysSince + 1, 15),
    author,
    what: 'Enablement after hospital',
    to: 'Enablement Service',
    reason: 'Needs help washing and dressing after discharge',
    status: until ? 'completed' : 'active',
    urgent: true,
  })
  writePlan(file, {
    kind: 'Enablement plan',
    aim: until
      ? `Get back to washing, dressing and cooking. ${outcome}`
      : 'Get back to washing, dressing and cooking.',
    actions: [
      'Two calls a day, reducing weekly',
      'Practise on the stairs',
      'Kitchen trolley and perching stool',
    ],
    on: from,
    author,
    until,
  })
}

export interface CarePackage {
  daysSince: number
  need: string
  calls: readonly string[]
  wish?: string
  flag?: string
  keySafe?: boolean
  daysUntil?: number
}

/** A lasting care and support plan under the Care Act, from request and assessment to the weekly calls. */
export function carePackage(life: Life, care: CarePackage): void {
  const { dice, now } = life
  const file = fileAt(life, 'social-care')
  if (isOnCaseload(file, 'rmbc-localities')) return
  const author = dice.chance(0.7) ? SOCIAL_CARE.socialWorker : SOCIAL_CARE.second
  requestService(file, {
    on: workingDaysAgo(now, care.daysSince + 12, 10),
    author: SOCIAL_CARE.duty,
    what: 'Assessment of care and support needs',
    to: 'Adult Care Localities',
    reason: care.need,
    status: 'completed',
  })
  const seen = workingDaysAgo(now, care.daysSince + 4, 14)
  const from = workingDaysAgo(now, care.daysSince, 9)
  const until = care.daysUntil === undefined ? undefined : daysAgo(now, care.daysUntil, 12)
  const episode = openEpisode(file, {
    team: 'rmbc-localities',
    type: 'Long-term care and support',
    from,
    until,
    manager: author,
  })
  noteContact(file, {
    kind: 'HH',
    type: 'Care Act assessment at home',
    from: seen,
    until: hoursAfter(seen, 1.5, now),
    reason: { text: care.need },
    author,
    episode,
  })
  writePlan(file, {
    kind: 'Care and support plan',
    aim: `${care.need}. ${care.wish ?? 'Wants to stay in their own home.'}`,
    actions: care.calls,
    on: from,
    author,
    until,
  })
  if (!file.resources.some((r) => r.resourceType === 'RelatedPerson')) noteCarer(file)
  if (care.keySafe) raiseFlag(file, { kind: 'contact', text: 'Key safe: ask office', on: from, author })
  if (care.flag) raiseFlag(file, { kind: 'safety', text: care.flag, on: from, author })
}

/**
 * A concern raised and an enquiry under way, never to be shown to the resident nor printed. It is written in the
 * flag and nowhere else: a request or plan that named it would be read by people who may not see safeguarding.
 */
export function safeguardingConcern(life: Life, daysBack: number, text: string): void {
  const on = workingDaysAgo(life.now, daysBack, 11)
  raiseFlag(fileAt(life, 'social-care'), { kind: 'safeguarding', text, on, author: SOCIAL_CARE.duty })
}
