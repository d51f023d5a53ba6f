import { readFileSync } from 'node:fs'
import type { Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { isNhsNumber } from '../../people/index.ts'
import { characters, inventPlace, LOCATION, type Place, TEAM } from '../index.ts'

const file = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../places/rotherham/${name}.json`, import.meta.url), 'utf8'))
const place: Place = {
  organisations: file('organisations'),
  sources: file('sources'),
  teams: file('teams'),
}
const now = new Date('2026-11-20T09:30:00Z')
const cast = characters(now)
const all = [...inventPlace({ people: 0, seed: 'cast', now, place })]

/** What each source holds about a character, found by name and birthday as a person would. */
function recordOf(id: string): Record<string, Resource[]> {
  const who = cast.find((c) => c.id === id)?.person
  const records = all.flatMap(({ source, bundle }) => {
    const resources = (bundle.entry ?? []).flatMap((e) => e.resource ?? [])
    const patient = resources.find((r) => r.resourceType === 'Patient')
    const name = patient?.name?.[0]
    const same = name?.family === who?.family && name?.given?.[0] === who?.given[0]
    // Two men share name and birthday; their practices tell them apart.
    const gp = who?.practice?.toLowerCase() ?? 'none'
    const own = !source.endsWith('-gp') || source.startsWith(gp)
    return same && own && patient?.birthDate === who?.born ? [[source, resources] as const] : []
  })
  return Object.fromEntries(records)
}

const ofType = <T extends Resource['resourceType']>(resources: Resource[] | undefined, type: T) =>
  (resources ?? []).filter((r): r is Extract<Resource, { resourceType: T }> => r.resourceType === type)

const bedNow = (id: string) =>
  ofType(recordOf(id)['rfr-hospital'], 'Encounter')
    .filter((e) => e.status === 'in-progress')
    .flatMap((e) => (e.location ?? []).filter((l) => l.status === 'active'))
    .map((l) => l.location.identifier?.value)

const caseloads = (id: string) =>
  Object.values(recordOf(id))
    .flatMap((resources) => ofType(resources, 'EpisodeOfCare'))
    .filter((e) => e.status === 'active')
    .map((e) => e.team?.[0]?.identifier)

test('numbers are valid, and no two characters share one', () => {
  const numbers = cast.flatMap((c) => c.nhsNumber ?? [])
  expect(numbers.every(isNhsNumber)).toBe(true)
  expect(new Set(numbers).size).toBe(numbers.length)
})

describe('Margaret Ashworth', () => {
  const record = recordOf('margaret-ashworth')
  test('is known to all six sources', () => {
    expect(Object.keys(record).sort()).toEqual([
      'rfr-community',
      'rfr-hospital',
      'rmbc-social-care',
      'rxe-mental-health',
      'zhosp-hospice',
      'zp001-gp',
    ])
  })
  test('takes eight medicines or more, and amlodipine was stopped', () => {
    const medicines = ofType(record['zp001-gp'], 'MedicationRequest')
    expect(medicines.filter((m) => m.status === 'active').length).toBeGreaterThanOrEqual(8)
    expect(medicines.filter((m) => m.status === 'stopped')).toHaveLength(1)
  })
  test('has one allergy that only the practice knows, and one that only the hospital knows', () => {
    const known = (source: string) => ofType(record[source], 'AllergyIntolerance').map((a) => a.code?.text)
    expect(known('zp001-gp')).toEqual(['Allergy to penicillin'])
    expect(known('rfr-hospital')).toEqual(['Elastoplast (adhesive dressing)'])
  })
  test('is on four caseloads and in no bed', () => {
    expect(bedNow('margaret-ashworth')).toEqual([])
    expect(
      caseloads('margaret-ashworth')
        .map((team) => team?.value)
        .sort(),
    ).toEqual(['rfr-dn-north', 'rmbc-localities', 'rxe-memory', 'zhosp-community'])
    expect(caseloads('margaret-ashworth').every((team) => team?.system === TEAM)).toBe(true)
  })
  test('weighs about the same on every scale', () => {
    const weights = Object.values(record)
      .flatMap((resources) => ofType(resources, 'Observation'))
      .filter((o) => o.code.text === 'Weight' && (o.effectiveDateTime ?? '') > '2026-06')
      .map((o) => o.valueQuantity?.value ?? 0)
    expect(weights.length).toBeGreaterThan(5)
    expect(Math.max(...weights) - Math.min(...weights)).toBeLessThan(5)
  })
})

describe('in hospital now', () => {
  test.each([
    ['harold-bramwell', 'RFR/A5', 'rfr-dn-central'],
    ['jean-ogley', 'RFR/AMU', 'rfr-dn-north'],
    ['stanislaw-nowak', 'RFR/B4', 'rfr-dn-central'],
    ['mavis-thorpe', 'RFR/STROKE', 'rfr-dn-south'],
  ])('%s is in %s and on the caseload of %s', (id, bed, team) => {
    expect(bedNow(id)).toEqual([bed])
    expect(caseloads(id).map((t) => t?.value)).toContain(team)
  })
  test.each(['derek-wragg', 'aaliyah-hussain'])('%s is in the emergency department', (id) => {
    expect(bedNow(id)).toEqual(['RFR/AE'])
    const systems = ofType(recordOf(id)['rfr-hospital'], 'Encounter').flatMap((e) => e.location ?? [])
    expect(systems.every((l) => l.location.identifier?.system === LOCATION)).toBe(true)
  })
})

describe('people around whom a record can go wrong', () => {
  const labels = (resources: Resource[] | undefined) =>
    (resources ?? []).flatMap((r) => (r.meta?.security ?? []).map((s) => `${r.resourceType} ${s.code}`))
  test('a protected address is labelled on every Patient', () => {
    const record = recordOf('rebecca-lisle')
    expect(Object.keys(record)).toHaveLength(3)
    for (const resources of Object.values(record)) expect(labels(resources)).toEqual(['Patient R'])
  })
  test('an objection is an active consent that denies, from the practice', () => {
    const [consent, ...more] = ofType(recordOf('trevor-sykes')['zp001-gp'], 'Consent')
    expect(more).toEqual([])
    expect([consent?.status, consent?.provision?.type]).toEqual(['active', 'deny'])
    expect(consent?.scope.coding?.[0]?.code).toBe('patient-privacy')
  })
  test('the whole sexual health visit is specially protected, and nothing else', () => {
    expect(labels(recordOf('callum-firth')['rfr-hospital'])).toEqual([
      'Encounter V',
      'Observation V',
      'DocumentReference V',
    ])
  })
  test('everything of someone who died is closed', () => {
    for (const resources of Object.values(recordOf('doreen-cutts'))) {
      expect(ofType(resources, 'Patient')[0]?.deceasedDateTime).toBeDefined()
      for (const type of ['MedicationRequest', 'EpisodeOfCare', 'CarePlan', 'Flag'] as const) {
        expect(ofType(resources, type).filter((r) => r.status === 'active')).toEqual([])
      }
    }
  })
  test('the visitor has no NHS number anywhere', () => {
    const record = recordOf('liam-fairweather')
    expect(Object.keys(record)).toEqual(['rfr-hospital'])
    expect(ofType(record['rfr-hospital'], 'Patient')[0]?.identifier).toHaveLength(1)
  })
  test('social care holds the number of those it knows, save one', () => {
    const held = (id: string) => ofType(recordOf(id)['rmbc-social-care'], 'Patient')[0]?.identifier?.length
    expect(['margaret-ashworth', 'rebecca-lisle', 'edith-pell'].map(held)).toEqual([2, 2, 2])
    expect(held('mavis-thorpe')).toBe(1)
  })
  test('safeguarding is a flag of its own category', () => {
    const flags = ofType(recordOf('edith-pell')['rmbc-social-care'], 'Flag')
    expect(flags.filter((f) => f.category?.[0]?.coding?.[0]?.code === 'safeguarding')).toHaveLength(1)
  })
  test('no known allergies is said; no information is silence', () => {
    const said = (id: string) => ofType(recordOf(id)['zp001-gp'], 'AllergyIntolerance')
    expect(said('joanne-cartwright').map((a) => a.code?.coding?.[0]?.code)).toEqual(['716186003'])
    expect(said('darren-stott')).toEqual([])
  })
  test('two men share name and birthday, not number', () => {
    const [one, other] = cast.filter((c) => c.name === 'David Taylor')
    expect(one?.born).toBe(other?.born)
    expect(one?.nhsNumber).not.toBe(other?.nhsNumber)
  })
  test('the twins share all but name and number', () => {
    const [one, other] = cast.filter((c) => c.person.birthOrder)
    expect([one?.born, one?.postcode, one?.person.family]).toEqual([
      other?.born,
      other?.postcode,
      other?.person.family,
    ])
    expect(one?.nhsNumber).not.toBe(other?.nhsNumber)
  })
  test('Nasreen Akhtar is known to her practice alone', () => {
    expect(Object.keys(recordOf('nasreen-akhtar'))).toEqual(['zp002-gp'])
  })
})
