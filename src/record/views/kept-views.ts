import { sql } from 'kysely'
import type { Db } from '../../platform/index.ts'
import { type CompiledView, compileView } from './compile-view.ts'

/**
 * A table that a view fills. `newest`: by the latest definition, which is also what the timeline is told by. A view has two while a new
 * version of it is being filled.
 */
export type KeptView = { view: CompiledView; table: string; newest: boolean }

/** The tables of each resource type, as they stand until the end of the transaction that asked. */
export type KeptViews = { generation: string; of: (resourceType: string) => readonly KeptView[] }

type VersionRow = {
  generation: string
  resource: string
  target: string
  newest: boolean
  definition: string
}

const neverAsked = '00000000-0000-0000-0000-000000000000'
let known: KeptViews | undefined
const compiled = new Map<string, CompiledView>()

/** Compiled once for each definition, which the database keeps so that a process of another release fills the same table alike. */
export function viewOfDefinition(definition: string): CompiledView {
  const view = compiled.get(definition) ?? compileView(JSON.parse(definition))
  compiled.set(definition, view)
  return view
}

/**
 * Which tables to fill. From here on they stay what they are until the transaction ends, so every transaction that writes or removes resources
 * asks before it fills. The answer is empty, and costs next to nothing, while nothing has changed since this process asked last.
 */
export async function keptViews(db: Db): Promise<KeptViews> {
  const before = known
  const { rows } = await sql<VersionRow>`
    select generation, resource, target, newest, definition from record.views_now(${before?.generation ?? neverAsked}::uuid)`.execute(
    db,
  )
  const [first] = rows
  if (!first) {
    if (before) return before
    throw new Error('The database keeps no views')
  }
  const byResource = Map.groupBy(rows, (row) => row.resource)
  const tables = new Map(
    [...byResource].map(([resource, those]) => [
      resource,
      those.map(({ definition, target, newest }) => ({
        view: viewOfDefinition(definition),
        table: target,
        newest,
      })),
    ]),
  )
  known = { generation: first.generation, of: (type) => tables.get(type) ?? [] }
  return known
}
