import type { Resource } from '@medplum/fhirtypes'

/** The data categories that a role may hold. */
export type Category =
  | 'demographics'
  | 'alert'
  | 'activity'
  | 'clinical'
  | 'medicines'
  | 'results'
  | 'document'
  | 'care-plan'
  | 'mental-health'
  | 'social-care'
  | 'safeguarding'

/**
 * Which category a resource falls into, from its type and the kind of its source. Allergies are alerts: everyone who gives care needs them.
 * What a mental health service writes is mental health, that someone is known to it included, except allergies and medicines.
 */
export function categoryOf(resource: Resource, sourceKind: string): Category {
  const byType = categories[resource.resourceType] ?? 'clinical'
  if (isSafeguarding(resource)) return 'safeguarding'
  if (sourceKind === 'mental-health' && mentalHealthOwn.has(byType)) return 'mental-health'
  if (sourceKind === 'social-care' && socialCareOwn.has(byType)) return 'social-care'
  return byType
}

const categories: Partial<Record<Resource['resourceType'], Category>> = {
  Patient: 'demographics',
  RelatedPerson: 'demographics',
  Consent: 'demographics',
  AllergyIntolerance: 'alert',
  Flag: 'alert',
  Encounter: 'activity',
  EpisodeOfCare: 'activity',
  Appointment: 'activity',
  ServiceRequest: 'activity',
  Task: 'activity',
  Communication: 'activity',
  MedicationRequest: 'medicines',
  MedicationStatement: 'medicines',
  MedicationDispense: 'medicines',
  MedicationAdministration: 'medicines',
  Observation: 'results',
  DiagnosticReport: 'results',
  Specimen: 'results',
  DocumentReference: 'document',
  Composition: 'document',
  CarePlan: 'care-plan',
  CareTeam: 'care-plan',
  Goal: 'care-plan',
}

const mentalHealthOwn = new Set<Category>(['activity', 'clinical', 'results', 'document', 'care-plan'])
const socialCareOwn = new Set<Category>(['clinical', 'results', 'document', 'care-plan'])

type Concept = { text?: string; coding?: { code?: string; display?: string }[] }
type Coded = { category?: Concept | Concept[]; code?: Concept; type?: Concept | Concept[] }

/** A flag, but an enquiry, a plan or a letter too: whatever its category, code or type calls safeguarding. */
const isSafeguarding = (resource: unknown): boolean => {
  const { category, code, type } = resource as Coded
  const says = (words: unknown): boolean => typeof words === 'string' && /\bsafeguarding\b/i.test(words)
  return [category, code, type]
    .flat()
    .some(
      (concept) =>
        says(concept?.text) ||
        concept?.coding?.some((coding) => says(coding.code) || says(coding.display)) === true,
    )
}

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'

/** A label of the source: very restricted on an item means specially protected; restricted on a Patient, a protected address. */
const labelled = (resource: Resource, code: string): boolean =>
  resource.meta?.security?.some((label) => label.system === confidentiality && label.code === code) === true

/** Whether the source marks an item as specially protected. A Patient's own label protects the address instead. */
export const isRestricted = (resource: Resource): boolean =>
  labelled(resource, 'V') || (labelled(resource, 'R') && resource.resourceType !== 'Patient')

export const hasProtectedAddress = (resource: Resource): boolean =>
  resource.resourceType === 'Patient' && labelled(resource, 'R')

/** The row's sensitivity, as the policies of migration 0002 read it. */
export function sensitivityOf(what: { restricted: boolean; location: boolean; shared: boolean }): string {
  return (['restricted', 'location', 'shared'] as const).filter((each) => what[each]).join(' ') || 'normal'
}
