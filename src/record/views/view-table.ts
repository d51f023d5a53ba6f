import type { Columns } from '../../platform/index.ts'
import type { CompiledView } from './compile-view.ts'
import { digitsOf, isRawNumber, textOf } from './fhirpath/values.ts'
import { instantOf } from './instant.ts'
import type { Column } from './select.ts'
import { ViewError } from './view-definition.ts'

/** What every row of every view table starts with; the record fills these, the view the rest. */
const leading = {
  person_key: 'uuid',
  resource_id: 'text',
  row_no: 'smallint',
  category: 'text',
  sensitivity: 'text',
  source: 'text',
  organisation: 'text',
  received_at: 'timestamptz',
}

type TableColumn = { name: string; sql: string; read: (value: unknown) => unknown }

const temporal = new Set(['date', 'dateTime', 'instant'])
const textual = new Set(
  'string code uri url canonical id oid uuid markdown base64Binary time xhtml'.split(' '),
)

const text = (value: unknown) => (typeof value === 'string' ? value : textOf(value) || null)
const truth = (value: unknown) => (typeof value === 'boolean' ? value : null)

/**
 * Digits as the source wrote them, so that 1.50 stays 1.50; PostgreSQL's numeric keeps them. What is no number
 * becomes null here and below, for one bad value must not make the whole insert fail.
 */
function decimal(value: unknown): unknown {
  if (isRawNumber(value)) return digitsOf(value)
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/.test(value) ? value : null
}

function whole(value: unknown): number | null {
  const number = isRawNumber(value) ? Number(value.rawJSON) : value
  return typeof number === 'number' && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : null
}

const sqlTypes: Record<string, [string, (value: unknown) => unknown]> = {
  boolean: ['boolean', truth],
  integer: ['integer', whole],
  positiveInt: ['integer', whole],
  unsignedInt: ['integer', whole],
  integer64: ['bigint', decimal],
  decimal: ['numeric', decimal],
}

/** `birthDate` to `birth_date`; a name that is already in snake case stays. */
function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
}

/**
 * The columns of a view's table after the leading ones. A date, dateTime or instant becomes two: the text as
 * received, which keeps its precision, and `_at`, the start of the moment (null where the text is no date).
 * A column without a type is text. Throws ViewError for collections, for types that are no primitive and for names
 * that clash.
 */
function tableColumns(view: CompiledView): { column: Column; parts: TableColumn[] }[] {
  const taken = new Set(Object.keys(leading))
  return view.columns.map((column) => {
    const parts = partsOf(view, column)
    for (const { name } of parts) {
      if (taken.has(name)) throw new ViewError(view.name, column.name, `would make a second column ${name}`)
      taken.add(name)
    }
    return { column, parts }
  })
}

function partsOf(view: CompiledView, { name, type = 'string', collection }: Column): TableColumn[] {
  if (collection) throw new ViewError(view.name, name, 'is a collection, which a table column cannot hold')
  const column = snakeCase(name)
  if (temporal.has(type)) {
    const instant = (value: unknown) => (typeof value === 'string' ? instantOf(value) : null)
    return [
      { name: column, sql: 'text', read: text },
      { name: `${column}_at`, sql: 'timestamptz', read: instant },
    ]
  }
  const known = Object.hasOwn(sqlTypes, type) ? sqlTypes[type] : undefined
  if (known) return [{ name: column, sql: known[0], read: known[1] }]
  if (!textual.has(type))
    throw new ViewError(view.name, name, `has the type ${type}, which no table column can hold`)
  return [{ name: column, sql: 'text', read: text }]
}

/** The columns that are a view's own, in order, each with its type in SQL. */
export const columnsOf = (view: CompiledView): { name: string; sql: string }[] =>
  tableColumns(view).flatMap(({ parts }) => parts.map(({ name, sql }) => ({ name, sql })))

const filled = new WeakMap<CompiledView, Columns>()

/** Every column of a view's table, the leading ones first, with its type in SQL. */
export function filledColumns(view: CompiledView): Columns {
  const known = filled.get(view)
  if (known) return known
  const own = Object.fromEntries(columnsOf(view).map(({ name, sql }) => [name, sql]))
  const all = { ...leading, ...own }
  filled.set(view, all)
  return all
}

/** The name of a view's table, without its schema. */
export const tableName = (view: CompiledView) => `v_${snakeCase(view.name)}`

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/**
 * The CREATE TABLE statement of a view, without indexes, row-level security or grants: the migration that takes it
 * over adds those. Row numbers count from 0 within a resource. Throws ViewError as the columns do.
 */
export function tableDdl(
  view: CompiledView,
  { schema, table = tableName(view) }: { schema: string; table?: string },
): string {
  const first = Object.entries(leading).map(([name, type]) => `${quoted(name)} ${type} not null`)
  const own = columnsOf(view).map(({ name, sql }) => `${quoted(name)} ${sql}`)
  const lines = [...first, ...own, 'primary key (person_key, resource_id, row_no)']
  return `create table ${quoted(schema)}.${quoted(table)} (\n  ${lines.join(',\n  ')}\n);\n`
}

const plans = new WeakMap<CompiledView, { column: Column; parts: TableColumn[] }[]>()

/**
 * The rows of a resource under the names of its table's columns, without the leading ones: text, booleans, numbers
 * (decimals as the text of their digits where the parser kept those), Dates for `_at`, and null.
 */
export function viewRecord(view: CompiledView, resource: unknown): Record<string, unknown>[] {
  let plan = plans.get(view)
  if (!plan) {
    plan = tableColumns(view)
    plans.set(view, plan)
  }
  const columns = plan
  return view.rows(resource).map((row) => {
    const record: Record<string, unknown> = {}
    for (const { column, parts } of columns) {
      const value = row[column.name]
      for (const { name, read } of parts) record[name] = value === null ? null : read(value)
    }
    return record
  })
}
