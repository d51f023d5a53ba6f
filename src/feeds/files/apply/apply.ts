import type { BundleEntry, Patient, Resource } from '@medplum/fhirtypes'
import type { Place } from '../../../access/index.ts'
import { type Db, Invalid, idFor } from '../../../platform/index.ts'
import { isRawJson, keepTransaction, type Sending } from '../../../record/index.ts'
import { isAnotherPerson } from '../../adt/another-person.ts'
import { localNumberSystem } from '../../adt/patient.fhir.ts'
import { keepLineStates, type NewLineState } from '../extracts.queries.ts'
import {
  type Accepted,
  type Asked,
  factsAbout,
  factsOf,
  type HeldFact,
  type HeldPatient,
  keepFacts,
  leftOutHere,
  leftOutLater,
  patientsOf,
  type WaitingLine,
} from './apply.queries.ts'
import { eventsOf, type Line, noLonger } from './events.fhir.ts'
import { fold, leaveOut } from './fold.ts'
import { patientFrom, practiceOf, registeredAt, whoIs } from './person.fhir.ts'

/** What one step of applying did: the files of whom it concerned, for the audit. */
export type Applied = { files: string[]; lines: number }

type Change = { before: HeldFact | undefined; after: HeldFact; line: number | undefined }

/** Applies lines: each becomes part of the record, or is older than what is held, or goes to quarantine with the reason. */
export async function applyLines(
  db: Db,
  place: Place,
  extract: Accepted,
  lines: WaitingLine[],
  now: Date,
): Promise<Applied> {
  const keys = lines.map((line) => line.key)
  const [held, leftOut] = await Promise.all([factsOf(db, extract, keys), leftOutLater(db, extract, keys)])
  const states: NewLineState[] = []
  const changes: Change[] = []
  const order = { extractDate: extract.extractDate, number: extract.number }
  for (const line of lines) {
    const before = held.find((fact) => fact.key === line.key)
    const outcome = fold(before, { ...order, digest: line.digest }, leftOut.get(line.key))
    if (outcome.kind === 'older') states.push({ line: line.line, key: line.key, state: 'older' })
    else {
      const { key, person, said } = line
      changes.push({
        before,
        after: { ...outcome.fact, key, person, said, dataset: extract.dataset },
        line: line.line,
      })
    }
  }
  return keepChanges(db, place, extract, changes, states, now)
}

/** What a full list leaves out has ended. @returns nothing when there is no more of it */
export async function applyEndings(
  db: Db,
  place: Place,
  extract: Accepted,
  most: number,
  now: Date,
): Promise<Applied | undefined> {
  const held = await leftOutHere(db, extract, most)
  if (held.length === 0) return undefined
  const changes = held.flatMap((before): Change[] => {
    const outcome = leaveOut(before, extract)
    return outcome && outcome.kind !== 'older'
      ? [{ before, after: { ...before, ...outcome.fact }, line: undefined }]
      : []
  })
  return keepChanges(db, place, extract, changes, [], now)
}

async function keepChanges(
  db: Db,
  place: Place,
  extract: Accepted,
  changes: Change[],
  states: NewLineState[],
  now: Date,
): Promise<Applied> {
  const { people, usable, refused } = await sortOut(db, extract, changes)
  for (const { change, why } of refused)
    if (change.line !== undefined)
      states.push({ line: change.line, key: change.after.key, state: 'quarantined', ...why })
  const entry = [
    ...[...people.values()].flatMap(patientEntry),
    ...usable.flatMap((change) =>
      eventEntries(place, extract, change, people.get(change.after.person)?.patientId ?? ''),
    ),
  ]
  await keepFacts(
    db,
    extract,
    usable.map((change) => change.after),
  )
  const outcomes = await keepTransaction(db, sendingOf(place, extract, now), {
    resourceType: 'Bundle',
    type: 'transaction',
    entry,
  })
  const fileOf = new Map(outcomes.map(({ written: kept }) => [`${kept.type}/${kept.id}`, kept.file]))
  const filed = (person: string): string | null => {
    const whom = people.get(person)
    return fileOf.get(`Patient/${whom?.patientId}`) ?? whom?.held?.file ?? null
  }
  for (const { line, after } of usable)
    if (line !== undefined)
      states.push({ line, key: after.key, state: 'applied', person_key: filed(after.person) })
  await keepLineStates(db, extract, states)
  const files = usable.map((change) => filed(change.after.person)).filter((file) => file !== null)
  return { files: [...new Set(files)], lines: states.length }
}

type Refused = { reason: string; at_column: string; words: string }

/** The Patient that the source keeps for somebody, and what it is to say now. */
type Whom = { held: HeldPatient | undefined; patientId: string; said: Resource & { id: string } }

type Sorted = {
  people: Map<string, Whom>
  usable: Change[]
  refused: { change: Change; why: Refused }[]
}

