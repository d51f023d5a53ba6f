import { sql } from 'kysely'
import { nhsNumberSystem } from '../../people/index.ts'
import { type Db, type Fault, Invalid } from '../../platform/index.ts'
import { eachReference, patientIdIn, subjectOf } from './references.ts'
import type { Current, Sending, Write } from './row.ts'

/** The file of each Patient, by the Patient's id. */
export type Homes = Map<string, string>

/** The files of the Patients that are named, and which of them are this source's own. */
type Known = { homes: Homes; own: Set<string> }

/** Whom a resource is about, and the files of others whom it concerns as well. */
export type Subject = { file: string; others: string[] }

/**
 * Whom each resource is about. The subject is a Patient of the same transaction, one that this source sent before, or one of its own files by
 * identifier: what it writes would otherwise give its teams a reason to read about anybody whose id it got to know. Every other Patient named
 * anywhere in the resource is concerned too. What names no Patient, such as a flag on a place, is
 * about whoever the encounter or request that it names is about; or else whoever its last version was about, and nobody besides.
 * @throws Invalid naming each reference that leads nowhere
 */
export async function whoFor(
  db: Db,
  sending: Sending,
  writes: Write[],
  homes: Homes,
  existing: ReadonlyMap<string, Current>,
): Promise<Subject[]> {
  const own = new Set([...homes.values(), ...(sending.about ?? [])])
  await findHomes(db, writes, { homes, own })
  const faults: Fault[] = []
  const found: (Subject | undefined)[] = []
  for (const write of writes) found.push(await named(db, sending, write, { homes, own }, faults))
  const lost = (index: number) => found[index] === undefined && !faultIn(writes[index], faults)
  if (writes.some((_, index) => lost(index))) await follow(db, writes, found)
  for (const [index, { path, resource }] of writes.entries()) {
    const before = existing.get(`${resource.resourceType}/${resource.id}`)
    if (lost(index) && before && !before.sensitivity.includes('shared'))
      found[index] = { file: before.person_key, others: [] }
    const words = `This ${resource.resourceType} names nobody it is about`
    if (lost(index)) faults.push({ path, words, code: 'required' })
  }
  if (faults.length > 0) throw new Invalid(faults)
  return found.filter((subject) => subject !== undefined)
}

const faultIn = (write: Write | undefined, faults: Fault[]): boolean =>
  write !== undefined && faults.some(({ path }) => path === write.path || path.startsWith(`${write.path}.`))

/** Whom a resource names itself. */
async function named(
  db: Db,
  sending: Sending,
  write: Write,
  known: Known,
  faults: Fault[],
): Promise<Subject | undefined> {
  const file = await subjectFile(db, sending, write, known, faults)
  const all = new Set<string>()
  eachReference(write.resource, (reference) => {
    const home = known.homes.get(patientIdIn(reference) ?? '')
    if (home !== undefined) all.add(home)
    return undefined
  })
  const own = file ?? [...all].find((each) => known.own.has(each))
  if (own === undefined) return undefined
  all.delete(own)
  return { file: own, others: [...all] }
}

/** Fills in who is found by way of another resource: first of the same transaction, then of the store. */
async function follow(db: Db, writes: Write[], found: (Subject | undefined)[]): Promise<void> {
  const files = new Map<string, string>()
  const note = (index: number) => {
    const { resourceType, id } = (writes[index] as Write).resource
    files.set(`${resourceType}/${id}`, found[index]?.file ?? '')
  }
  for (const index of writes.keys()) if (found[index]) note(index)
  const lost = new Map(
    [...writes.keys()].filter((at) => !found[at]).map((at) => [at, referencesOf(writes[at])] as const),
  )
  const wanted = [...new Set([...lost.values()].flat())].filter((place) => !files.has(place))
  for (const [place, file] of await homesOf(db, wanted)) files.set(place, file)
  for (let progress = true; progress; ) {
    progress = false
    for (const [index, places] of lost) {
      const file = places.map((place) => files.get(place)).find((each) => each !== undefined)
      if (file === undefined) continue
      found[index] = { file, others: [] }
      note(index)
      progress = lost.delete(index)
    }
  }
}

function referencesOf(write: Write | undefined): string[] {
  const places: string[] = []
  if (write)
    eachReference(write.resource, (reference) => {
      places.push(reference)
      return undefined
    })
  return places
}

async function homesOf(db: Db, places: string[]): Promise<[string, string][]> {
  const parted = places.map((place) => place.split('/')).filter((parts) => parts.length === 2)
  if (parted.length === 0) return []
  const { rows } = await sql<{ place: string; file: string }>`
    select type || '/' || id as place, home.person_key as file
    from record.homes_of(${parted.map(([type]) => type)}::text[], ${parted.map(([, id]) => id)}::text[]) as home join people.file f using (person_key)`.execute(
    db,
  )
  return rows.map(({ place, file }) => [place, file])
}

async function findHomes(db: Db, writes: Write[], { homes, own }: Known): Promise<void> {
  const wanted = new Set<string>()
  for (const { resource } of writes) {
    eachReference(resource, (reference) => {
      const id = patientIdIn(reference)
      if (id !== undefined && !homes.has(id)) wanted.add(id)
      return undefined
    })
  }
  if (wanted.size === 0) return
  const { rows } = await sql<{ id: string; home: string; own: boolean }>`
    select home.id, home.person_key as home, f.person_key is not null as own
    from record.homes_of(${[...wanted].map(() => 'Patient')}::text[], ${[...wanted]}::text[]) as home left join people.file f using (person_key)`.execute(
    db,
  )
  for (const row of rows) {
    homes.set(row.id, row.home)
    if (row.own) own.add(row.home)
  }
}

async function subjectFile(
  db: Db,
  sending: Sending,
  write: Write,
  { homes, own }: Known,
  faults: Fault[],
): Promise<string | undefined> {
  const subject = subjectOf(write.resource)
  if (!subject) return undefined
  const path = `${write.path}${subject.path.slice(write.resource.resourceType.length)}`
  const { reference, identifier } = subject.reference
  if (reference !== undefined && !reference.startsWith('#')) {
    const id = patientIdIn(reference)
    const home = id === undefined ? undefined : homes.get(id)
    const file = home !== undefined && own.has(home) ? home : undefined
    if (id !== undefined && file === undefined)
      faults.push({ path: `${path}.reference`, words: 'There is no such Patient', code: 'not-found' })
    return file
  }
  if (identifier?.value === undefined) return undefined
  const { rows } = await sql<{ person_key: string }>`
    select f.person_key from people.file f join people.demographic d using (person_key)
    where f.source = ${sending.source} and ((${identifier.system} = ${nhsNumberSystem} and d.nhs_number = ${identifier.value})
      or (f.local_system = ${identifier.system ?? ''} and f.local_value = ${identifier.value})) limit 2`.execute(
    db,
  )
  if (rows.length === 1) return rows[0]?.person_key
  faults.push({
    path: `${path}.identifier`,
    words: 'No Patient of this source has this identifier',
    code: 'not-found',
  })
  return undefined
}
