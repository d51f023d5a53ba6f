import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { checkDigit } from '../people/index.ts'
import { day, type WorldFile, type WorldItem, type WorldPerson, worldNow } from './worlds.ts'

/** A valid NHS number of the 999 range. One in eleven has no check digit, so each person has two to choose from. */
export function nhsNumberFor(n: number): string {
  for (const nine of [999_000_000 + n * 2, 999_000_001 + n * 2]) {
    const tenth = checkDigit(String(nine))
    if (tenth !== undefined) return `${nine}${tenth}`
  }
  throw new Error('Two numbers that follow each other are never both without a check digit')
}

export const numberOf = ({ number }: WorldPerson): string => nhsNumberFor(number)

/** What everything about one person is tagged with, so that a search which names nobody can be kept to one world. */
export const tagOf = (nhsNumber: string): string => `about-${nhsNumber}`

const label = (code: string) => ({
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code }],
})

/** What the file's source sends. */
export function bundleOf(whom: WorldPerson, file: WorldFile): Bundle {
  const patient = 'urn:uuid:00000000-0000-4000-8000-000000000001'
  const nhs = numberOf(whom)
  const post = (resource: Resource, fullUrl?: string): BundleEntry => ({
    ...(fullUrl ? { fullUrl } : {}),
    resource: { ...resource, meta: { ...resource.meta, tag: [{ code: tagOf(nhs) }] } },
    request: { method: 'POST', url: resource.resourceType },
  })
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
        ...(isPractice && whom.practice
          ? {
              generalPractitioner: [
                {
                  identifier: {
                    system: 'https://fhir.nhs.uk/Id/ods-organization-code',
                    value: whom.practice,
                  },
                },
              ],
            }
          : {}),
      },
      patient,
    ),
    ...file.items.map((each) => post(resourceOf(each, patient))),
  ]
  entry.push(...involvement(whom, file, patient).map((resource) => post(resource)))
  return { resourceType: 'Bundle', type: 'transaction', entry }
}

/** What makes a relationship, and what stands above one: a stay, an episode, an objection. */
function involvement(whom: WorldPerson, file: WorldFile, patient: string): Resource[] {
  const found: Resource[] = []
  const isPractice = file.source.endsWith('-gp')
  const began = new Date(worldNow.getTime() - (file.stay === 'now' ? 2 : 400) * day).toISOString()
  const ended = file.stay === 'now' ? {} : { end: new Date(worldNow.getTime() - 390 * day).toISOString() }
  const subject = { reference: patient }
  if (file.ward) {
    found.push({
      resourceType: 'Encounter',
      status: file.stay === 'now' ? 'in-progress' : 'finished',
      class: { code: 'IMP' },
      subject,
      period: { start: began, ...ended },
      location: [
        {
          location: {
            identifier: { system: 'https://golden-thread.example/Id/location', value: `RFR/${file.ward}` },
          },
        },
      ],
    })
  }
  if (file.team) {
    found.push({
      resourceType: 'EpisodeOfCare',
      status: file.stay === 'now' ? 'active' : 'finished',
      patient: subject,
      period: { start: began, ...ended },
      team: [{ identifier: { system: 'https://golden-thread.example/Id/team', value: file.team } }],
    })
  }
  if (isPractice && whom.objection) {
    const code = (system: string, value: string) => ({ coding: [{ system, code: value }] })
    found.push({
      resourceType: 'Consent',
      status: 'active',
      scope: code('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
      category: [code('http://loinc.org', '59284-0')],
      patient: subject,
      policyRule: { text: 'Objection to sharing' },
      provision: { type: 'deny' },
    })
  }
  return found
}

function resourceOf({ mark, type, restricted, safeguarding }: WorldItem, patient: string): Resource {
  const subject = { reference: patient }
  const text = { text: `Mark ${mark}` }
  const meta = restricted ? { meta: label('V') } : {}
  switch (type) {
    case 'Condition':
      return {
        resourceType: type,
        ...meta,
        subject,
        code: text,
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
        },
      }
    case 'MedicationRequest':
      return {
        resourceType: type,
        ...meta,
        subject,
        status: 'active',
        intent: 'order',
        medicationCodeableConcept: text,
      }
    case 'Observation':
      return {
        resourceType: type,
        ...meta,
        subject,
        status: 'final',
        code: text,
        effectiveDateTime: '2026-11-01',
        valueQuantity: { value: 1, unit: 'unit' },
      }
    case 'Flag':
      return {
        resourceType: type,
        ...meta,
        subject,
        status: 'active',
        code: text,
        ...(safeguarding ? { category: [{ coding: [{ code: 'safeguarding' }] }] } : {}),
      }
    case 'DocumentReference':
      return {
        resourceType: type,
        ...meta,
        subject,
        status: 'current',
        type: text,
        content: [
          {
            attachment: {
              contentType: 'text/plain',
              title: `Mark ${mark}`,
              data: Buffer.from(`Mark ${mark}`).toString('base64'),
            },
          },
        ],
      }
    case 'CarePlan':
      return { resourceType: type, ...meta, subject, status: 'active', intent: 'plan', title: `Mark ${mark}` }
  }
}
