import { join } from 'node:path'
import { compileTypes, type Types } from './compile.ts'
import { loadDefinitions, loadProfiles } from './definitions.ts'
import { type Check, type Issue, isItem, type ReadDecimal, report } from './issue.ts'
import { type Applied, checkClaims } from './profiles/claims.ts'
import { type Known, knownProfiles } from './profiles/known.ts'
import { type OwnProfiles, readOwnProfiles } from './profiles/own.ts'
import { typesInBundle } from './references.ts'
import type { Definitions } from './slim.ts'

/**
 * `decimal` reads numbers that the parser kept as objects; `most` is how many issues are listed, 100 unless told. `requested`: whoever keeps
 * the resource resolves references that are searches, as those of an entry of a transaction are. `profiles`: those that resources claim are
 * checked, and others besides; without it none are.
 */
export type Options = { decimal?: ReadDecimal; most?: number; requested?: boolean; profiles?: Applied }

export type Validate = (resource: unknown, options?: Options) => Issue[]

const json = JSON as unknown as { isRawJSON?: (value: unknown) => boolean }

/** Numbers kept with `JSON.rawJSON` are known without asking. */
const rawDecimal: ReadDecimal = (value) =>
  typeof value === 'object' && json.isRawJSON?.(value) ? (value as { rawJSON: string }).rawJSON : undefined

/**
 * Makes a validator of a set of definitions. Types are compiled when they are first met, so the first resource of
 * each kind is slower than those after it.
 */
function makeValidator(definitions: Definitions, own?: OwnProfiles): Validator {
  const known = knownProfiles(definitions, loadProfiles, own)
  const types: Types = compileTypes(definitions, (value, check, owner) =>
    checkNested(using, value, check, owner),
  )
  const using: Using = { types, known, definitions, applied: undefined }
  const validate: Validate = (
    resource,
    { decimal = rawDecimal, most = 100, requested = false, profiles } = {},
  ) => {
    using.applied = profiles
    const check: Check = {
      issues: [],
      most,
      path: [],
      decimal,
      container: undefined,
      contained: undefined,
      bundle: requested ? { types: new Map(), requests: true } : undefined,
      profile: undefined,
      extensions: profiles && [],
    }
    checkResource(using, resource, check)
    return profiles ? onceEach(check.issues) : check.issues
  }
  return { validate, known, refused: own?.refused ?? [] }
}

/** What FHIR itself finds wrong in a place need not be said again by a profile. */
function onceEach(issues: Issue[]): Issue[] {
  const place = ({ code, path }: Issue) => `${code} ${path}`
  const base = new Set(issues.filter(({ profile }) => profile === undefined).map(place))
  return base.size === 0
    ? issues
    : issues.filter((each) => each.profile === undefined || !base.has(place(each)))
}

/** `applied` is set anew for each resource that is asked about: a check never waits, so no two are under way at once. */
type Using = { types: Types; known: Known; definitions: Definitions; applied: Applied | undefined }

function checkResource(using: Using, resource: unknown, check: Check): void {
  const { types } = using
  if (!isItem(resource)) {
    report(check, 'structure', 'A resource must be a JSON object.')
    return
  }
  const type = Object.hasOwn(resource, 'resourceType') ? resource['resourceType'] : undefined
  if (type === undefined) {
    report(check, 'required', 'A resource must say its resourceType.', 'resourceType')
    return
  }
  if (typeof type !== 'string' || !types.resources.has(type)) {
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
  const extensions = check.extensions?.length ?? 0
  types.resource(type)(resource, check)
  if (using.applied)
    checkClaims({ ...using, applied: using.applied }, resource, check, { atRoot, extensions })
  check.container = container
  check.contained = contained
  check.bundle = bundle
  if (atRoot) check.path.pop()
}

const standingAlone = new Set(['Bundle.entry', 'Bundle.entry.response', 'Parameters.parameter'])

/** A contained resource looks up `#id` in the one that contains it; any other nested resource stands for itself. */
function checkNested(using: Using, resource: unknown, check: Check, owner: string): void {
  const { container } = check
  const contained = !standingAlone.has(owner)
  if (!contained) check.container = undefined
  else if (isItem(resource) && !Object.hasOwn(resource, 'id')) {
    report(check, 'required', 'A contained resource must have an id, or nothing can refer to it.', 'id')
  }
  checkResource(using, resource, check)
  check.container = container
}

/** A validator, and the profiles that it knows. */
export type Validator = { validate: Validate; known: Known; refused: { url: string; words: string }[] }

const made = new Map<string, Validator>()
let definitions: Definitions | undefined

/**
 * The validator of a place: with the profiles that come with the product and those that its folder holds below `profiles/`. Made once for
 * each folder; without one, or where there are no profiles in it, it is the product's own.
 */
export function validatorFor(folder?: string): Validator {
  const own = folder === undefined ? '' : join(folder, 'profiles')
  const known = made.get(own)
  if (known) return known
  definitions ??= loadDefinitions()
  const found = own === '' ? undefined : readOwnProfiles(own, definitions, loadProfiles)
  const validator = own !== '' && !found ? validatorFor() : makeValidator(definitions, found)
  made.set(own, validator)
  return validator
}

/**
 * Checks a resource against FHIR R4: structure, cardinality, primitives, required codes, references, and the invariants of `rules-*.ts`; and,
 * where asked, against the profiles of the product (docs/validation.md says what is checked and what is not). Never throws, whatever it is
 * given; no issue repeats what the data said, save the names of properties. An empty list means nothing was found wrong.
 *
 * The definitions are read once, on the first call (about 20 ms; some seconds where they must first be built).
 */
export const validate: Validate = (resource, options) => validatorFor().validate(resource, options)
