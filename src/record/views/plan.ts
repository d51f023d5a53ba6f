import type { CompiledView } from './compile-view.ts'
import { columnsOf, tableDdl, tableName } from './view-table.ts'

/** A version of a view as the migrations have it, with what its table has that is not the view's own. */
export type KeptVersion = {
  view: string
  version: number
  state: 'filling' | 'read' | 'replaced'
  resource: string
  definition: string
  columns: readonly { name: string; sql: string }[]
  /** `create index` statements, the primary key's left out. */
  indexes: readonly string[]
  /** `grant` statements. */
  grants: readonly string[]
}

/** A view as its file has it. */
export type FiledView = { view: CompiledView; definition: string }

/** `words`: what changes, for the head of the migration. */
export type Opening = { view: string; version: number; words: string; sql: string }

export type Plan = { openings: Opening[]; faults: string[]; filling: { view: string; version: number }[] }

/** What a reader written for the one type takes when it gets the other. */
const converts: ReadonlySet<string> = new Set(['integer bigint'])

/**
 * Compares the views of the files with the versions that the migrations make. A view that differs becomes the opening of a new version; what
 * cannot be done with old and new processes side by side is a fault, in words that say what to do instead.
 */
export function planOf(files: readonly FiledView[], kept: readonly KeptVersion[]): Plan {
  const plan: Plan = { openings: [], faults: [], filling: [] }
  const byView = Map.groupBy(kept, ({ view }) => view)
  const nameOf = ({ view }: FiledView) => tableName(view).slice('v_'.length)
  for (const file of files) compare(plan, nameOf(file), file, byView.get(nameOf(file)) ?? [])
  const names = new Set(files.map(nameOf))
  for (const [view, versions] of byView) {
    if (!names.has(view) && versions.some(({ state }) => state !== 'replaced'))
      plan.faults.push(
        `${view}: its file is gone, but its table is read by processes of the release before. Take away what reads it first, then drop it in a migration of a later release`,
      )
  }
  return plan
}

function compare(plan: Plan, name: string, file: FiledView, versions: readonly KeptVersion[]): void {
  const filling = versions.find(({ state }) => state === 'filling')
  if (filling) {
    if (filling.definition === file.definition) plan.filling.push({ view: name, version: filling.version })
    else
      plan.faults.push(
        `${name}: version ${filling.version} is open and has another definition than the file. Close it before the view changes again; if it was never released, take back its migration`,
      )
    return
  }
  const read = versions.find(({ state }) => state === 'read')
  if (read?.definition === file.definition) return
  const unsafe = read ? unsafeIn(name, file.view, read) : []
  plan.faults.push(...unsafe)
  if (unsafe.length > 0) return
  const version = 1 + Math.max(0, ...versions.map((each) => each.version))
  const words = read ? changesIn(file.view, read) : 'is new'
  plan.openings.push({ view: name, version, words, sql: openingSql(name, version, words, file, read) })
}

function unsafeIn(name: string, view: CompiledView, read: KeptVersion): string[] {
  const faults: string[] = []
  if (view.resource !== read.resource)
    faults.push(`${name}: it was of ${read.resource} and would be of ${view.resource}: that is another view`)
  const types = new Map(columnsOf(view).map((column) => [column.name, column.sql]))
  for (const { name: column, sql } of read.columns) {
    const next = types.get(column)
    if (next !== undefined && next !== sql && !converts.has(`${sql} ${next}`))
      faults.push(
        `${name}: the column ${column} is ${sql} and would be ${next}, which does not convert: give the new one another name and take the old one away later`,
      )
    if (next === undefined && read.indexes.some((index) => mentions(index, column)))
      faults.push(
        `${name}: the column ${column} goes, but an index uses it: drop the index in a migration first`,
      )
  }
  return faults
}

const mentions = (index: string, column: string) =>
  new RegExp(`\\b${column}\\b`).test(index.slice(index.indexOf('(')))

/** In words: which columns come, which go, and that the others may be filled otherwise. */
function changesIn(view: CompiledView, read: KeptVersion): string {
  const now = columnsOf(view).map(({ name }) => name)
  const before = read.columns.map(({ name }) => name)
  const come = now.filter((name) => !before.includes(name))
  const go = before.filter((name) => !now.includes(name))
  return [
    come.length > 0 && `comes with ${come.join(', ')}`,
    go.length > 0 && `goes without ${go.join(', ')}`,
    come.length + go.length === 0 && 'fills its columns otherwise',
  ]
    .filter(Boolean)
    .join('; ')
}

function openingSql(
  name: string,
  version: number,
  words: string,
  { view, definition }: FiledView,
  read: KeptVersion | undefined,
): string {
  const table = `v_${name}_${version}`
  const renamed = (statement: string) =>
    statement.replace(/ on (only )?record\.v_\w+/i, ` on record.${table}`)
  const grants = read?.grants ?? [`grant select, insert, update, delete on record.v_${name} to gt_record`]
  return [
    `-- Version ${version} of the view ${name}: ${words}. Every writer fills it from now on and a job fills it from what is kept;`,
    `-- it takes the name record.v_${name} when it is complete (docs/views.md). Written by npm run views:plan.`,
    'set role gt_owner;\n',
    tableDdl(view, { schema: 'record', table }).replaceAll('"', '').trimEnd(),
    `comment on table record.${table} is 'class: projection';`,
    `select access.guard('record.${table}', $$record.everyone_in_reach('${view.resource}', ${table}.resource_id)$$);`,
    ...grants.map((grant) => `${renamed(grant)};`),
    ...(read?.indexes ?? []).map((index) => `${renamed(index).replace(/index \S+ on/i, 'index on')};`),
    `select record.open_view('${name}', ${version}, '${view.resource}', $view$${definition}$view$);\n`,
  ].join('\n')
}

/** The migration of a later release that lets queries be written against a version that was opened before. */
export const closingSql = (
  view: string,
  version: number,
): string => `-- Version ${version} of the view ${view} is what is read. Written by npm run views:plan.
set role gt_owner;

select record.close_view('${view}', ${version});
`
