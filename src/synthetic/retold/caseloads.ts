import type { CareContact, Caseload, ServiceId } from '../lives/happening.ts'
import { dayOf } from '../lives/moment.ts'
import type { SourceKind } from '../place.ts'
import { noteContact, openEpisode } from '../record/contacts.ts'
import type { PersonFile } from '../record/file.ts'
import { measure } from '../record/observations.ts'
import { noteCarer, requestService, writePlan } from '../record/plans.ts'
import { type Author, COMMUNITY, districtNurse, HOSPICE, MENTAL_HEALTH } from '../record/staff.ts'
import { householdOn } from '../residents/resident.ts'
import { instantOf } from './instant.ts'
import { chapter, ended, type Telling } from './telling.ts'

interface Desk {
  source: SourceKind
  /** The team as places/rotherham names it; district nurses by locality. */
  team: string | 'by locality'
  type: string
  lead: Author
}

/** Which source and team writes about which service. Those left out send nothing to the record yet. */
const DESKS: Partial<Record<ServiceId, Desk>> = {
  'district nursing': {
    source: 'community',
    team: 'by locality',
    type: 'District nursing',
    lead: COMMUNITY.central,
  },
  'community matron': {
    source: 'community',
    team: 'rfr-matrons',
    type: 'Community matron',
    lead: COMMUNITY.matron,
  },
  'urgent community response': {
    source: 'community',
    team: 'rfr-matrons',
    type: 'Urgent community response',
    lead: COMMUNITY.matron,
  },
  'virtual ward': { source: 'community', team: 'rfr-matrons', type: 'Virtual ward', lead: COMMUNITY.matron },
  'community therapy': {
    source: 'community',
    team: 'by locality',
    type: 'Community therapy',
    lead: COMMUNITY.physio,
  },
  'intermediate care': {
    source: 'community',
    team: 'by locality',
    type: 'Intermediate care',
    lead: COMMUNITY.therapist,
  },
  'community mental health': {
    source: 'mental-health',
    team: 'rxe-cmht',
    type: 'Community mental health',
    lead: MENTAL_HEALTH.nurse,
  },
  'crisis and home treatment': {
    source: 'mental-health',
    team: 'rxe-crisis',
    type: 'Crisis and home treatment',
    lead: MENTAL_HEALTH.crisis,
  },
  'memory service': {
    source: 'mental-health',
    team: 'rxe-memory',
    type: 'Memory service',
    lead: MENTAL_HEALTH.memoryNurse,
  },
  'hospice community': {
    source: 'hospice',
    team: 'zhosp-community',
    type: 'Palliative care at home',
    lead: HOSPICE.nurse,
  },
  'hospice inpatient': {
    source: 'hospice',
    team: 'zhosp-inpatient',
    type: 'Hospice inpatient care',
    lead: HOSPICE.doctor,
  },
}

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
      reason: { text: contact.caseload.reason.text },
      author,
      ...(episode && { episode }),
    })
    for (const { test, value } of contact.scores ?? [])
      measure(file, test, value, { on: instantOf(contact.at), author, encounter: `Encounter/${visit.id}` })
  }
}

/** Daily visits are told for the last weeks only, as community systems send them on. */
const VISITS_KEPT = 12

function caseloadOf(telling: Telling, caseload: Caseload, contacts: readonly CareContact[]): void {
  const desk = DESKS[caseload.service]
  if (!desk) return
  chapter(telling, desk.source, `caseload/${caseload.service}/${caseload.at}`, (file) => {
    const team = teamFor(telling, desk, caseload)
    const lead = leadFor(desk, team)
    const until = ended(telling, caseload.closed) ? instantOf(caseload.closed) : undefined
    requestService(file, {
      on: instantOf(caseload.at),
      author: { name: 'Referral received', role: caseload.from },
      what: desk.type,
      to: desk.type,
      reason: caseload.reason.text,
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
      !file.resources.some((each) => each.resourceType === 'RelatedPerson')
    )
      noteCarer(file)
    const plan = PLANS[caseload.service]
    if (plan)
      writePlan(file, {
        kind: plan.kind,
        aim: `${caseload.reason.text}. ${plan.aim}`,
        actions: plan.actions,
        on: instantOf(caseload.at),
        author: lead,
        until,
      })
    visits(file, telling, contacts.slice(-VISITS_KEPT), lead, episode)
  })
}

const PLANS: Partial<Record<ServiceId, { kind: string; aim: string; actions: readonly string[] }>> = {
  'district nursing': {
    kind: 'Nursing care plan',
    aim: 'Wants to stay well at home.',
    actions: [
      'Visits as agreed with the person',
      'Skin checked at each visit',
      'Ring the team if anything changes',
    ],
  },
  'virtual ward': {
    kind: 'Virtual ward plan',
    aim: 'Care at hospital level at home, for up to two weeks.',
    actions: ['Readings at home three times a day', 'Daily call', 'Doctor’s review twice a week'],
  },
  'community mental health': {
    kind: 'Mental health care plan',
    aim: 'Stay well and out of hospital.',
    actions: [
      'Visit every two to four weeks',
      'Yearly physical health check',
      'Crisis team: ring at any hour',
    ],
  },
  'hospice community': {
    kind: 'Palliative care plan',
    aim: 'Comfort, and care in the place they prefer.',
    actions: ['Weekly call', 'Medicines for symptoms kept at home', 'Night sitters when needed'],
  },
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
