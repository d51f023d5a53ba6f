import type { CareHomeStay, SocialCareEvent } from '../lives/happening.ts'
import { dayOf } from '../lives/moment.ts'
import { noteContact, openEpisode } from '../record/contacts.ts'
import { noteCarer, raiseFlag, requestService, writePlan } from '../record/plans.ts'
import { SOCIAL_CARE } from '../record/staff.ts'
import { instantOf, officeHours } from './instant.ts'
import { chapter, minuteOf, type Telling } from './telling.ts'

const SOURCE = 'social-care'

function event(telling: Telling, told: SocialCareEvent): void {
  const { serial } = telling.story.resident
  chapter(telling, SOURCE, `${told.event}/${minuteOf(told)}`, (file) => {
    const author = serial % 3 === 0 ? SOCIAL_CARE.second : SOCIAL_CARE.socialWorker
    const on = instantOf(told.at)
    const end = told.until === undefined ? undefined : officeHours(told.until, serial)
    const until = end !== undefined && end <= telling.now ? instantOf(end) : undefined
    if (told.event === 'request') {
      requestService(file, {
        on,
        author: SOCIAL_CARE.duty,
        what: 'Assessment of care and support needs',
        to: 'Adult Care Localities',
        reason: told.reason.text,
        status: 'completed',
      })
      return
    }
    if (told.event === 'safeguarding concern') {
      // Written in the flag and nowhere else: a request or plan that named it would be read by people who may not see safeguarding.
      raiseFlag(file, {
        kind: 'safeguarding',
        text: 'Safeguarding concern raised',
        on,
        author: SOCIAL_CARE.duty,
      })
      return
    }
    if (told.event !== 'service') {
      noteContact(file, {
        kind: 'HH',
        type: told.event === 'review' ? 'Care and support review' : 'Care Act assessment at home',
        from: on,
        until: instantOf(Math.min(told.at + 90, telling.now)),
        reason: { text: told.reason.text },
        author,
      })
      return
    }
    const enablement = told.service === 'ST-MAX'
    openEpisode(file, {
      team: enablement ? 'rmbc-reablement' : 'rmbc-localities',
      type: enablement ? 'Enablement at home' : 'Long-term care and support',
      from: on,
      until,
      manager: enablement ? SOCIAL_CARE.reablement : author,
    })
    const hours = told.hoursAWeek ? [`${told.hoursAWeek} hours a week`] : []
    writePlan(file, {
      kind: enablement ? 'Enablement plan' : 'Care and support plan',
      aim: `${told.reason.text}. Wants to stay as independent as possible.`,
      actions: [told.component ?? 'Support as agreed', ...hours],
      on,
      author,
      until,
    })
    if (!file.resources.some((each) => each.resourceType === 'RelatedPerson')) noteCarer(file)
  })
}

function careHome(telling: Telling, stay: CareHomeStay): void {
  if (stay.funding === 'self') return
  const home = telling.story.resident.homes.find((each) => each.household.careHome === stay.home)
  chapter(telling, SOURCE, `care-home/${minuteOf(stay)}`, (file) => {
    const over = stay.until !== undefined && stay.until <= dayOf(telling.now)
    writePlan(file, {
      kind: 'Care home placement',
      aim: `Lives at ${home?.household.line ?? 'a care home'}, ${stay.nursing ? 'with nursing' : 'residential care'}.`,
      actions: ['Care home plan reviewed every year'],
      on: instantOf(stay.at),
      author: SOCIAL_CARE.socialWorker,
      until: over && stay.until !== undefined ? instantOf(officeHours(stay.until, 0)) : undefined,
    })
  })
}

/** What the council's adult social care system has written by now. */
export function retellSocialCare(telling: Telling): void {
  for (const happening of telling.story.happenings) {
    if (happening.at > telling.now) break
    if (happening.kind === 'social care') event(telling, happening)
    else if (happening.kind === 'care home stay') careHome(telling, happening)
  }
}
