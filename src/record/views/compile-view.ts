import type { Scope } from './fhirpath/scope.ts'
import { bare, itemsOf } from './fhirpath/values.ts'
import { type Column, type Compiler, compiledAt, compileSelect, joined, type Row } from './select.ts'
import {
  checkedView,
  constantsOf,
  type SelectDefinition,
  type ViewDefinition,
  ViewError,
} from './view-definition.ts'

/** The tag that marks a view whose rows reveal where a person lives, is or is registered. */
const locationTag = { system: 'https://golden-thread.example/CodeSystem/view', code: 'location' }

/**
 * A view ready to run. `rows` gives one object per row, its keys in the order of `columns`; a column that is not a
 * collection holds a primitive (or the object its type names) or null, a collection holds an array. A resource of
 * another type has no rows. `location` is true for views that carry `locationTag`.
 */
export type CompiledView = {
  name: string
  resource: string
  location: boolean
  columns: Column[]
  rows: (resource: unknown) => Row[]
}

/**
 * Compiles a ViewDefinition (https://sql-on-fhir.org, version 2, with `repeat` and `%rowIndex`) to plain functions.
 *
 * Throws ViewError, with the place in the view, for what is missing or misnamed, for paths that cannot be compiled
 * and for unions whose columns differ. `rows` throws ViewError when a column that is not a collection meets several
 * values, or a filter is not a truth value.
 */
export function compileView(view: unknown): CompiledView {
  const definition = checkedView(view)
  const name = definition.name ?? ''
  const compiler: Compiler = { view: name, context: { constants: constantsOf(definition) } }
  const body = joined(
    compiler,
    definition.select.map((select, at) => compileSelect(compiler, select, `select[${at}]`)),
    'select',
  )
  checkNames(name, definition.select)
  const keeps = compileWhere(compiler, definition)
  const { resource } = definition
  return {
    name,
    resource,
    location: isLocation(definition),
    columns: body.columns,
    rows: (given) => {
      if (typeof given !== 'object' || given === null) return []
      if ((given as { resourceType?: unknown }).resourceType !== resource) return []
      const scope: Scope = {
        resource: given,
        node: given,
        rowIndex: 0,
        item: given,
        index: undefined,
        total: undefined,
      }
      return keeps(given, scope) ? body.rows(given, scope) : []
    },
  }
}

/** Every column with its place; the branches of a union have the same ones, so that the first stands for them. */
function columnsIn(selects: SelectDefinition[], place: string): [name: string, place: string][] {
  return selects.flatMap(({ column = [], select = [], unionAll = [] }, at) => [
    ...column.map(({ name }, each): [string, string] => [name, `${place}[${at}].column[${each}].name`]),
    ...columnsIn(select, `${place}[${at}].select`),
    ...columnsIn(unionAll.slice(0, 1), `${place}[${at}].unionAll`),
  ])
}

function checkNames(view: string, selects: SelectDefinition[]): void {
  const seen = new Map<string, string>()
  for (const [name, place] of columnsIn(selects, 'select')) {
    const other = seen.get(name)
    if (other !== undefined) throw new ViewError(view, place, `${name} is also the name of ${other}`)
    seen.set(name, place.replace(/\.name$/, ''))
  }
}

function compileWhere(compiler: Compiler, { where = [] }: ViewDefinition) {
  const tests = where.map(({ path }, at) => {
    const place = `where[${at}].path`
    const { run, type = 'boolean' } = compiledAt(compiler, path, place)
    if (type !== 'boolean') throw new ViewError(compiler.view, place, `gives ${type}, not true or false`)
    return { place, run }
  })
  return (resource: unknown, scope: Scope): boolean =>
    tests.every(({ place, run }) => {
      scope.item = resource
      const found = itemsOf(run(resource, scope))
      const answer = bare(found[0])
      if (found.length > 1 || (answer !== undefined && typeof answer !== 'boolean')) {
        throw new ViewError(compiler.view, place, 'must give true or false')
      }
      return answer === true
    })
}

function isLocation({ meta }: ViewDefinition): boolean {
  return (meta?.tag ?? []).some(
    ({ system, code }) => system === locationTag.system && code === locationTag.code,
  )
}

/**
 * Runs a view over resources, one after the other as they are asked for, so that any number of them may be run. Throws ViewError before the first
 * row where the view itself is wrong; while rows are taken, where a resource holds what the view promised not to meet: its message names both
 * the place in the view and the resource.
 */
export function runView(
  view: unknown,
  resources: Iterable<unknown>,
): { columns: Column[]; rows: Iterable<Row> } {
  const compiled = compileView(view)
  return { columns: compiled.columns, rows: rowsOf(compiled, resources) }
}

function* rowsOf({ rows }: CompiledView, resources: Iterable<unknown>): Generator<Row> {
  for (const resource of resources) {
    try {
      yield* rows(resource)
    } catch (problem) {
      if (!(problem instanceof ViewError)) throw problem
      const { resourceType, id } = resource as { resourceType: string; id?: string }
      throw new ViewError(
        problem.view,
        problem.place,
        `${problem.words}, in ${resourceType}/${id ?? '(without id)'}`,
      )
    }
  }
}
