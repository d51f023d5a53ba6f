import type { Hl7Message } from '@medplum/core'
import type { Coding, Encounter, EncounterLocation, EncounterParticipant } from '@medplum/fhirtypes'
import type { Place } from '../access/index.ts'
import { Invalid } from '../platform/index.ts'
import { instantOf } from '../record/index.ts'
import { type Adt, timeAt } from './adt.ts'
import { fieldOf, repetitionsOf } from './hl7.ts'
import type { Effect, VisitState } from './visit.ts'

const odsSystem = 'https://fhir.nhs.uk/Id/ods-organization-code'
const locationSystem = 'https://golden-thread.example/Id/location'

export const visitNumberSystem = (organisation: string): string =>
  `https://golden-thread.example/Id/${organisation.toLowerCase()}-visit-number`

type About = {
  id: string
  patient: string
  before: Encounter | undefined
  organisation: string
  place: Place
}

export function stateOf(encounter: Encounter | undefined): VisitState {
  if (!encounter) return 'none'
  if (encounter.status === 'finished') return 'finished'
  return encounter.status === 'cancelled' || encounter.status === 'entered-in-error'
    ? 'cancelled'
    : 'in-progress'
}

/**
 * The visit after this message: what was known of it, and what the message does to it.
 * @throws Invalid naming the field
 */
export function encounterFrom(
  message: Hl7Message,
  adt: Adt,
  effect: Effect,
  about: About,
): Encounter & { id: string } {
  const said = detailsOf(message, adt, about)
  const begun: Encounter = {
    resourceType: 'Encounter',
    status: 'in-progress',
    class: said.class ?? classes.AMB,
  }
  const encounter: Encounter & { id: string } = {
    ...(about.before ?? begun),
    ...(effect.details === 'replace' ? said : onlyMissing(said, about.before)),
    id: about.id,
    identifier: about.before?.identifier ?? [visitIdentifier(adt.visit ?? '', about.organisation)],
    subject: { reference: `Patient/${about.patient}` },
  }
  if (effect.status) encounter.status = effect.status
  setPeriod(encounter, message, adt, effect)
  const stays = staysAfter(encounter, message, adt, effect, about)
  if (stays.length > 0) encounter.location = stays
  return encounter
}

const visitIdentifier = (value: string, organisation: string) => ({
  type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'VN' }] },
  system: visitNumberSystem(organisation),
  value,
})

type Details = Pick<Encounter, 'class' | 'participant' | 'reasonCode' | 'serviceProvider'>

/** What may be said anew at each message; what a message leaves out is not there. */
function detailsOf(message: Hl7Message, adt: Adt, about: About): Partial<Details> {
  const visitClass = classIn(message, adt)
  const participant = participantsIn(message)
  const [reason] = repetitionsOf(message, 'PV2', 3)
  const text = reason?.(2) || reason?.(1)
  const isSnomed = reason !== undefined && ['SCT', 'SNOMED', 'SNM'].includes(reason(3).toUpperCase())
  const coding = isSnomed
    ? [{ system: 'http://snomed.info/sct', code: reason(1), ...(reason(2) && { display: reason(2) }) }]
    : undefined
  const name = about.place.organisations.find((each) => each.code === about.organisation)?.name
  return {
    ...(visitClass && { class: visitClass }),
    ...(participant.length > 0 && { participant }),
    ...(text && { reasonCode: [{ ...(coding && { coding }), text }] }),
    serviceProvider: {
      identifier: { system: odsSystem, value: about.organisation },
      ...(name && { display: name }),
    },
  }
}

function onlyMissing(said: Partial<Details>, before: Encounter | undefined): Partial<Details> {
  return Object.fromEntries(
    Object.entries(said).filter(([name]) => before?.[name as keyof Details] === undefined),
  )
}

const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const classes = {
  IMP: { system: actCode, code: 'IMP', display: 'inpatient encounter' },
  EMER: { system: actCode, code: 'EMER', display: 'emergency' },
  AMB: { system: actCode, code: 'AMB', display: 'ambulatory' },
  PRENC: { system: actCode, code: 'PRENC', display: 'pre-admission' },
} satisfies Record<string, Coding>

/** HL7 table 0004. An admission, transfer or discharge that does not say is of an inpatient. */
const classOf: Record<string, Coding> = {
  I: classes.IMP,
  B: classes.IMP,
  E: classes.EMER,
  O: classes.AMB,
  R: classes.AMB,
  P: classes.PRENC,
}

function classIn(message: Hl7Message, adt: Adt): Coding | undefined {
  const written = fieldOf(message, 'PV1', 2).toUpperCase()
  const known = classOf[written]
  if (known) return known
  if (written !== '')
    adt.notes.push({ path: 'PV1-2', words: 'This is not a patient class that is known here', code: 'value' })
  return ['A01', 'A02', 'A03'].includes(adt.event) ? classes.IMP : undefined
}

