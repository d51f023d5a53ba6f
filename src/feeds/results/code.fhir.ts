import type { CodeableConcept } from '@medplum/fhirtypes'
import type { Repetition } from '../hl7/hl7.ts'

/** HL7 table 0396. A code of another system keeps its letters and gets no system that it does not have. */
const systems: Record<string, string> = {
  LN: 'http://loinc.org',
  LOINC: 'http://loinc.org',
  SCT: 'http://snomed.info/sct',
  SNM: 'http://snomed.info/sct',
  SNOMED: 'http://snomed.info/sct',
  'SNOMED-CT': 'http://snomed.info/sct',
  UCUM: 'http://unitsofmeasure.org',
  I10: 'http://hl7.org/fhir/sid/icd-10',
}

export const systemOf = (name: string): string | undefined => systems[name.toUpperCase()]

/** `code^text^system^code^text^system`: the sender’s own code and a common one may stand side by side. */
export function codeIn(coded: Repetition | undefined): CodeableConcept | undefined {
  if (!coded) return undefined
  const coding = [1, 4].flatMap((at) => {
    const [code, display] = [coded(at), coded(at + 1)]
    // A code cannot hold runs of spaces; what holds them is text.
    if (code === '' || /\s{2,}|[\n\t]/.test(code)) return []
    const system = systemOf(coded(at + 2))
    return [{ ...(system && { system }), code, ...(display && { display }) }]
  })
  const text = coded(9) || coded(2) || coded(5) || coded(1)
  if (coding.length === 0 && text === '') return undefined
  return { ...(coding.length > 0 && { coding }), ...(text && { text }) }
}
