import type { Resource } from '@medplum/fhirtypes'
import { senderMay } from '../../../access/index.ts'
import {
  addingFaults,
  Conflict,
  type Db,
  type Fault,
  Invalid,
  NotFound,
  Stale,
} from '../../../platform/index.ts'
import { hiddenOne, readResource } from '../../store/read.ts'
import { type Removed, remove } from '../../store/remove.ts'
import type { Current, Sending, Write, Written } from '../../store/row.ts'
import { keeping, type Place, placeOf, standingAt } from '../../store/standing.ts'
import { keep } from '../../store/write.ts'
import { mustBeValid } from '../parse.ts'
import { patched } from '../patching/json-patch.ts'
import { type Change, isCondition, type Keeping, type Patching } from './act.ts'
import { type Find, keyOf, matchesOf } from './condition.ts'
import { fault } from './entry.ts'
import { link, type Standing } from './linking.ts'

/** What became of a change. `notes`: what was kept otherwise than it was meant. */
export type Outcome = { written: Written; notes?: Fault[] } | { removed: Removed | undefined }

export type How = {
  /** Each came by itself: a reference of one may not mean another. */
  alone?: boolean
  /** Of the same bundle, known already. */
  faults?: Fault[]
  find?: Find | undefined
}

/** A change and where it is done; `there` is what a conditional create leaves as it is. */
type Resolved = { change: Change; place: Place | undefined; there: boolean; mustBeNew?: boolean }

/**
 * Does changes as one: all or, with an error that names each place, none. In FHIR's order: what is deleted, what is created, what is updated
 * and patched; and whichever order they are sent in, resources are locked in one, so that two transactions which meet wait and do not block.
 */
export async function perform(
  db: Db,
  sending: Sending,
  changes: readonly Change[],
  how: How = {},
): Promise<Outcome[]> {
  const [outcomes = []] = await performTogether(db, sending, [{ changes, now: sending.now, ...how }])
  return outcomes
}

/** What one sender sent at one time, to be done as one. */
export type Part = How & { changes: readonly Change[]; now: Date }

/**
 * Several, done as one after another would be, but kept together: for a database many rows at once are much less work than a few many times. No
 * two are about the same person, and none is about what another writes.
 * @param turn what must have come to its end before anything is read that somebody else may change
 */
export async function performTogether(
  db: Db,
  sending: Sending,
  parts: readonly Part[],
  turn?: Promise<unknown>,
): Promise<Outcome[][]> {
  const prepared: Prepared[] = []
  for (const part of parts) prepared.push(await prepare(db, { ...sending, now: part.now }, part))
  const writes = prepared.flatMap((each) => [...each.writes.values()])
  const kept = new Map((await keep(db, sending, writes, turn)).map((each) => [placeOf(each), each]))
  const outcomes: Outcome[][] = []
  for (const each of prepared) outcomes.push(await outcomesOf(db, sending, each, kept))
  return outcomes
}

/** What is to be written, all references resolved, and what was removed already. */
type Prepared = {
  resolved: Resolved[]
  removed: ReadonlyMap<string, Removed>
  writes: ReadonlyMap<Change, Write>
  notes: Fault[]
}

async function prepare(
  db: Db,
  sending: Sending,
  { changes, alone = false, faults = [], find }: Part,
): Promise<Prepared> {
  const resolved = await resolve(db, sending, changes, find)
  mustBeOnce(resolved)
  const standing = await locked(db, sending, resolved)
  const removals = resolved.flatMap(({ change, place }) =>
    change.kind === 'remove' && place
      ? [{ ...place, ...(change.ifMatch !== undefined && { ifMatch: change.ifMatch }) }]
      : [],
  )
  const removed = new Map((await remove(db, sending, removals)).map((each) => [placeOf(each), each]))
  const writes = new Map<Change, Write>()
  for (const { change, place, there } of resolved) {
    if (change.kind === 'keep' && !there) writes.set(change, change.write)
    if (change.kind === 'patch' && place) writes.set(change, patchedWrite(change, place, standing, faults))
  }
  for (const write of writes.values()) write.now = sending.now
  const notes = await linked(db, sending, resolved, writes, { alone, faults })
  return { resolved, removed, writes, notes }
}

