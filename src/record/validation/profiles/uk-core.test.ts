import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mended } from '../../../testing/uk-core.ts'
import { loadDefinitions } from '../definitions.ts'
import { validatorFor } from '../validate.ts'
import { breakingChanges } from './changes.ts'
import { fullSample } from './full.ts'
import { resourcesIn } from './known.ts'
import { freshCheck, judgeSlowly } from './slow.ts'

const { validate, known } = validatorFor()
const definitions = loadDefinitions()
const address = 'https://fhir.hl7.org.uk/StructureDefinition/'
const ukCore = known.urls().filter((url) => url.startsWith(address))
const ofResources = ukCore.filter((url) => known.snapshot(url)?.type !== 'Extension')
const name = (url: string) => url.slice(address.length)
const snapshotOf = (url: string) => {
  const snapshot = known.snapshot(url)
  if (!snapshot) throw new Error(`${url} is not known`)
  return snapshot
}
const sampleOf = (url: string) => fullSample(snapshotOf(url), known, definitions.valueSets)

/** What the compiled profile finds, as `severity code path`. */
function found(url: string, item: Record<string, unknown>): string[] {
  const check = freshCheck(snapshotOf(url).type, item)
  known.check(url)?.(item, check, item)
  return check.issues.map(({ severity, code, path }) => `${severity} ${code} ${path}`).sort()
}
const slowly = (url: string, item: Record<string, unknown>) =>
  judgeSlowly(snapshotOf(url), item, {
    sets: definitions.valueSets,
    check: freshCheck(snapshotOf(url).type, item),
    resources: resourcesIn(definitions),
  })

describe('the profiles of UK Core', () => {
  it('are those of the types that are taken here, each put together without a fault', () => {
    expect(ofResources.length).toBeGreaterThan(55)
    for (const url of ukCore)
      for (const note of snapshotOf(url).notChecked)
        expect(note).toMatch(/which we have no list of$|what it says beyond R4|the unit of the value/)
  })

  it.each(ofResources.map(name))('%s is met by a sample that has all it speaks of', (each) => {
    const sample = sampleOf(address + each)
    const issues = validate(sample, { profiles: { also: [address + each] } })
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it.each(ukCore.map(name))('%s: each thing it says is missed at its place when it is broken', (each) => {
    const url = address + each
    const changes = breakingChanges(snapshotOf(url), sampleOf(url), definitions.valueSets)
    for (const { breaks, fault, changed } of changes) {
      const faults = found(url, changed)
      expect([breaks, faults.map((text) => text.slice(text.indexOf(' ') + 1))]).toEqual([
        breaks,
        expect.arrayContaining([fault]),
      ])
      expect([breaks, slowly(url, changed)]).toEqual([breaks, faults])
    }
  })

  it('say some hundreds of things, so that the test before tests something', () => {
    const all = ukCore.flatMap((url) =>
      breakingChanges(snapshotOf(url), sampleOf(url), definitions.valueSets),
    )
    expect(all.length).toBeGreaterThan(250)
  })
})

const data = resolve(import.meta.dirname, '../../../../../shared/data/uk-core')
const files = existsSync(data) ? readdirSync(data).filter((file) => file.endsWith('.json')) : []

/** The examples were published without claims; each is one of the profile with the longest name that its own begins with. */
function profileOf(file: string): string | undefined {
  const parts = file.replace(/-Example\.json$/, '').split('-')
  const names = parts.map((_, at) => parts.slice(0, at + 1).join('-')).reverse()
  return names.map((each) => address + each).find((url) => ukCore.includes(url))
}

/** What is wrong with an example as its author meant it, or might be better. */
const exampleFaults: Record<string, string[]> = {
  'UKCore-DiagnosticReport-Lab-DiagnosticStudiesReport-Example.json': ['warning invariant DiagnosticReport'],
}

describe.skipIf(files.length === 0)('the published examples', () => {
  it.each(files)('%s', (file) => {
    const profile = profileOf(file)
    if (profile === undefined) throw new Error('This example is of no profile that is known')
    const example = mended(JSON.parse(readFileSync(resolve(data, file), 'utf8')))
    const issues = validate(example, { profiles: { also: [profile] } })
    expect(issues.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual(
      exampleFaults[file] ?? [],
    )
  })
})
