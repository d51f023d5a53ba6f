import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, keep, kept } from '../definitions.ts'
import { type Definitions, listedValueSets, type Profiles } from '../slim.ts'
import { boundIn, buildSnapshots } from './build.ts'
import { declaredOf, type Structure } from './structure.ts'

/** What a folder of published definitions gives; `refused` names the profiles that could not be made, and why. */
export type OwnProfiles = {
  profiles: Profiles
  valueSets: Record<string, string[]>
  refused: { url: string; words: string }[]
}
type Cached = OwnProfiles & { version: string }

/**
 * Reads a folder of FHIR JSON, such as an unpacked package: its profiles and extensions, with the value sets and code systems they bind to;
 * other files are passed over. What is built is kept beside the definitions until a file changes.
 * @throws Error naming the file that is not JSON
 */
export function readOwnProfiles(
  folder: string,
  definitions: Definitions,
  before: () => Profiles,
): OwnProfiles | undefined {
  if (!existsSync(folder)) return undefined
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
  const stamps = files.map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name))
    return [name, size, mtimeMs]
  })
  const stamp = [definitions.version, folder, stamps]
  const version = createHash('sha256').update(JSON.stringify(stamp)).digest('hex').slice(0, 32)
  const cache = join(
    cacheFolder(),
    `own-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.json`,
  )
  const known = kept<Cached>(cache, version)
  if (known) return known
  const built = build(
    files.map((name) => read(folder, name)),
    definitions,
    before(),
  )
  keep(cache, { version, ...built } satisfies Cached)
  return built
}

type Json = Record<string, unknown>

function read(folder: string, name: string): Json {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Json
  } catch (problem) {
    throw new Error(`${join(folder, name)} cannot be read as JSON: ${(problem as Error).message}`)
  }
}

function build(resources: Json[], definitions: Definitions, before: Profiles): OwnProfiles {
  const structures = resources.filter(isProfile) as unknown as Structure[]
  const declared = structures.map(declaredOf)
  const wanted = new Set(boundIn(declared).filter((url) => definitions.valueSets[url] === undefined))
  const valueSets = listedValueSets(resources, wanted)
  const listed = (url: string) => valueSets[url] !== undefined || definitions.valueSets[url] !== undefined
  return { ...buildSnapshots(declared, { definitions, before, listed }), valueSets }
}

const isProfile = ({ resourceType, derivation, kind, type, url }: Json) =>
  resourceType === 'StructureDefinition' &&
  derivation === 'constraint' &&
  typeof url === 'string' &&
  (kind === 'resource' || type === 'Extension')
