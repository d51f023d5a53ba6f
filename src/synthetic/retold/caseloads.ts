import type { Dice } from '../dice.ts'
import type { CareContact, Caseload } from '../lives/happening.ts'
import { dayOf } from '../lives/moment.ts'
import { noteContact, openEpisode } from '../record/contacts.ts'
import type { PersonFile } from '../record/file.ts'
import { measure } from '../record/observations.ts'
import { noteCarer, requestService, writePlan } from '../record/plans.ts'
import { type Author, aGp, districtNurse, HOSPITAL } from '../record/staff.ts'
import { householdOn } from '../residents/resident.ts'
import { DESKS, type Desk } from './desks.ts'
import { instantOf } from './instant.ts'
import { chapter, ended, minuteOf, type Telling } from './telling.ts'
import { CARE_PLANS } from './words/care-plans.ts'
import { saidOf } from './words/said.ts'

function teamFor(telling: Telling, desk: Desk, caseload: Caseload): string {
  if (desk.team !== 'by locality') return desk.team
  const { locality } = householdOn(telling.story.resident, dayOf(caseload.at)).neighbourhood
  return `rfr-dn-${/north/i.test(locality) ? 'north' : /south/i.test(locality) ? 'south' : 'central'}`
}

const leadFor = (desk: Desk, team: string): Author =>
  desk.type === 'District nursing' ? districtNurse(team) : desk.lead

const CONTACT_KINDS = {
  home: 'HH',
  clinic: 'AMB',
  telephone: 'VR',
  video: 'VR',
  'care home': 'HH',
  ward: 'AMB',
  school: 'AMB',
} as const

function visits(
  file: PersonFile,
  telling: Telling,
  contacts: readonly CareContact[],
  author: Author,
  episode: Parameters<typeof noteContact>[1]['episode'],
) {
  for (const contact of contacts) {
    if (contact.status !== 'attended' || contact.at + contact.minutes > telling.now) continue
    const visit = noteContact(file, {
      kind: CONTACT_KINDS[contact.mode],
      type: contact.what,
      from: instantOf(contact.at),
      until: instantOf(contact.at + contact.minutes),
      reason: { text: saidOf(telling.story, contact.caseload, contact.caseload.reason) },
      author,
      ...(episode && { episode }),
    })
    for (const { test, value } of contact.scores ?? [])
      measure(file, test, value, { on: instantOf(contact.at), author, encounter: `Encounter/${visit.id}` })
  }
}

/**
 * Community systems send on the first visits in full and then some of the many, so that a record stays readable: which ones depends on
 * nothing that is still to come.
 */
const isSentOn = (nth: number) => nth < 3 || nth % 4 === 0

/** What every child is offered needs no plan and no referral. */
const OFFERED_TO_ALL = ['Healthy child programme']
/** Goes to the council's public health, not into a record of care. */
const MEASURED_AT_SCHOOL = 'National child measurement programme'

/** Whose next of kin are the parents, whom everybody knows. */
const isForChildren = ({ service }: Caseload) => service === 'health visiting' || service === 'school nursing'

function plan(
  file: PersonFile,
  dice: Dice,
  caseload: Caseload,
  said: string,
  author: Author,
  until: string | undefined,
): void {
  const { service, reason, at } = caseload
  const found = CARE_PLANS.find(
    (each) => each.service === service && (each.when === undefined || each.when.test(reason.text)),
  )
  if (!found || OFFERED_TO_ALL.includes(reason.text)) return
  const { kind, aims, actions } = found
  writePlan(file, {
    kind,
    aim: `${said}. ${dice.pick(aims)}`,
    actions,
    on: instantOf(at),
    author,
    until,
  })
}

/** Who sent somebody, by name where it is their own GP. */
function referrer({ story }: Telling, { from }: Caseload, dice: Dice): Author {
  const { practice } = story.resident
  if (from === 'GP' && practice !== null) return aGp(dice, practice)
  if (from === 'hospital') return HOSPITAL.ward
  const said = from === 'self' ? 'Self-referral' : from.charAt(0).toUpperCase() + from.slice(1)
  return { name: said, role: 'Referrer' }
}

function caseloadOf(telling: Telling, caseload: Caseload, contacts: readonly CareContact[]): void {
  const desk = DESKS[caseload.service]
  if (!desk || caseload.reason.text === MEASURED_AT_SCHOOL) return
  chapter(telling, desk.source, `caseload/${caseload.service}/${minuteOf(caseload)}`, (file, dice) => {
    const team = teamFor(telling, desk, caseload)
    const lead = leadFor(desk, team)
    const said = saidOf(telling.story, caseload, caseload.reason)
    const until = ended(telling, caseload.closed) ? instantOf(caseload.closed) : undefined
    if (!OFFERED_TO_ALL.includes(caseload.reason.text))
      requestService(file, {
        on: instantOf(caseload.at),
        author: referrer(telling, caseload, dice),
        what: desk.type,
        to: desk.type,
        reason: said,
        status: caseload.accepted ? (until ? 'completed' : 'active') : 'revoked',
        urgent: caseload.service === 'urgent community response',
      })
    if (!caseload.accepted) return
    const episode = openEpisode(file, {
      team,
      type: desk.type,
      from: instantOf(caseload.at),
      until,
      manager: lead,
    })
    if (
      file.source.kind === 'community' &&
      !isForChildren(caseload) &&
      !file.resources.some((each) => each.resourceType === 'RelatedPerson')
    )
      noteCarer(file)
    plan(file, dice, caseload, said, lead, until)
    visits(
      file,
      telling,
      contacts.filter((_, nth) => isSentOn(nth)),
      lead,
      episode,
    )
  })
}

/** What community, mental health and hospice teams have written by now. */
export function retellCaseloads(telling: Telling): void {
  const { happenings } = telling.story
  const contacts = new Map<Caseload, CareContact[]>()
  for (const each of happenings) {
    if (each.at > telling.now) break
    if (each.kind === 'caseload') contacts.set(each, [])
    else if (each.kind === 'care contact') contacts.get(each.caseload)?.push(each)
  }
  for (const [caseload, seen] of contacts) caseloadOf(telling, caseload, seen)
}