/** Who the changes are about, and which of them cannot be meant for whom they name. */
async function sortOut(db: Db, extract: Accepted, changes: Change[]): Promise<Sorted> {
  const { source, dataset } = extract
  const names = [...new Set(changes.map((change) => change.after.person))]
  const held = await patientsOf(
    db,
    source,
    names.map((person) => askFor(source, person)),
  )
  const others = await factsAbout(db, source, names)
  const sorted: Sorted = { people: new Map(), usable: [], refused: [] }
  for (const [person, theirs] of Map.groupBy(changes, (change) => change.after.person)) {
    const strangers = strangersAmong(theirs, held.get(person))
    const known = theirs.filter((change) => !strangers.includes(change))
    const replaced = new Set(known.map((change) => change.after.key))
    const facts = [
      ...others.filter(
        (fact) => fact.person === person && (fact.dataset !== dataset || !replaced.has(fact.key)),
      ),
      ...known.map((change) => change.after),
    ]
    sorted.refused.push(...strangers.map((change) => ({ change, why: anotherPerson })))
    if (known.length === 0) continue
    const isUnknown = !held.has(person) && !whoIs(facts)['family_name']
    if (isUnknown) sorted.refused.push(...known.map((change) => ({ change, why: unknownPerson })))
    else {
      sorted.usable.push(...known)
      sorted.people.set(person, whomOf(askFor(source, person), held.get(person), facts))
    }
  }
  return sorted
}

const unknownPerson: Refused = {
  reason: 'unknown person',
  at_column: 'Family name',
  words:
    'This person has not been sent before, and without a name nobody can be found: a number alone may be mistyped',
}

const anotherPerson: Refused = {
  reason: 'another person',
  at_column: 'Date of birth',
  words:
    'Under this number the source has somebody of another name, date of birth or NHS number: two of the three differ',
}

const askFor = (source: string, person: string): Asked => ({
  person,
  localSystem: localNumberSystem(source),
  localValue: person.startsWith('id ') ? person.slice(3) : null,
  nhsNumber: person.startsWith('nhs ') ? person.slice(4) : null,
  id: idFor(`${source}/files/Patient/${person}`),
})

/** Lines under a number that are about somebody else than whom the source has under it, or than the first of them. One wrong digit is enough. */
function strangersAmong(changes: Change[], held: HeldPatient | undefined): Change[] {
  let known: Patient | undefined = held?.resource
  return changes.filter(({ after, line }) => {
    if (line === undefined) return false
    const own = patientFrom(whoIs([after]), { id: '', local: undefined, practice: undefined })
    if (known && isAnotherPerson(known, own)) return true
    known ??= own
    return false
  })
}

function whomOf(
  { localSystem, localValue, id }: Asked,
  held: HeldPatient | undefined,
  facts: HeldFact[],
): Whom {
  const practice = practiceOf(facts)
  const local = localValue === null ? undefined : { system: localSystem, value: localValue }
  const patientId = held?.id ?? id
  // Whom the source's own system sends, a list only finds: the system knows them better.
  if (held && held.id !== id) {
    const registers = facts.some((fact) => fact.dataset === 'gp-registrations')
    return {
      held,
      patientId,
      said: { ...(registers ? registeredAt(held.resource, practice) : held.resource), id: patientId },
    }
  }
  return { held, patientId, said: patientFrom(whoIs(facts), { id: patientId, local, practice }) }
}

const patientEntry = ({ said, held }: Whom): BundleEntry[] => {
  if (held && canonical(said) === canonical(held.resource)) return []
  const url = `Patient/${said.id}`
  return [
    { resource: said, request: { method: 'PUT', url, ...(held && { ifMatch: `W/"${held.version}"` }) } },
  ]
}

function eventEntries(
  place: Place,
  extract: Accepted,
  { before, after }: Change,
  patient: string,
): BundleEntry[] {
  const { source, organisation } = extract
  const lineOf = (fact: HeldFact): Line => ({
    ...fact,
    source,
    organisation,
    place,
    patient,
    endedOn: fact.ended?.extractDate,
  })
  const now = eventsOf(lineOf(after))
  const gone = before ? noLonger(lineOf(before), now, after.extractDate) : []
  return [...now, ...gone].map((resource) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
  }))
}

/** The same but for what the store adds, and however its properties are ordered. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (name, part) => {
    if (name === 'meta') return undefined
    return part !== null && typeof part === 'object' && !Array.isArray(part) && !isRawJson(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part
  })

/** @throws Invalid when the place no longer has the source */
export function sendingOf(place: Place, { source, organisation }: Accepted, now: Date): Sending {
  const sourceKind = place.sources.find((each) => each.id === source)?.kind
  if (sourceKind === undefined)
    throw new Invalid([{ path: 'source', words: 'The place has no such source', code: 'value' }])
  return { source, sourceKind, organisation, place, now }
}
