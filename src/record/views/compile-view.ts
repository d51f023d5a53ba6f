import type { Scope } from './fhirpath/scope.ts'
import { bare, itemsOf } from './fhirpath/values.ts'
import { type Column, type Compiler, compileSelect, expression, joined, type Row } from './select.ts'
import { checkedView, constantsOf, type ViewDefinition, ViewError } from './view-definition.ts'

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
  const body = joined(definition.select.map((select, at) => compileSelect(compiler, select, `select[${at}]`)))
  checkNames(name, body.columns)
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

function checkNames(view: string, columns: Column[]): void {
  const seen = new Set<string>()
  for (const { name } of columns) {
    if (seen.has(name)) throw new ViewError(view, 'select', `has two columns called ${name}`)
    seen.add(name)
  }
}

function compileWhere(compiler: Compiler, { where = [] }: ViewDefinition) {
  const tests = where.map(({ path }, at) => ({ place: `where[${at}].path`, path }))
  const compiled = tests.map(({ place, path }) => ({ place, run: expression(compiler, path, place) }))
  return (resource: unknown, scope: Scope): boolean =>
    compiled.every(({ place, run }) => {
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
