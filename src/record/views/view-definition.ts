import { typeOfSuffix } from './fhirpath/choices.ts'
import { isType, resourceTypes } from './fhirpath/types.ts'
import { Typed } from './fhirpath/values.ts'

/** A ViewDefinition of the SQL on FHIR specification, version 2, as far as a runner reads it. */
export type ViewDefinition = {
  resourceType?: string
  name?: string
  meta?: { tag?: { system?: string; code?: string }[] }
  resource: string
  constant?: ({ name: string } & Record<string, unknown>)[]
  select: SelectDefinition[]
  where?: { path: string }[]
}

export type SelectDefinition = {
  column?: ColumnDefinition[]
  select?: SelectDefinition[]
  forEach?: string
  forEachOrNull?: string
  repeat?: string[]
  unionAll?: SelectDefinition[]
}

export type ColumnDefinition = { name: string; path: string; type?: string; collection?: boolean }

/** A view that is wrong, or that met data it promised not to meet. `place` is where: `select[0].column[2].path`. */
export class ViewError extends Error {
  readonly view: string
  readonly place: string
  readonly words: string
  constructor(view: string, place: string, words: string) {
    super(`${view || 'view'}: ${place}: ${words}`)
    this.name = 'ViewError'
    this.words = words
    this.view = view
    this.place = place
  }
}

/** Names that serve as table and column names in any database: the specification's rule `sql-name`. */
const sqlName = /^[A-Za-z][A-Za-z0-9_]*$/

type Fail = (place: string, message: string) => never
type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Checks the shape of a view: what is there, of the right kind, properly named. Paths are not read yet.
 * Throws ViewError at the first fault.
 */
export function checkedView(view: unknown): ViewDefinition {
  const name = isObject(view) && typeof view['name'] === 'string' ? view['name'] : ''
  const fail: Fail = (place, message) => {
    throw new ViewError(name, place, message)
  }
  if (!isObject(view)) return fail('view', 'is not an object')
  if (view['name'] !== undefined && !sqlName.test(name))
    fail('name', 'must be letters, digits and underscores')
  const resource = view['resource']
  if (typeof resource !== 'string' || !resourceTypes.has(resource))
    fail('resource', 'must name a resource type of FHIR R4')
  if (listOf(view, 'select', '', fail).length === 0) fail('select', 'is missing')
  checkSelects(view, 'select', '', fail)
  checkConstants(view, fail)
  listOf(view, 'where', '', fail).forEach((where, at) => {
    checkKeys(where, ['path'], `where[${at}]`, fail)
    checkText(where, 'path', `where[${at}]`, fail)
  })
  return view as ViewDefinition
}

function listOf(parent: Json, key: string, place: string, fail: Fail): Json[] {
  const value = parent[key]
  if (value === undefined) return []
  if (!Array.isArray(value) || !value.every(isObject)) return fail(place + key, 'must be a list of objects')
  return value
}

function checkText(parent: Json, key: string, place: string, fail: Fail): void {
  if (typeof parent[key] !== 'string' || parent[key] === '') fail(`${place}.${key}`, 'must be text')
}

/** What anything in a view may have besides its own. */
const always = new Set(['id', 'extension', 'modifierExtension', 'description'])

/** A misspelt `foreach` would be passed over, and the rows be wrong: what is not known is a fault. */
function checkKeys(object: Json, known: readonly string[], place: string, fail: Fail): void {
  for (const key of Object.keys(object)) {
    if (always.has(key) || known.includes(key) || key.startsWith('_')) continue
    const meant = known.find((each) => each.toLowerCase() === key.toLowerCase())
    fail(`${place}.${key}`, meant ? `is not known; ${meant} may be meant` : 'is not known')
  }
}

const selectKeys = ['column', 'select', 'forEach', 'forEachOrNull', 'repeat', 'unionAll']
const columnKeys = ['name', 'path', 'type', 'collection', 'tag']

function checkSelects(parent: Json, key: string, place: string, fail: Fail): void {
  listOf(parent, key, place, fail).forEach((select, at) => {
    checkSelect(select, `${place}${key}[${at}]`, fail)
  })
}

function checkSelect(select: Json, place: string, fail: Fail): void {
  checkKeys(select, selectKeys, place, fail)
  const iterations = ['forEach', 'forEachOrNull', 'repeat'].filter((key) => select[key] !== undefined)
  if (iterations.length > 1) fail(place, `has ${iterations.join(' and ')}; only one of them is allowed`)
  for (const key of ['forEach', 'forEachOrNull']) {
    if (select[key] !== undefined) checkText(select, key, place, fail)
  }
  const { repeat } = select
  const paths = Array.isArray(repeat) && repeat.length > 0 && repeat.every((path) => typeof path === 'string')
  if (repeat !== undefined && !paths) fail(`${place}.repeat`, 'must be a list of paths')
  listOf(select, 'column', `${place}.`, fail).forEach((column, at) => {
    checkColumn(column, `${place}.column[${at}]`, fail)
  })
  checkSelects(select, 'select', `${place}.`, fail)
  checkSelects(select, 'unionAll', `${place}.`, fail)
}

function checkColumn(column: Json, place: string, fail: Fail): void {
  checkKeys(column, columnKeys, place, fail)
  checkText(column, 'path', place, fail)
  checkText(column, 'name', place, fail)
  if (!sqlName.test(String(column['name']))) fail(`${place}.name`, 'must be letters, digits and underscores')
  const { collection, type } = column
  if (collection !== undefined && typeof collection !== 'boolean')
    fail(`${place}.collection`, 'must be true or false')
  if (type === undefined) return
  // The address of a type stands for it, as in http://hl7.org/fhirpath/System.String.
  if (typeof type !== 'string' || !(type.includes('/') || isType(type)))
    fail(`${place}.type`, 'must be the name of a FHIR type')
}

function checkConstants(view: Json, fail: Fail): void {
  const seen = new Set<unknown>()
  listOf(view, 'constant', '', fail).forEach((constant, at) => {
    const place = `constant[${at}]`
    checkText(constant, 'name', place, fail)
    const { name } = constant
    if (!sqlName.test(String(name))) fail(`${place}.name`, 'must be letters, digits and underscores')
    if (seen.has(name)) fail(`${place}.name`, 'is used twice')
    if (name === 'rowIndex') fail(`${place}.name`, 'is the name of a built-in variable')
    seen.add(name)
    if (!typedConstant(constant)) fail(place, 'needs exactly one value of a primitive type')
  })
}

function typedConstant(constant: Json): Typed | undefined {
  const keys = Object.keys(constant).filter((key) => key.startsWith('value'))
  const [key] = keys
  if (key === undefined || keys.length > 1) return undefined
  const type = typeOfSuffix(key.slice('value'.length))
  const value = constant[key]
  if (type === undefined || /^[A-Z]/.test(type) || value === null || typeof value === 'object')
    return undefined
  return new Typed(type, value)
}

/** The constants of a checked view, by name, each with its FHIR type. */
export function constantsOf(view: ViewDefinition): Map<string, Typed> {
  const found = new Map<string, Typed>()
  for (const constant of view.constant ?? []) {
    const typed = typedConstant(constant)
    if (typed) found.set(constant.name, typed)
  }
  return found
}
