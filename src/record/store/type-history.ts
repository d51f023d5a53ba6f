import { type RawBuilder, sql } from 'kysely'
import { inScope, type Scope } from '../../access/index.ts'
import type { Db } from '../../platform/index.ts'
import type { Version } from './read.ts'
import { aboutNobody } from './references.ts'

/** A place in the history of a type: versions older than this one come after it. */
export type Mark = { at: string; id: string; version: number }

type Part = { mark?: Mark | undefined; since?: Date | undefined; most: number }

/**
 * The versions of all resources of one type that the reader's scope has, newest first; those before `mark`, and not before `since`.
 * A source's own are found by its index; a reader's by the people in reach, of whom there are as many as a team has.
 */
export async function readTypeHistory(db: Db, scope: Scope, type: string, part: Part): Promise<Version[]> {
  if (aboutNobody.has(type)) return (await referenceHistory(type, part).execute(db)).rows
  const among =
    scope.ownSource === undefined
      ? sql<boolean>`h.person_key = any (array(select distinct reached.person_key from access.reach reached
          where reached.principal = any (${[...scope.principals]}::text[]) and reached.since <= ${scope.now} and reached.until > ${scope.now}))`
      : sql<boolean>`h.source = ${scope.ownSource}`
  const { rows } = await sql<Version>`
    select h.type, h.id, h.version, h.body, h.received_at, h.person_key from record.resource_history h
    where h.type = ${type} and ${among} and ${older(part)}
      and ${inScope(scope, 'h', sql<boolean>`record.everyone_in_reach(h.type, h.id)`, { wholeBody: true })}
    order by h.received_at desc, h.id desc, h.version desc limit ${part.most}`.execute(db)
  return rows
}

const referenceHistory = (type: string, part: Part) =>
  sql<Version>`
    select h.type, h.id, h.version, h.body, h.received_at, null as person_key from record.reference_resource_history h
    where h.type = ${type} and ${older(part)}
    order by h.received_at desc, h.id desc, h.version desc limit ${part.most}`

// The time by itself is what an index is used for: row-level security lets no comparison of texts use one.
const older = ({ mark, since }: Part): RawBuilder<boolean> => sql<boolean>`
  h.received_at <= ${mark?.at ?? 'infinity'}::timestamptz and h.received_at >= ${since?.toISOString() ?? '-infinity'}::timestamptz
  and (${mark === undefined} or (h.received_at, h.id, h.version) < (${mark?.at ?? null}::timestamptz, ${mark?.id ?? ''}, ${mark?.version ?? 0}::int))`
