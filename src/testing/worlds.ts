import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import fc from 'fast-check'
import type { Bond, Item, PersonFacts, Place } from '../access/index.ts'
import type { Actor } from '../platform/index.ts'

/**
 * Random worlds: people with files in several sources, teams that know them or do not, and everything that stands above a relationship.
 * Each item carries a mark, so that a test can tell which items a page, a search or a count let through.
 */
export type WorldItem = { mark: string; type: 'Condition' | 'MedicationRequest' | 'Observation' | 'Flag' | 'DocumentReference' | 'CarePlan'; restricted: boolean; safeguarding: boolean }
export type WorldFile = { source: string; items: WorldItem[]; ward: string | null; stay: 'now' | 'long ago'; team: string | null }
/** What a reader did to see someone: by the reader's place among the world's readers. */
export type OwnBond = { reader: number; kind: 'stated reason' | 'break glass' }
export type WorldPerson = { number: number; own: OwnBond[]; practice: string | null; protectedAddress: boolean; objection: boolean; files: WorldFile[] }
export type World = { people: WorldPerson[]; readers: Actor[] }

export const worldNow = new Date('2026-11-22T10:00:00Z')
const practices = ['ZP001', 'ZP002', 'ZP006'] as const
const wards = { AMU: 'rfr-amu', AE: 'rfr-emergency', A5: 'rfr-ward-a5' } as const
const episodeTeams = { 'rfr-community': ['rfr-dn-north', 'rfr-matrons'], 'rmbc-social-care': ['rmbc-localities'], 'rxe-mental-health': ['rxe-cmht'] } as const
const kinds: WorldItem['type'][] = ['Condition', 'MedicationRequest', 'Observation', 'Flag', 'DocumentReference', 'CarePlan']

const item = fc.record({ mark: fc.uuid(), type: fc.constantFrom(...kinds), restricted: fc.boolean(), safeguarding: fc.boolean() })
const items = fc.array(item, { minLength: 1, maxLength: 3 })
const nothing = { ward: fc.constant(null), stay: fc.constant('now' as const), team: fc.constant(null) }

const hospitalFile = fc.record({ source: fc.constant('rfr-hospital'), items, ward: fc.option(fc.constantFrom(...Object.keys(wards))), stay: fc.constantFrom('now' as const, 'long ago' as const), team: fc.constant(null) })
const episodeFile = fc.constantFrom(...(Object.keys(episodeTeams) as (keyof typeof episodeTeams)[])).chain((source) =>
  fc.record({ source: fc.constant(source as string), items, ward: fc.constant(null), stay: fc.constantFrom('now' as const, 'long ago' as const), team: fc.option(fc.constantFrom(...episodeTeams[source])) }),
)
const practiceFile = (practice: string) => fc.record({ source: fc.constant(`${practice.toLowerCase()}-gp`), items, ...nothing })

const person = fc.option(fc.constantFrom(...practices)).chain((practice) =>
  fc.record({
    number: fc.integer({ min: 0, max: 400_000 }),
    own: fc.array(fc.record({ reader: fc.nat(3), kind: fc.constantFrom('stated reason' as const, 'break glass' as const) }), { maxLength: 2 }),
    practice: fc.constant(practice),
    // An objection is made at the practice, so there must be one.
    objection: practice === null ? fc.constant(false) : fc.boolean(),
    protectedAddress: fc.boolean(),
    files: fc
      .tuple(fc.uniqueArray(fc.oneof(hospitalFile, episodeFile), { minLength: 1, maxLength: 3, selector: (file) => file.source }), practice === null ? fc.constant(null) : practiceFile(practice))
      .map(([files, own]) => (own ? [own, ...files] : files) as WorldFile[]),
  }),
)

/** Readers of every role, in teams that may or may not know the people. */
export const world = (place: Place): fc.Arbitrary<World> =>
  fc.record({
    people: fc.uniqueArray(person, { minLength: 1, maxLength: 3, selector: (each) => each.number }),
    readers: fc.uniqueArray(fc.constantFrom(...place.demoStaff), { minLength: 2, maxLength: 4, selector: (staff) => staff.id }).map((staff) =>
      staff.map(({ id, name, role, organisation, teams }): Actor => ({ id, name, kind: 'staff', role, organisation, teams })),
    ),
  })

/** A valid NHS number of the 999 range. One in eleven has no check digit, so each person has two to choose from. */
export function numberOf({ number }: WorldPerson): string {
  for (const digits of [999_000_000 + number * 2, 999_000_001 + number * 2]) {
    const sum = [...String(digits)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0)
    const check = 11 - (sum % 11)
    if (check !== 10) return `${digits}${check % 11}`
  }
  throw new Error('Two numbers that follow each other are never both without a check digit')
}

const label = (code: string) => ({ security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code }] })
const day = 86_400_000

