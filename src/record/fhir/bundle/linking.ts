import type { Db, Fault } from '../../../platform/index.ts'
import { addingFaults, Invalid } from '../../../platform/index.ts'
import { identifiersOf, idsByIdentifier, type Sought, soughtKey } from '../../store/identifiers.ts'
import { eachReference, type Logical } from '../../store/references.ts'
import type { Sending, Write } from '../../store/row.ts'
import type { Place } from '../../store/standing.ts'
import { criterion } from './condition.ts'

/** A resource of the bundle, and where it stands in the store, or will. */
export type Standing = { write: Write; fullUrl?: string | undefined; at: Place }

type Conditional = { sought: Sought; path: string }

/**
 * Makes references of the bundle references to what is kept: those to a fullUrl, those to an id that the sender gave, and conditional ones
 * (`Practitioner?identifier=…`), which are looked for in the bundle first and then in the store. What leads nowhere is a fault; a conditional
 * one from a lenient sender becomes a reference by identifier, with a note.
 * @param alone the resource came without a bundle, in which a urn would name an entry
 * @param faults of the same bundle that are known already
 * @returns notes, each with its place
 */
export async function link(
  db: Db,
  sending: Sending,
  all: readonly Standing[],
  { alone = false, faults = [] as Fault[] } = {},
): Promise<Fault[]> {
  const places = new Map<string, string>()
  for (const { fullUrl, at, write } of all) {
    const kept = `${at.type}/${at.id}`
    if (write.sent !== undefined) places.set(`${at.type}/${write.sent}`, kept)
    // A relative reference is relative to the server of its fullUrl.
    const relative = /^https?:.*\/([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})$/.exec(fullUrl ?? '')?.[1]
    if (relative !== undefined) places.set(relative, kept)
    if (fullUrl !== undefined) places.set(fullUrl, kept)
  }
  const conditionals = conditionalsIn(all, faults)
  const found = await inBundleOrStore(db, sending, all, conditionals)
  const notes: Fault[] = []
  const lenient = sending.unresolved === 'lenient'
  for (const { write } of all) {
    // An attachment points to its Binary by an address, which is no Reference.
    if (write.resource.resourceType === 'DocumentReference')
      for (const { attachment } of write.resource.content ?? [])
        if (attachment?.url !== undefined) attachment.url = places.get(attachment.url) ?? attachment.url
    eachReference(write.resource, (reference, path) => {
      const known = places.get(reference)
      if (known !== undefined) return known
      const at = pathIn(write, path)
      if (reference.startsWith('urn:')) {
        const words = 'No entry of this bundle has this fullUrl'
        if (!alone) faults.push({ path: at, words, code: 'not-found' })
        return undefined
      }
      const sought = conditionals.get(reference)?.sought
      if (sought === undefined) return undefined
      const ids = found.get(soughtKey(sought)) ?? []
      if (ids.length === 1) return `${sought.type}/${ids[0]}`
      const many = `${ids.length} of type ${sought.type} have this identifier`
      const words = ids.length === 0 ? `No ${sought.type} with this identifier is known` : many
      const code = ids.length === 0 ? 'not-found' : 'multiple-matches'
      ;(lenient ? notes : faults).push({ path: at, words, code })
      return lenient ? logical(sought) : undefined
    })
  }
  if (faults.length > 0) throw new Invalid(faults)
  return notes
}

const logical = ({ type, system, value }: Sought): Logical => ({
  type,
  identifier: { ...(system && { system }), value },
})

/** `Encounter.subject` inside `Bundle.entry[3].resource` is `Bundle.entry[3].resource.subject`. */
const pathIn = ({ path, resource }: Write, place: string): string =>
  path + place.slice(resource.resourceType.length)

function conditionalsIn(all: readonly Standing[], faults: Fault[]): Map<string, Conditional> {
  const conditionals = new Map<string, Conditional>()
  for (const { write } of all) {
    eachReference(write.resource, (reference, path) => {
      const type = /^([A-Z][A-Za-z]+)\?/.exec(reference)?.[1]
      if (type === undefined || conditionals.has(reference)) return undefined
      const at = pathIn(write, path)
      const sought = addingFaults(faults, () => criterion({ type, query: reference, path: at }))
      if (sought) conditionals.set(reference, { sought, path: at })
      return undefined
    })
  }
  return conditionals
}

async function inBundleOrStore(
  db: Db,
  sending: Sending,
  all: readonly Standing[],
  conditionals: Map<string, Conditional>,
): Promise<Map<string, string[]>> {
  if (conditionals.size === 0) return new Map()
  const inBundle = new Map<string, string[]>()
  for (const { at, write } of all)
    for (const each of identifiersOf(write.resource)) {
      const key = soughtKey({ type: at.type, ...each })
      inBundle.set(key, [...(inBundle.get(key) ?? []), at.id])
    }
  const elsewhere = [...conditionals.values()]
    .map(({ sought }) => sought)
    .filter((sought) => !inBundle.has(soughtKey(sought)))
  return new Map([...(await idsByIdentifier(db, sending, elsewhere)), ...inBundle])
}
