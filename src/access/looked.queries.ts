import { sql } from 'kysely'
import type { Db } from '../platform/index.ts'

/** Who looked at a person, newest first. Refusals are among them. */
export type Look = {
  at: Date
  actor_name: string
  role: string
  organisation: string
  action: string
  outcome: string
  basis: string | null
  /** The id of the app by which they asked. */
  app: string | null
}

export async function whoLooked(db: Db, files: readonly string[], most = 200): Promise<Look[]> {
  return db
    .selectFrom('access.audit')
    .select(['at', 'actor_name', 'role', 'organisation', 'action', 'outcome', 'basis'])
    .select(sql<string | null>`detail ->> 'app'`.as('app'))
    .where('person_key', 'in', [...files])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}