/** What the file's source sends. */
export function bundleOf(whom: WorldPerson, file: WorldFile): Bundle {
  const patient = 'urn:uuid:00000000-0000-4000-8000-000000000001'
  const nhs = numberOf(whom)
  const post = (resource: Resource, fullUrl?: string): BundleEntry => ({ ...(fullUrl ? { fullUrl } : {}), resource, request: { method: 'POST', url: resource.resourceType } })
  const began = new Date(worldNow.getTime() - (file.stay === 'now' ? 2 : 400) * day).toISOString()
  const ended = file.stay === 'now' ? {} : { end: new Date(worldNow.getTime() - 390 * day).toISOString() }
  const isPractice = file.source.endsWith('-gp')
  const entry: BundleEntry[] = [
    post(
      {
        resourceType: 'Patient',
        ...(whom.protectedAddress ? { meta: label('R') } : {}),
        identifier: [
          { system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhs },
          { system: `https://golden-thread.example/Id/${file.source}`, value: nhs },
        ],
        name: [{ family: `Family${whom.number}`, given: ['Given'] }],
        birthDate: '1950-03-04',
        ...(isPractice && whom.practice ? { generalPractitioner: [{ identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: whom.practice } }] } : {}),
      },
      patient,
    ),
    ...file.items.map((each) => post(resourceOf(each, patient))),
  ]
  const subject = { reference: patient }
  if (file.ward) {
    entry.push(
      post({
        resourceType: 'Encounter',
        status: file.stay === 'now' ? 'in-progress' : 'finished',
        class: { code: 'IMP' },
        subject,
        period: { start: began, ...ended },
        location: [{ location: { identifier: { system: 'https://golden-thread.example/Id/location', value: `RFR/${file.ward}` } } }],
      }),
    )
  }
  if (file.team) {
    entry.push(
      post({
        resourceType: 'EpisodeOfCare',
        status: file.stay === 'now' ? 'active' : 'finished',
        patient: subject,
        period: { start: began, ...ended },
        team: [{ identifier: { system: 'https://golden-thread.example/Id/team', value: file.team } }],
      }),
    )
  }
  if (isPractice && whom.objection) {
    const code = (system: string, value: string) => ({ coding: [{ system, code: value }] })
    entry.push(
      post({
        resourceType: 'Consent',
        status: 'active',
        scope: code('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
        category: [code('http://loinc.org', '59284-0')],
        patient: subject,
        policyRule: { text: 'Objection to sharing' },
        provision: { type: 'deny' },
      }),
    )
  }
  return { resourceType: 'Bundle', type: 'transaction', entry }
}

function resourceOf({ mark, type, restricted, safeguarding }: WorldItem, patient: string): Resource {
  const subject = { reference: patient }
  const text = { text: `Mark ${mark}` }
  const meta = restricted ? { meta: label('V') } : {}
  switch (type) {
    case 'Condition':
      return { resourceType: type, ...meta, subject, code: text, clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] } }
    case 'MedicationRequest':
      return { resourceType: type, ...meta, subject, status: 'active', intent: 'order', medicationCodeableConcept: text }
    case 'Observation':
      return { resourceType: type, ...meta, subject, status: 'final', code: text, effectiveDateTime: '2026-11-01', valueQuantity: { value: 1, unit: 'unit' } }
    case 'Flag':
      return { resourceType: type, ...meta, subject, status: 'active', code: text, ...(safeguarding ? { category: [{ coding: [{ code: 'safeguarding' }] }] } : {}) }
    case 'DocumentReference':
      return { resourceType: type, ...meta, subject, status: 'current', type: text, content: [{ attachment: { contentType: 'text/plain', title: `Mark ${mark}`, data: Buffer.from(`Mark ${mark}`).toString('base64') } }] }
    case 'CarePlan':
      return { resourceType: type, ...meta, subject, status: 'active', intent: 'plan', title: `Mark ${mark}` }
  }
}

/** The category that an item has by the words of docs/access.md, said again here so that the test does not ask the code under test. */
export function categoryIn(file: WorldFile, { type, safeguarding }: WorldItem): string {
  if (type === 'Flag') return safeguarding ? 'safeguarding' : 'alert'
  if (type === 'MedicationRequest') return 'medicines'
  if (file.source === 'rxe-mental-health') return 'mental-health'
  if (file.source === 'rmbc-social-care') return 'social-care'
  return { Condition: 'clinical', Observation: 'results', DocumentReference: 'document', CarePlan: 'care-plan' }[type]
}

/** Views that reveal where someone lives or is seen; bodies always may. */
export const revealsLocation = (type: WorldItem['type'], locationViews: ReadonlySet<string>): boolean => locationViews.has(type)

/** What the decision needs to know about a person, from the world itself. */
export function factsIn(whom: WorldPerson, place: Place, readers: Actor[]): PersonFacts {
  const far = new Date('9999-12-31T00:00:00Z')
  const bonds: Bond[] = whom.own.map(({ reader, kind }) => ({ principal: `actor:${readers[reader % readers.length]?.id}`, kind, since: worldNow, until: far }))
  for (const file of whom.files) {
    const long = file.stay === 'long ago'
    const since = new Date(worldNow.getTime() - (long ? 400 : 2) * day)
    const until = long ? new Date(worldNow.getTime() - (390 - place.relationshipAfterDischargeDays) * day) : far
    if (file.ward) bonds.push({ principal: wards[file.ward as keyof typeof wards], kind: 'admission', since, until })
    if (file.team) bonds.push({ principal: file.team, kind: 'open episode', since, until })
    if (file.source.endsWith('-gp') && whom.practice) bonds.push({ principal: `${whom.practice.toLowerCase()}-practice`, kind: 'registered practice', since: new Date(0), until: far })
  }
  return { bonds, objection: whom.objection, protectedAddress: whom.protectedAddress }
}

export const itemIn = (place: Place, file: WorldFile, one: WorldItem, location: boolean): Item => ({
  category: categoryIn(file, one),
  source: file.source,
  organisation: place.sources.find((source) => source.id === file.source)?.organisation ?? '',
  restricted: one.restricted,
  location,
  others: [],
})
