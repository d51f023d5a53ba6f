import type { Patient, Resource } from '@medplum/fhirtypes'
import { nothingSaid, type PatientMemory } from '../adt/patient-fold.ts'
import type { Visit } from '../adt/visit.ts'
import type { Order, Orders } from '../fold/order.ts'
import type { Quarantine } from '../hl7/acknowledgement.ts'
import type { Reader } from '../reading/reading.ts'

/** A resource as it stands in the record. */
export type Current<Type = Resource> = { resource: Type & { id: string }; version: number; file: string }

/** What is remembered of each kind of thing beside its resources. `by` is the number of the person it belongs to. */
export type Memories = {
  /** `same`: other numbers of the same person, from merges. */
  person: PatientMemory & { same: string[] }
  /** `patients`: the Patient of each number that its messages name; `refused`: its messages that cannot count as things stand. */
  /** `base`: the Encounter that the source sent of the visit by another way, of `basePatient`’s. */
  visit: Visit & { patients: Record<string, string>; refused: string[]; base?: string; basePatient?: string }
  report: { by: string; patient: string; report: Orders; results: Record<string, Order> }
  document: {
    by: string
    patient: string
    orders: Orders
    told?: Order
    cancelled?: Order
    parent?: { key: string; relation: 'appends' | 'replaces' }
    /** Documents that take the place of this one, and whether each of them counts. */
    replacedBy: Record<string, boolean>
  }
  appointment: { by: string; patient: string; orders: Orders }
}
export type Kind = keyof Memories

export type Thing<Of extends Kind = Kind> = {
  kind: Of
  key: string
  memory: Memories[Of]
  /** The number of the person in whose file it is remembered. */
  owner: string
  changed: boolean
  stored: boolean
}

/** Somebody whom the messages name: their Patient as it stands, and as the messages leave it. */
export type Person = {
  number: string
  id: string
  file: string | undefined
  before: Current<Patient> | undefined
  patient: (Patient & { id: string }) | undefined
}

/** A message in quarantine about somebody whom the batch is about. */
export type Waiting = {
  id: string
  about: string
  thing: string | null
  event: string
  reason: string
  at: Date | null
}

/** What a batch of messages of one source works on: loaded at the start, changed in memory, written at the end. */
export type Work = {
  reader: Reader
  people: Map<string, Person>
  things: Map<string, Thing>
  /** By `Type/id`. */
  current: Map<string, Current>
  writes: Map<string, Resource & { id: string }>
  /** Resources that have gone to another person's file. */
  gone: Map<string, Current>
  merges: { from: string; to: string }[]
  waiting: Waiting[]
  /** Numbers about which something changed that may let a waiting message through. */
  stirred: Set<string>
  /** Messages of earlier batches whose standing has changed. */
  turned: Map<string, Quarantine | undefined>
}

export const placeOf = (kind: Kind, key: string): string => `${kind}/${key}`

const blank: { [Of in Kind]: (by: string) => Memories[Of] } = {
  person: () => ({ ...nothingSaid, same: [] }),
  visit: () => ({ events: {}, details: {}, patients: {}, refused: [] }),
  report: (by) => ({ by, patient: '', report: {}, results: {} }),
  document: (by) => ({ by, patient: '', orders: {}, replacedBy: {} }),
  appointment: (by) => ({ by, patient: '', orders: {} }),
}

/** What is remembered of a thing, or nothing yet. */
export function thingOf<Of extends Kind>(work: Work, kind: Of, key: string, by: string): Thing<Of> {
  const place = placeOf(kind, key)
  const known = work.things.get(place)
  if (known) return known as Thing<Of>
  const thing: Thing<Of> = { kind, key, memory: blank[kind](by), owner: by, changed: false, stored: false }
  work.things.set(place, thing as unknown as Thing)
  return thing
}

/** The resource as the batch leaves it so far. */
export function standing<Type extends Resource>(
  work: Work,
  type: Type['resourceType'],
  id: string,
): (Type & { id: string }) | undefined {
  const place = `${type}/${id}`
  const found =
    work.writes.get(place) ?? (work.gone.has(place) ? undefined : work.current.get(place)?.resource)
  return found as (Type & { id: string }) | undefined
}

export function write(work: Work, resource: Resource & { id: string }): void {
  const place = `${resource.resourceType}/${resource.id}`
  work.gone.delete(place)
  work.writes.set(place, resource)
}

/** Whether two numbers are the same person's, as far as merges say. */
export function isSame(work: Work, one: string, other: string): boolean {
  if (one === other) return true
  const same = (number: string) => work.things.get(placeOf('person', number)) as Thing<'person'> | undefined
  return same(one)?.memory.same.includes(other) === true || same(other)?.memory.same.includes(one) === true
}
