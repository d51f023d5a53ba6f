import { type RawBuilder, sql } from 'kysely'
import { inScope, type Scope } from '../../../access/index.ts'
import type { Db } from '../../../platform/index.ts'

/** Who asks about whom: all the files of one person, and the reader's compiled scope. */
export type Asking = { db: Db; files: readonly string[]; scope: Scope }

/** The first wall of every query about one person: the person's files, within the reader's scope. The view table's alias is `v`. */
export const inRecord = ({ files, scope }: Asking, type: string, alias = 'v'): RawBuilder<boolean> =>
  sql<boolean>`(${sql.ref(`${alias}.person_key`)} = any (${[...files]}::uuid[])
    and ${inScope(scope, alias, sql<boolean>`record.everyone_in_reach(${type}, ${sql.ref(`${alias}.resource_id`)})`)})`
