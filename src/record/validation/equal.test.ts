import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mended } from '../../testing/uk-core.ts'
import { loadDefinitions } from './definitions.ts'
import type { Check } from './issue.ts'
import { change, changed, sound } from './mutate.ts'
import { fullSample } from './profiles/full.ts'
import { resourcesIn } from './profiles/known.ts'
import { freshCheck, judgeSlowly } from './profiles/slow.ts'
import { judgeR4Slowly } from './slow.ts'
import { validate, validatorFor } from './validate.ts'

/**
 * The compiled validator and one that is written plainly find the same faults at the same places: over sound resources, published examples, and
 * whatever chance makes of them.
 */

const definitions = loadDefinitions()
const { known } = validatorFor()
const resources = resourcesIn(definitions)
type Json = Record<string, unknown>

const data = resolve(import.meta.dirname, '../../../../shared/data')
const examples = (folder: string) =>
  existsSync(resolve(data, folder))
    ? readdirSync(resolve(data, folder)).map((file) =>
        JSON.parse(readFileSync(resolve(data, folder, file), 'utf8')),
      )
    : []
const ukCore = examples('uk-core').flatMap((each) => [each as Json, mended(each) as Json])
const booking = examples('booking-and-referral') as Json[]

const lines = (issues: Check['issues']) =>
  issues.map(({ severity, code, path }) => `${severity} ${code} ${path}`).sort()
const quickly = (resource: unknown) => lines(validate(resource, { most: 100_000, decimal: () => undefined }))

describe('FHIR R4, compiled and read element by element', () => {
  const slowly = (resource: unknown) => judgeR4Slowly(resource, definitions.valueSets)

  it('agree on sound resources and published examples', () => {
    for (const resource of [...sound, ...ukCore, ...booking])
      expect(quickly(resource)).toEqual(slowly(resource))
  })

  it('agree on what chance makes of them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sound, ...ukCore),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (resource, changes) => {
          const next = changed(resource, changes)
          expect(quickly(next)).toEqual(slowly(next))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('agree on a resource of any type with any properties', () => {
    const type = fc.constantFrom(...resources)
    fc.assert(
      fc.property(
        type,
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }),
        (resourceType, rest) => {
          const names = Object.keys(definitions.types[resourceType]?.elements ?? {})
          const properties = Object.entries(rest).map(([key, value], at) => [
            names[(key.length * 7 + at) % names.length],
            value,
          ])
          const resource = { ...Object.fromEntries(properties), resourceType }
          expect(quickly(resource)).toEqual(slowly(resource))
        },
      ),
      { numRuns: 600 },
    )
  })
})

describe('a profile, compiled and read element by element', () => {
  const both = (url: string, resource: Json) => {
    const snapshot = known.snapshot(url)
    if (!snapshot) throw new Error(`${url} is not known`)
    const check = freshCheck(snapshot.type, resource)
    known.check(url)?.(resource, check, resource)
    const around = { sets: definitions.valueSets, check: freshCheck(snapshot.type, resource), resources }
    return [lines(check.issues), judgeSlowly(snapshot, resource, around)]
  }
  const urls = known.urls()
  const samples = urls.map((url) => {
    const snapshot = known.snapshot(url)
    return [url, snapshot ? fullSample(snapshot, known, definitions.valueSets) : {}] as const
  })
  const byType = (resource: Json) =>
    urls.filter((url) => known.snapshot(url)?.type === resource['resourceType'])

  it('agree on samples of every profile and extension that is known', () => {
    for (const [url, sample] of samples) {
      const [quick, slow] = both(url, sample)
      expect([url, quick]).toEqual([url, slow])
    }
  })

  it('agree on the published examples, each against every profile of its type', () => {
    for (const resource of ukCore)
      for (const url of byType(resource)) {
        const [quick, slow] = both(url, resource)
        expect([url, quick]).toEqual([url, slow])
      }
  })

  it('agree on what chance makes of all these', () => {
    const pair = fc.oneof(
      fc.constantFrom(...samples),
      fc.constantFrom(
        ...[...ukCore, ...sound].flatMap((resource) =>
          byType(resource).map((url) => [url, resource] as const),
        ),
      ),
    )
    fc.assert(
      fc.property(pair, fc.array(change, { minLength: 1, maxLength: 5 }), ([url, resource], changes) => {
        const next = changed(resource, changes)
        // Two engines of FHIRPath need not agree on what is no FHIR at all: there, rules are left out.
        const isFhir = !quickly(next).some((line) => line.startsWith('error'))
        const [quick, slow] = both(url, next as Json).map((all) =>
          all.filter((line) => isFhir || !line.includes(' invariant ')),
        )
        expect([url, quick]).toEqual([url, slow])
      }),
      { numRuns: 3000 },
    )
  })
})
