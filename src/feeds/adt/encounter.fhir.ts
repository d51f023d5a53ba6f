import type { Hl7Message } from '@medplum/core'
import type { Coding, Encounter, EncounterLocation, EncounterParticipant } from '@medplum/fhirtypes'
import { instantOf } from '../../record/index.ts'
import { fieldOf, repetitionsOf } from '../hl7/hl7.ts'
import { timeAt } from '../reading/envelope.ts'
import type { Envelope, Reader } from '../reading/reading.ts'
import { locationSystem } from './stay.fhir.ts'
import type { Details, Folded, VisitDetails } from './visit.ts'

export const odsSystem = 'https://fhir.nhs.uk/Id/ods-organization-code'

export const visitNumberSystem = (organisation: string): string =>
  `https://golden-thread.example/Id/${organisation.toLowerCase()}-visit-number`

export const visitIdentifier = (value: string, organisation: string) => ({
  type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'VN' }] },
  system: visitNumberSystem(organisation),
  value,
})

/** What may be said anew at each message; what a message leaves out stays. A cancellation describes what it cancels, so it says nothing. */
export function visitDetails(message: Hl7Message, envelope: Envelope, reader: Reader): VisitDetails {
  if (envelope.event === 'A12' || envelope.event === 'A11') return {}
  const visitClass = classIn(message, envelope)
  const participant = participantsIn(message)
  const reason = reasonIn(message)
  const [specialty] = repetitionsOf(message, 'PV1', 10)
  const service = specialty?.(2) || specialty?.(1)
  const start = timeAt(message, 'PV1', 44, envelope.notes)?.fhir
  const name = reader.place.organisations.find((each) => each.code === reader.organisation)?.name
  return {
    ...(visitClass && { class: visitClass }),
    ...(participant.length > 0 && { participant }),
    ...(reason && { reasonCode: [reason] }),
    ...(service && { serviceType: { text: service } }),
    ...(start && { start }),
    serviceProvider: {
      identifier: { system: odsSystem, value: reader.organisation },
      ...(name && { display: name }),
    },
  }
}

/** PV2-3. */
function reasonIn(message: Hl7Message) {
  const [reason] = repetitionsOf(message, 'PV2', 3)
  const text = reason?.(2) || reason?.(1)
  if (!reason || !text) return undefined
  const isSnomed = ['SCT', 'SNOMED', 'SNM'].includes(reason(3).toUpperCase())
  const coding = {
    system: 'http://snomed.info/sct',
    code: reason(1),
    ...(reason(2) && { display: reason(2) }),
  }
  return { ...(isSnomed && reason(1) && { coding: [coding] }), text }
}

const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const classes = {
  IMP: { system: actCode, code: 'IMP', display: 'inpatient encounter' },
  EMER: { system: actCode, code: 'EMER', display: 'emergency' },
  AMB: { system: actCode, code: 'AMB', display: 'ambulatory' },
  PRENC: { system: actCode, code: 'PRENC', display: 'pre-admission' },
} satisfies Record<string, Coding>

/** HL7 table 0004. */
const classOf: Record<string, Coding> = {
  I: classes.IMP,
  B: classes.IMP,
  E: classes.EMER,
  O: classes.AMB,
  R: classes.AMB,
  P: classes.PRENC,
}

/** An admission, transfer or discharge that does not say is of an inpatient; A06 and A07 are about nothing else than the class. */
const classOfEvent: Record<string, Coding> = {
  A01: classes.IMP,
  A02: classes.IMP,
  A03: classes.IMP,
  A06: classes.IMP,
  A07: classes.AMB,
}

function classIn(message: Hl7Message, { event, notes }: Envelope): Coding | undefined {
  const written = fieldOf(message, 'PV1', 2).toUpperCase()
  const known = classOf[written]
  if (known) return known
  if (written !== '')
    notes.push({ path: 'PV1-2', words: 'This is not a patient class that is known here', code: 'value' })
  return classOfEvent[event]
}

