import { compileTypes, type Types } from './compile.ts'
import { loadDefinitions } from './definitions.ts'
import { type Check, type Issue, isItem, type ReadDecimal, report } from './issue.ts'
import { typesInBundle } from './references.ts'
import type { Definitions } from './slim.ts'

/**
 * `decimal` reads numbers that the parser kept as objects; `most` is how many issues are listed, 100 unless told. `requested`: whoever keeps
 * the resource resolves references that are searches, as those of an entry of a transaction are.
 */
export type Options = { decimal?: ReadDecimal; most?: number; requested?: boolean }

export type Validate = (resource: unknown, options?: Options) => Issue[]

const json = JSON as unknown as { isRawJSON?: (value: unknown) => boolean }

/** Numbers kept with `JSON.rawJSON` are known without asking. */
const rawDecimal: ReadDecimal = (value) =>
  typeof value === 'object' && json.isRawJSON?.(value) ? (value as { rawJSON: string }).rawJSON : undefined

/**
 * Makes a validator of a set of definitions. Types are compiled when they are first met, so the first resource of
 * each kind is slower than those after it.
 */
function makeValidator(definitions: Definitions): Validate {
  const types: Types = compileTypes(definitions, (value, check, owner) =>
    checkNested(types, value, check, owner),
  )
  return (resource, { decimal = rawDecimal, most = 100, requested = false } = {}) => {
    const check: Check = {
      issues: [],
      most,
      path: [],
      decimal,
      container: undefined,
      contained: undefined,
      bundle: requested ? { types: new Map(), requests: true } : undefined,
    }
    checkResource(types, resource, check)
    return check.issues
  }
}

function checkResource(types: Types, resource: unknown, check: Check): void {
  if (!isItem(resource)) {
    report(check, 'structure', 'A resource must be a JSON object.')
    return
  }
  const type = Object.hasOwn(resource, 'resourceType') ? resource['resourceType'] : undefined
  if (type === undefined) {
    report(check, 'required', 'A resource must say its resourceType.', 'resourceType')
    return
  }
  if (typeof type !== 'string' || !types.isResource(type)) {
    report(check, 'structure', 'This must be a resource type of FHIR R4.', 'resourceType')
    return
  }
  const atRoot = check.path.length === 0
  if (atRoot) check.path.push(type)
  const { container, contained, bundle } = check
  if (container === undefined) {
    check.container = resource
    check.contained = undefined
  }
  if (type === 'Bundle') {
    const requests = resource['type'] === 'transaction' || resource['type'] === 'batch'
    check.bundle = { types: typesInBundle(resource), requests }
  }
  types.resource(type)(resource, check)
  check.container = container
  check.contained = contained
  check.bundle = bundle
  if (atRoot) check.path.pop()
}

/** A contained resource looks up `#id` in the one that contains it; any other nested resource stands for itself. */
function checkNested(types: Types, resource: unknown, check: Check, owner: string): void {
  const { container } = check
  const contained = owner !== 'Bundle.entry' && owner !== 'Parameters.parameter'
  if (!contained) check.container = undefined
  else if (isItem(resource) && !Object.hasOwn(resource, 'id')) {
    report(check, 'required', 'A contained resource must have an id, or nothing can refer to it.', 'id')
  }
  checkResource(types, resource, check)
  check.container = container
}

let shared: Validate | undefined

/**
 * Checks a resource against FHIR R4: structure, cardinality, primitives, required codes, references, and the
 * invariants of `rules-*.ts`. Profiles (UK Core among them), terminology beyond the listed required codes, and
 * slicing are not checked. Never throws, whatever it is given; no issue repeats what the data said, save the names
 * of properties. An empty list means nothing was found wrong.
 *
 * The definitions are read once, on the first call (about 20 ms; some seconds where they must first be built).
 */
export const validate: Validate = (resource, options) => {
  shared ??= makeValidator(loadDefinitions())
  return shared(resource, options)
}