/** PV1-7 attending and PV1-9 consulting, which in England is often the same consultant. */
function participantsIn(message: Hl7Message): EncounterParticipant[] {
  const roles = [
    [
      7,
      {
        system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
        code: 'ATND',
        display: 'attender',
      },
    ],
    [
      9,
      {
        system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
        code: 'CON',
        display: 'consultant',
      },
    ],
  ] as const
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

/** PV1-44 and PV1-45, or when the event happened. */
function setPeriod(encounter: Encounter, message: Hl7Message, adt: Adt, effect: Effect): void {
  const admits = adt.event === 'A01' || adt.event === 'A04'
  const start = timeAt(message, 'PV1', 44, adt.notes)?.fhir
  const before = encounter.period
  const begins =
    effect.details === 'replace' || !before?.start
      ? (start ?? before?.start ?? (admits ? adt.occurred.fhir : undefined))
      : before.start
  const stillEnds = encounter.status === 'in-progress' ? undefined : before?.end
  const ends =
    effect.status === 'finished' ? (timeAt(message, 'PV1', 45, adt.notes) ?? adt.occurred).fhir : stillEnds
  const from = begins === undefined ? null : instantOf(begins)
  const to = ends === undefined ? null : instantOf(ends)
  // A day without a time begins at midnight, so a stay of part of that day is no contradiction.
  if (from && to && to < from && ends !== begins?.slice(0, ends?.length)) {
    throw new Invalid([{ path: 'PV1-45', words: 'The discharge is before the admission', code: 'value' }])
  }
  if (begins || ends) encounter.period = { ...(begins && { start: begins }), ...(ends && { end: ends }) }
  else delete encounter.period
}

function staysAfter(
  encounter: Encounter,
  message: Hl7Message,
  adt: Adt,
  effect: Effect,
  about: About,
): EncounterLocation[] {
  let stays = [...(encounter.location ?? [])]
  if (effect.stay === 'take back') {
    if (stays.length < 2)
      throw new Invalid([{ path: 'PV1-3', words: 'There is no transfer to cancel', code: 'visit state' }])
    stays.pop()
  }
  const adds =
    effect.stay === 'add' ||
    (effect.stay === 'reopen' && stays.length === 0) ||
    (effect.status === 'finished' && stays.length === 0)
  const here = adds ? stayIn(message, adt, encounter, about) : undefined
  if (here) stays = withStay(stays, here)
  if (effect.stay === undefined && effect.status === undefined) return stays
  return inTurn(stays, encounter)
}

/** PV1-3: point of care ^ room ^ bed ^ facility. The ward goes by its own name where the place knows it. */
function stayIn(
  message: Hl7Message,
  adt: Adt,
  encounter: Encounter,
  about: About,
): EncounterLocation | undefined {
  const [at] = repetitionsOf(message, 'PV1', 3)
  const ward = at?.(1)
  if (!at || !ward) return undefined
  // A facility that is no organisation of the place is a site of the sender's.
  const organisation = about.place.organisations.some((each) => each.code === at(4))
    ? at(4)
    : about.organisation
  const team = about.place.teams.find(
    (each) => each.organisation === organisation && each.locations.includes(ward),
  )
  const display = [team?.name ?? (at(9) || ward), at(2) && `room ${at(2)}`, at(3) && `bed ${at(3)}`]
    .filter((part) => part)
    .join(', ')
  const admitted = adt.event === 'A02' ? undefined : encounter.period?.start
  return {
    location: { identifier: { system: locationSystem, value: `${organisation}/${ward}` }, display },
    period: { start: admitted ?? adt.occurred.fhir },
  }
}

const codeOf = (stay: EncounterLocation) => stay.location.identifier?.value
const startOf = (stay: EncounterLocation): number =>
  (stay.period?.start && instantOf(stay.period.start)?.getTime()) || 0

/** A stay in its place by time; a message that says again where the person already is adds none. */
function withStay(stays: EncounterLocation[], here: EncounterLocation): EncounterLocation[] {
  const again = stays.find((stay) => startOf(stay) === startOf(here) && codeOf(stay) === codeOf(here))
  if (again) return stays.map((stay) => (stay === again ? { ...stay, location: here.location } : stay))
  const before = stays.filter((stay) => startOf(stay) <= startOf(here))
  const last = before.at(-1)
  if (last && codeOf(last) === codeOf(here) && last.location.display === here.location.display) return stays
  return [...before, here, ...stays.filter((stay) => startOf(stay) > startOf(here))]
}

/** Each stay ends where the next begins; the last is where the person is, or where they were at the end. */
function inTurn(stays: EncounterLocation[], encounter: Encounter): EncounterLocation[] {
  const over = encounter.status === 'finished' || encounter.status === 'cancelled'
  return stays.map((stay, index) => {
    const next = stays[index + 1]
    const end = next
      ? (next.period?.start ?? stay.period?.end)
      : over
        ? (encounter.period?.end ?? stay.period?.end)
        : undefined
    const start = stay.period?.start
    const period = { ...(start && { start }), ...(end && { end }) }
    const { period: _, ...rest } = stay
    return { ...rest, status: next || over ? 'completed' : 'active', ...((start || end) && { period }) }
  })
}
