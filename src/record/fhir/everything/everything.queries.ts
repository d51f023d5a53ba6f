import type { Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { inScope, type Scope } from '../../../access/index.ts'
import type { Db } from '../../../platform/index.ts'
import { parseLossless } from '../../store/lossless-json.ts'
import type { Stored } from '../../store/read.ts'
import { referenceBodies } from '../../store/reference-resources.ts'
import { aboutNobody, eachReference } from '../../store/references.ts'

/** The last resource of a page: `later` is 0 for a Patient, which comes first. */
export type Mark = { later: 0 | 1; type: string; id: string }
export type Wanted = {
  types?: readonly string[] | undefined
  since?: Date | undefined
  mark?: Mark | undefined
  most: number
}

/** All files of the person whose Patient this is. What may be read in them is for the scope and the policies to say. */
export async function filesBeside(db: Db, file: string): Promise<string[]> {
  const { rows } = await sql<{
    files: string[]
  }>`select people.files_of(people.ref_of(${file}::uuid)) as files`.execute(db)
  return rows[0]?.files ?? []
}

/** What the reader may see of these files, Patients first, then by type and id, which never change: so pages stay right while it grows. */
export async function everythingOf(
  db: Db,
  scope: Scope,
  files: readonly string[],
  wanted: Wanted,
): Promise<Stored[]> {
  const { types, since, mark, most } = wanted
  const later = sql`(case when r.type = 'Patient' then 0 else 1 end)`
  const { rows } = await sql<Stored>`
    select r.type, r.id, r.version, r.body, r.received_at, r.person_key from record.resource r
    where r.person_key = any (${[...files]}::uuid[])
      and (${types === undefined} or r.type = any (${[...(types ?? [])]}::text[]))
      and r.received_at >= ${since?.toISOString() ?? '-infinity'}::timestamptz
      and (${mark === undefined} or (${later}, r.type, r.id) > (${mark?.later ?? 0}::int, ${mark?.type ?? ''}, ${mark?.id ?? ''}))
      and ${inScope(scope, 'r', sql<boolean>`record.everyone_in_reach(r.type, r.id)`, { wholeBody: true })}
    order by ${later}, r.type, r.id limit ${most}`.execute(db)
  return rows
}

const mostHops = 3

/** Who and where these name that is about nobody: practitioners, organisations, places; and those whom they name in turn. By `Type/id`. */
export async function namedBeside(db: Db, bodies: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  let fresh = bodies
  for (let hop = 0; hop < mostHops && fresh.length > 0; hop++) {
    const named = new Set(fresh.flatMap(referencesIn).filter((place) => !found.has(place)))
    const bodiesOf = await referenceBodies(db, [...named])
    for (const [place, body] of bodiesOf) found.set(place, body)
    fresh = [...bodiesOf.values()]
  }
  return found
}

function referencesIn(body: string): string[] {
  const places: string[] = []
  eachReference(parseLossless(body) as Resource, (reference) => {
    const [, place, type = ''] =
      /^(([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/.+)?$/.exec(reference) ?? []
    if (place !== undefined && aboutNobody.has(type)) places.push(place)
    return undefined
  })
  return places
}
