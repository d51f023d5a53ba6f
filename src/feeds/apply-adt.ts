import type { Hl7Message } from '@medplum/core'
import type { BundleEntry, Resource } from '@medplum/fhirtypes'
import { type Db, type Fault, Invalid, idFor } from '../platform/index.ts'
import { isRawJson, keepTransaction, type Sending } from '../record/index.ts'
import { type Adt, readAdt } from './adt.ts'
import { encounterFrom, stateOf, visitNumberSystem } from './adt-encounter.fhir.ts'
import { isAnotherPerson, localNumberSystem, patientFrom } from './adt-patient.fhir.ts'
import { type AppliedTo, fileOf, type Known, knownOf } from './inbox.queries.ts'
import { effectOf } from './visit.ts'

/** An ADT message, read and ready to be applied. `personKey`: messages about one person take turns under it. */
export type ReadyAdt = {
  personKey: string
  keep(db: Db, now: Date): Promise<{ to: AppliedTo; notes: Fault[] }>
}

type Ids = { patientId: string; encounterId: string }

/** @throws Invalid with the reason and the field, here and in `keep` */
export function readyAdt(message: Hl7Message, sending: Sending): ReadyAdt {
  const read = readAdt(message)
  const number = read.localNumber ?? `nhs ${read.nhsNumber}`
  const ids = {
    patientId: idFor(`${sending.source}/Patient/${number}`),
    encounterId: idFor(`${sending.source}/Encounter/${read.visit}`),
  }
  return {
    personKey: number,
    keep: async (db, now) => {
      // Mapping adds notes, and a transaction may be tried again.
      const adt: Adt = { ...read, notes: [...read.notes] }
      const known = await knownOf(db, {
        source: sending.source,
        localSystem: localNumberSystem(sending.source),
        localNumber: adt.localNumber,
        visit: adt.visit,
        visitSystem: visitNumberSystem(sending.organisation),
        ...ids,
      })
      const entry = entriesFor(message, adt, known, ids, sending, now)
      await keepTransaction(db, sending, { resourceType: 'Bundle', type: 'transaction', entry })
      const file = known.patient?.file ?? (await fileOf(db, ids.patientId))
      return { to: { file, visit: adt.visit, event: adt.event, eventAt: adt.recorded.at }, notes: adt.notes }
    },
  }
}

/** What the message changes: the Patient, the Encounter, both or neither. */
function entriesFor(
  message: Hl7Message,
  adt: Adt,
  known: Known,
  ids: Ids,
  sending: Sending,
  now: Date,
): BundleEntry[] {
  const before = known.patient?.resource
  const patientId = known.patient?.id ?? ids.patientId
  const said = patientFrom(message, adt, {
    source: sending.source,
    id: patientId,
    before,
    today: londonDay.format(now),
  })
  if (before && isAnotherPerson(before, said)) {
    throw new Invalid([
      {
        path: 'PID-3',
        words: 'This number belongs to somebody with another name, birth date or NHS number',
        code: 'another person',
      },
    ])
  }
  // What an older message says about a person is out of date, even where its visit is news.
  const isOld = known.newest !== undefined && known.newest > adt.recorded.at
  const patient = before && isOld ? undefined : entryFor(said, known.patient)
  const visit = known.encounter?.resource
  const effect =
    adt.visit === undefined ? undefined : effectOf(adt.event, stateOf(visit), adt.recorded.at, known.history)
  const encounter =
    effect &&
    encounterFrom(message, adt, effect, {
      id: known.encounter?.id ?? ids.encounterId,
      patient: patientId,
      before: visit,
      organisation: sending.organisation,
      place: sending.place,
    })
  return [patient, encounter && entryFor(encounter, known.encounter)].filter((entry) => entry !== undefined)
}

/** A write under the version that was read, or nothing when nothing has changed. */
function entryFor(
  resource: Resource & { id: string },
  before: { resource: Resource; version: number } | undefined,
): BundleEntry | undefined {
  if (before && canonical(resource) === canonical(before.resource)) return undefined
  const url = `${resource.resourceType}/${resource.id}`
  return { resource, request: { method: 'PUT', url, ...(before && { ifMatch: `W/"${before.version}"` }) } }
}

/** The same however its properties are ordered. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part) && !isRawJson(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )

const londonDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })
