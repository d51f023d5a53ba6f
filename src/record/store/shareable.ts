import { sql } from 'kysely'
import { inScope, type Scope } from '../../access/index.ts'
import type { Db } from '../../platform/index.ts'

export type Shareable = { type: string; id: string; version: number; body: string }

/** Everything of one file that this scope admits, as whole bodies. Row-level security asks again. */
export async function shareableOf(db: Db, scope: Scope, file: string): Promise<Shareable[]> {
  const { rows } = await sql<Shareable>`
    select r.type, r.id, r.version, r.body from record.resource r
    where r.person_key = ${file}
      and ${inScope(scope, 'r', sql<boolean>`record.everyone_in_reach(r.type, r.id)`, { wholeBody: true })}
    order by r.type <> 'Patient', r.type, r.id`.execute(db)
  return rows
}
