import type { CareHomeStay, SocialCareEvent } from '../../lives/happening.ts'
import { dayOf } from '../../lives/moment.ts'
import { costOfCareHome, costOfSocialCare, weeklyCost } from '../costs/social-care.ts'
import type { Pen } from './pen.ts'

const CODES = { request: 'REQ', assessment: 'ASM', service: 'SER', review: 'REV' } as const

/** A safeguarding concern belongs in no extract. */
export function writeSocialCare(pen: Pen, event: SocialCareEvent, nth: number): void {
  if (event.event === 'safeguarding concern') return
  const rows = pen.sheets.adult_social_care
  const isService = event.event === 'service'
  pen.begin(rows, nth)
  rows.text(CODES[event.event])
  rows.text(event.carer ? 'CA' : 'SU')
  rows.text(event.support)
  rows.day(event.since ?? dayOf(event.at))
  rows.day(event.until)
  rows.text(event.route)
  rows.text(event.outcome)
  rows.text(isService ? event.service : undefined)
  rows.text(event.component)
  rows.decimal(event.hoursAWeek, 10)
  rows.whole(isService ? weeklyCost(event) * 100 : undefined)
  rows.text(event.reason.text)
  pen.end(rows, event, costOfSocialCare(event, pen.world.window.until))
}

export function writeCareHomeStay(pen: Pen, stay: CareHomeStay, nth: number): void {
  const rows = pen.sheets.care_home_stays
  pen.begin(rows, nth)
  rows.text(stay.home)
  rows.is(stay.nursing)
  rows.text(stay.funding)
  rows.day(stay.since ?? dayOf(stay.at))
  rows.day(stay.until)
  pen.end(rows, stay, costOfCareHome(stay, pen.world.window.until))
}
