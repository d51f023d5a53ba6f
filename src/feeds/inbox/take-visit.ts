import type { Encounter } from '@medplum/fhirtypes'
import { idFor } from '../../platform/index.ts'
import { beginOf, encounterFrom, endsBeforeItBegins } from '../adt/encounter.fhir.ts'
import { detailsOf, type Folded, foldVisit, type VisitSaid, withSaid } from '../adt/visit.ts'
import type { Quarantine } from '../hl7/acknowledgement.ts'
import { isSame, type Memories, standing, type Thing, thingOf, type Work, write } from './work.ts'

/** One person’s Encounter of a visit has an id of its own, so that a visit can go to another person and leave nothing behind. */
export const encounterId = (source: string, visit: string, owner: string): string =>
  idFor(`${source}/Encounter/${visit}/${owner}`)

/** Adds what a message says of a visit. @returns why it cannot count, as things stand */
export function takeVisit(
  work: Work,
  message: string,
  about: { key: string; number: string; patient: string },
  said: VisitSaid,
): Quarantine | undefined {
  const thing = thingOf(work, 'visit', about.key, about.number)
  const { memory } = thing
  thing.memory = {
    ...memory,
    ...withSaid(memory, message, said),
    patients: { ...memory.patients, [about.number]: about.patient },
  }
  return settleVisit(work, thing, message)[message]
}

/** Works out anew what the messages of a visit come to. @returns by message, why it cannot count */
function settleVisit(work: Work, thing: Thing<'visit'>, besides?: string): Folded['refused'] {
  const { memory, key } = thing
  const folded = foldInTime(work, memory)
  const { source, organisation } = work.reader
  thing.owner = folded.owner
  thing.changed = true
  const idOf = (number: string) =>
    number === memory.basePatient && memory.base ? memory.base : encounterId(source, key, number)
  const patient = memory.patients[folded.owner]
  const id = idOf(folded.owner)
  const encounter =
    patient === undefined
      ? undefined
      : encounterFrom(detailsOf(memory, folded.names), folded, {
          id,
          patient,
          key,
          organisation,
          base: id === memory.base ? standing<Encounter>(work, 'Encounter', id) : undefined,
        })
  if (encounter) write(work, encounter)
  for (const number of Object.keys(memory.patients)) {
    const place = `Encounter/${idOf(number)}`
    if (encounter && idOf(number) === id) continue
    const left = work.current.get(place)
    work.writes.delete(place)
    if (left) work.gone.set(place, left)
  }
  noteTurns(work, memory, folded, besides)
  thing.memory = { ...memory, refused: Object.keys(folded.refused) }
  return folded.refused
}

/** A discharge from before the admission is refused, and the visit goes on without it. */
function foldInTime(work: Work, memory: Memories['visit']): Folded {
  const same = (one: string, other: string) => isSame(work, one, other)
  const folded = foldVisit(memory, same)
  const start = detailsOf(memory, folded.names)['start']?.[1] as string | undefined
  if (!endsBeforeItBegins(start ?? beginOf(folded), folded.end)) return folded
  const ends = Object.entries(memory.events).filter(
    ([, event]) => event.does === 'end' || event.end !== undefined,
  )
  const [wrong] = ends
    .sort(([, one], [, other]) => (one.order < other.order ? 1 : -1))
    .map(([message]) => message)
  if (wrong === undefined) return folded
  const { [wrong]: _, ...events } = memory.events
  const without = foldInTime(work, { ...memory, events })
  const why = { reason: 'value', place: 'PV1-45', words: 'The discharge is before the admission' } as const
  return { ...without, refused: { ...without.refused, [wrong]: why } }
}

/** What came by another way is no message, and has no state. */
const otherWay = new Set(['begun', 'over'])

/** Messages taken earlier that count now and did not before, or the other way round. */
function noteTurns(work: Work, memory: Memories['visit'], folded: Folded, besides: string | undefined): void {
  for (const message of memory.refused)
    if (message !== besides && !(message in folded.refused)) work.turned.set(message, undefined)
  for (const [message, why] of Object.entries(folded.refused))
    if (message !== besides && !memory.refused.includes(message) && !otherWay.has(message))
      work.turned.set(message, why)
}
