import { sql } from 'kysely'
import { nhsNumberSystem } from '../../people/index.ts'
import { type Db, type Fault, Invalid } from '../../platform/index.ts'
import { eachReference, patientIdIn, subjectOf } from './references.ts'
import type { Sending, Write } from './row.ts'

/** The file of each Patient, by the Patient's id. */
export type Homes = Map<string, string>

/** Whom a resource is about, and the files of others whom it concerns as well. */
export type Subject = { file: string; others: string[] }

/**
 * Whom each resource is about. The subject is a Patient of the same transaction, one the store has, or one of this source's own files by
 * identifier. Every other Patient named anywhere in the resource is concerned too.
 * @throws Invalid naming each reference that leads nowhere
 */
export async function whoFor(db: Db, sending: Sending, writes: Write[], homes: Homes): Promise<Subject[]> {
  await findHomes(db, writes, homes)
  const faults: Fault[] = []
  const subjects: Subject[] = []
  for (const write of writes) {
    const file = await subjectFile(db, sending, write, homes, faults)
    const named = new Set<string>()
    eachReference(write.resource, (reference) => {
      const home = homes.get(patientIdIn(reference) ?? '')
      if (home !== undefined) named.add(home)
      return undefined
    })
    const own = file ?? [...named][0]
    if (own === undefined) {
      if (faults.length === 0 || !faults.some((fault) => fault.path.startsWith(write.path))) {
        faults.push({
          path: write.path,
          words: `This ${write.resource.resourceType} names nobody it is about`,
          code: 'required',
        })
      }
      continue
    }
    named.delete(own)
    subjects.push({ file: own, others: [...named] })
  }
  if (faults.length > 0) throw new Invalid(faults)
  return subjects
}

async function findHomes(db: Db, writes: Write[], homes: Homes): Promise<void> {
  const wanted = new Set<string>()
  for (const { resource } of writes) {
    eachReference(resource, (reference) => {
      const id = patientIdIn(reference)
      if (id !== undefined && !homes.has(id)) wanted.add(id)
      return undefined
    })
  }
  if (wanted.size === 0) return
  const { rows } = await sql<{ id: string; person_key: string | null }>`
    select id, record.home('Patient', id) as person_key from unnest(${[...wanted]}::text[]) as id`.execute(db)
  for (const row of rows) if (row.person_key !== null) homes.set(row.id, row.person_key)
}

async function subjectFile(
  db: Db,
  sending: Sending,
  write: Write,
  homes: Homes,
  faults: Fault[],
): Promise<string | undefined> {
  const subject = subjectOf(write.resource)
  if (!subject) return undefined
  const path = `${write.path}${subject.path.slice(write.resource.resourceType.length)}`
  const { reference, identifier } = subject.reference
  if (reference !== undefined && !reference.startsWith('#')) {
    const id = patientIdIn(reference)
    const file = id === undefined ? undefined : homes.get(id)
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
