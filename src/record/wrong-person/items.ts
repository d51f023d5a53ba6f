/** What a kind of item is called, for whoever is asked about it. */
const kinds: Record<string, string> = {
  AllergyIntolerance: 'Allergy',
  Binary: 'Content of a document',
  CarePlan: 'Care plan',
  Condition: 'Problem',
  Consent: 'Objection to sharing',
  DocumentReference: 'Document',
  Encounter: 'Contact or stay',
  EpisodeOfCare: 'Care by a service',
  Flag: 'Alert',
  Immunization: 'Immunisation',
  MedicationRequest: 'Medicine prescribed',
  MedicationStatement: 'Medicine taken',
  Observation: 'Result',
  Procedure: 'Procedure',
  ServiceRequest: 'Referral',
}

export const kindOf = (type: string): string => kinds[type] ?? type

type Concept = { text?: string; coding?: { display?: string; code?: string }[] }

const words = (concept: Concept | string | undefined): string | undefined => {
  if (typeof concept === 'string') return concept
  return (
    concept?.text ?? concept?.coding?.find((coding) => coding.display)?.display ?? concept?.coding?.[0]?.code
  )
}

/** What an item calls itself: by its code, type, medicine, title or description, whichever it has. */
export function nameOf(resource: unknown): string | undefined {
  const item = resource as Record<string, unknown>
  for (const part of [
    'code',
    'medicationCodeableConcept',
    'vaccineCode',
    'title',
    'description',
    'type',
    'reasonCode',
    'class',
  ]) {
    const found = words([item[part]].flat()[0] as Concept | string | undefined)
    if (found) return found
  }
  return undefined
}

/** The columns of views in which a row may call itself something, the best first. */
const namingColumns = [
  'title',
  'type_title',
  'type_text',
  'description',
  'service_type',
  'reason_text',
  'class_display',
]
const datingColumns = [
  'effective',
  'started',
  'created',
  'onset',
  'performed',
  'occurred',
  'authored',
  'recorded',
]

/** The same of a row of any view table. */
export function namedRow(row: Record<string, unknown>): { name: string | undefined; at: string | undefined } {
  const first = (columns: string[]) =>
    columns
      .map((column) => row[column])
      .find((value): value is string => typeof value === 'string' && value !== '')
  return { name: first(namingColumns), at: first(datingColumns) }
}
