import { type RawBuilder, sql } from 'kysely'
import { inScope, type Scope } from '../../../access/index.ts'
import type { Context, Db, Person } from '../../../platform/index.ts'

/** The context of a page about one person. */
export type AboutPerson = Pick<Context<unknown>, 'db' | 'actor' | 'now' | 'scope'> & {
  input: { person: Person }
}

/** Who asks about whom: all the files of one person, and the reader's compiled scope. */
export type Asking = { db: Db; files: readonly string[]; scope: Scope }

/** What a page about one person asks with. */
export const askingOf = ({ db, scope, input }: AboutPerson): Asking => ({
  db,
  files: input.person.files,
  scope: scope as Scope,
})

/** The first wall of every query about one person: the person's files, within the reader's scope. The view table's alias is `v`. */
export const inRecord = ({ files, scope }: Asking, type: string, alias = 'v'): RawBuilder<boolean> =>
  sql<boolean>`(${sql.ref(`${alias}.person_key`)} = any (${[...files]}::uuid[])
    and ${inScope(scope, alias, sql<boolean>`record.everyone_in_reach(${type}, ${sql.ref(`${alias}.resource_id`)})`)})`