const participation = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType'
const roles = [
  [7, { system: participation, code: 'ATND', display: 'attender' }],
  [9, { system: participation, code: 'CON', display: 'consultant' }],
] as const

/** PV1-7 attending and PV1-9 consulting, which in England is often the same consultant. */
function participantsIn(message: Hl7Message): EncounterParticipant[] {
  const seen = new Set<string>()
  return roles.flatMap(([field, coding]) =>
    repetitionsOf(message, 'PV1', field).flatMap((doctor) => {
      const display = [doctor(6), doctor(3), doctor(2)].filter((part) => part !== '').join(' ')
      if (display === '' || seen.has(display)) return []
      seen.add(display)
      return [{ type: [{ coding: [coding] }], individual: { display } }]
    }),
  )
}

/**
 * The Encounter that the messages of a visit come to, laid over what the source sent of it by another way. Undefined while no message says
 * that there is a visit.
 */
export function encounterFrom(
  details: Details,
  folded: Folded,
  about: { id: string; patient: string; key: string; organisation: string; base: Encounter | undefined },
): (Encounter & { id: string }) | undefined {
  const { base } = about
  const status = folded.status ?? base?.status
  if (status === undefined) return undefined
  const { start, ...said } = Object.fromEntries(
    Object.entries(details).map(([part, [, value]]) => [part, value]),
  ) as VisitDetails & { start?: string }
  const encounter: Encounter & { id: string } = {
    resourceType: 'Encounter',
    class: classes.AMB,
    ...base,
    ...(said as Partial<Encounter>),
    status,
    id: about.id,
    identifier: base?.identifier ?? [visitIdentifier(about.key, about.organisation)],
    subject: { reference: `Patient/${about.patient}` },
  }
  const begins = start ?? base?.period?.start ?? beginOf(folded)
  const period = { ...(begins && { start: begins }), ...(folded.end && { end: folded.end }) }
  if (begins || folded.end) encounter.period = period
  const stays = staysOf(folded, period, status)
  if (stays.length > 0) encounter.location = stays
  return encounter
}

/** When the visit began, where a message of its beginning says so. */
export const beginOf = ({ begun }: Folded): string | undefined =>
  begun && ['begin', 'plan', 'change'].includes(begun.does) ? begun.at : undefined

/** A day without a time begins at midnight, so a stay of part of that day is no contradiction. */
export function endsBeforeItBegins(begins: string | undefined, ends: string | undefined): boolean {
  const from = begins === undefined ? null : instantOf(begins)
  const to = ends === undefined ? null : instantOf(ends)
  return from !== null && to !== null && to < from && ends !== begins?.slice(0, ends?.length)
}

/**
 * Each stay ends where the next begins; the last is where the person is, or where they were at the end. One told twice is one. The first
 * begins when the visit did, unless that would be after the next.
 */
function staysOf(
  { begun, stays }: Folded,
  period: { start?: string; end?: string },
  status: string,
): EncounterLocation[] {
  const over = ['finished', 'cancelled', 'entered-in-error'].includes(status)
  const [first, second] = stays
  const { start } = period
  const opens = first?.from === begun?.at && start && !(second && isBefore(second.from, start))
  const turns = stays
    .map((stay) => (stay === first && opens ? { ...stay, from: start } : stay))
    .filter(
      (stay, index, all) => stay.code !== all[index - 1]?.code || stay.display !== all[index - 1]?.display,
    )
  return turns.map((stay, index) => {
    const next = turns[index + 1]
    const last = period.end && isBefore(period.end, stay.from) ? stay.from : period.end
    const end = next ? next.from : over ? last : undefined
    return {
      location: { identifier: { system: locationSystem, value: stay.code }, display: stay.display },
      status: next || over ? 'completed' : status === 'planned' ? 'planned' : 'active',
      period: { start: stay.from, ...(end && { end }) },
    }
  })
}

const isBefore = (one: string, other: string): boolean =>
  (instantOf(one)?.getTime() ?? 0) < (instantOf(other)?.getTime() ?? 0)
