import type { CodeableConcept } from '@medplum/fhirtypes'

const SNOMED = 'http://snomed.info/sct'
const HL7 = 'http://terminology.hl7.org/CodeSystem'

/** Words, with a SNOMED CT code beside them where one is certain. */
export function snomed(text: string, code?: string): CodeableConcept {
  return code ? { coding: [{ system: SNOMED, code, display: text }], text } : { text }
}

/** One of FHIR's own small code systems, such as condition-clinical. */
export function hl7(system: string, code: string, display?: string): CodeableConcept {
  return { coding: [{ system: `${HL7}/${system}`, code, ...(display && { display }) }] }
}