async function outcomesOf(
  db: Db,
  sending: Sending,
  { resolved, removed, writes, notes }: Prepared,
  kept: ReadonlyMap<string, Written>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { change, place, there } of resolved) {
    if (change.kind === 'remove' || !place) {
      outcomes.push({ removed: place && removed.get(placeOf(place)) })
      continue
    }
    const written = there ? await standingOne(db, place) : kept.get(placeOf(place))
    if (!written) throw new Conflict('Nothing was kept')
    const path = writes.get(change)?.path
    const own = [
      ...notes.filter((note) => path !== undefined && note.path.startsWith(`${path}.`)),
      ...(written.notes ?? []),
    ]
    // Its answer shows more than was sent: that is a read.
    const shows = there || change.kind === 'patch'
    if (shows && !senderMay(sending.app, 'r', written.type)) written.body = named(place)
    outcomes.push({ written, ...(own.length > 0 && { notes: own }) })
  }
  return outcomes
}

/** Where each change is done. What is to be deleted in the same go is not found by a create or an update. */
async function resolve(
  db: Db,
  sending: Sending,
  changes: readonly Change[],
  find: Find | undefined,
): Promise<Resolved[]> {
  const conditions = changes.map((change) =>
    change.kind === 'keep'
      ? (change.unless ?? change.upon)
      : isCondition(change.target)
        ? change.target
        : undefined,
  )
  mustNotCreateTwice(changes)
  const matches = await matchesOf(db, sending, conditions, find)
  const gone = new Set(
    changes.flatMap((change, index) => {
      if (change.kind !== 'remove') return []
      const id = isCondition(change.target) ? matches[index] : change.target.id
      return id === undefined ? [] : [placeOf({ type: change.target.type, id })]
    }),
  )
  return changes.map((change, index): Resolved => {
    const { type } = change.kind === 'keep' ? { type: change.write.resource.resourceType } : change.target
    const match = matches[index]
    const found =
      match === undefined || (change.kind !== 'remove' && gone.has(placeOf({ type, id: match })))
        ? undefined
        : match
    if (change.kind === 'keep') return placed(change, found)
    if (!isCondition(change.target)) return { change, place: change.target, there: false }
    if (found === undefined && change.kind === 'patch') throw new NotFound()
    return { change, place: found === undefined ? undefined : { type, id: found }, there: false }
  })
}

function placed(change: Keeping, found: string | undefined): Resolved {
  const { write, upon, unless } = change
  const type = write.resource.resourceType
  if (unless && found !== undefined) return { change, place: { type, id: found }, there: true }
  if (!upon) return { change, place: { type, id: write.resource.id }, there: false }
  if (found !== undefined && write.sent !== undefined && write.sent !== found)
    throw fault(`${write.path}.id`, 'Another resource matches than the one with this id', 'invalid')
  const id = found ?? write.sent
  if (id !== undefined) {
    write.resource.id = id
    delete write.fresh
  }
  const mustBeNew = found === undefined && write.sent !== undefined
  return { change, place: { type, id: write.resource.id }, there: false, mustBeNew }
}

function mustNotCreateTwice(changes: readonly Change[]): void {
  const seen = new Set<string>()
  for (const change of changes) {
    const condition = change.kind === 'keep' ? (change.unless ?? change.upon) : undefined
    if (!condition) continue
    const key = keyOf(condition)
    if (seen.has(key)) throw fault(condition.path, 'Another entry creates under this identifier', 'duplicate')
    seen.add(key)
  }
}

/** @throws Invalid naming each entry that is about a resource which another entry is about */
function mustBeOnce(resolved: readonly Resolved[]): void {
  const seen = new Set<string>()
  const faults = resolved.flatMap(({ change, place, there }): Fault[] => {
    if (!place || there) return []
    const named = placeOf(place)
    if (!seen.has(named)) {
      seen.add(named)
      return []
    }
    const path = change.kind === 'keep' ? change.write.path : change.path
    return [{ path, words: 'The same resource is sent twice in one transaction', code: 'duplicate' }]
  })
  if (faults.length > 0) throw new Invalid(faults)
}

type Locked = Map<string, Pick<Current, 'version' | 'body'>>

/**
 * All that is changed, locked at once; for creates and updates alone `keep` does it. What is to be patched must be there to be read.
 * @throws Conflict where a conditional update that found nothing would take the id of something that is there
 */
async function locked(db: Db, sending: Sending, resolved: readonly Resolved[]): Promise<Locked> {
  const plain = ({ change, there, mustBeNew }: Resolved) => there || (change.kind === 'keep' && !mustBeNew)
  if (resolved.every(plain)) return new Map()
  const asked = resolved.filter(
    ({ change, there }) => !there && !(change.kind === 'keep' && change.write.fresh),
  )
  const read = await Promise.all(
    asked.flatMap(({ change, place }) =>
      change.kind === 'patch' && place ? [readResource(db, place.type, place.id)] : [],
    ),
  )
  const places = asked.flatMap(({ place }) => place ?? [])
  const { own } = await keeping(db, () => standingAt(db, sending, places))
  const taken = asked.find(({ place, mustBeNew }) => mustBeNew && place && own.has(placeOf(place)))
  if (taken?.place) throw new Conflict(`${placeOf(taken.place)} is there, and is not what the search finds`)
  const aboutNobody = read.filter(({ person_key }) => person_key === null)
  const found: Locked = new Map(own)
  for (const each of aboutNobody) found.set(placeOf(each), each)
  return found
}

/** @throws Stale, NotFound; what is wrong with the patched resource is added to the faults */
function patchedWrite(change: Patching, place: Place, standing: Locked, faults: Fault[]): Write {
  const found = standing.get(placeOf(place))
  if (!found || found.body === '') throw new NotFound()
  if (change.ifMatch !== undefined && found.version !== change.ifMatch)
    throw new Stale(`${placeOf(place)} is not at version ${change.ifMatch}`)
  const after = patched(found.body, change.patch, change.patchPath)
  const write = {
    resource: after as unknown as Resource & { id: string },
    path: change.patchPath,
    ifMatch: found.version,
  }
  if (after['resourceType'] !== place.type || after['id'] !== place.id)
    throw fault(change.patchPath, 'A patch changes neither the type nor the id of a resource', 'invalid')
  addingFaults(faults, () => mustBeValid(after, change.patchPath))
  return write
}

/** References of each to each other, and conditional ones; of those that came by themselves to nothing but the store. */
async function linked(
  db: Db,
  sending: Sending,
  resolved: readonly Resolved[],
  writes: ReadonlyMap<Change, Write>,
  { alone, faults }: { alone: boolean; faults: Fault[] },
): Promise<Fault[]> {
  const standing = resolved.flatMap(({ change, place, there }): Standing[] => {
    const write = writes.get(change) ?? (there && change.kind === 'keep' ? change.write : undefined)
    return write && place
      ? [{ write, fullUrl: change.kind === 'keep' ? change.fullUrl : undefined, at: place }]
      : []
  })
  if (!alone) return link(db, sending, standing, { faults })
  if (faults.length > 0) throw new Invalid(faults)
  const notes: Fault[] = []
  for (const each of standing) notes.push(...(await link(db, sending, [each], { alone })))
  return notes
}

/** What is there, for whom it is not shown. */
const named = ({ type, id }: Place): string => JSON.stringify({ resourceType: type, id })

/** What a conditional create found, as it stands. */
async function standingOne(db: Db, { type, id }: Place): Promise<Written> {
  try {
    const { version, body, person_key: file } = await readResource(db, type, id)
    return { type, id, version, body, file, created: false }
  } catch (problem) {
    if (!(problem instanceof NotFound)) throw problem
    // It is reported as somebody else's: there, but not to be seen.
    const { version, file } = await hiddenOne(db, type, id)
    return { type, id, version, body: named({ type, id }), file, created: false }
  }
}
