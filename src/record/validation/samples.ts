import { validate } from './index.ts'

/** The errors in a resource, without warnings. */
export const errorsIn = (resource: unknown) =>
  validate(resource).filter(({ severity }) => severity === 'error')
/** The same as `code path`. */
export const found = (resource: unknown) => errorsIn(resource).map(({ code, path }) => `${code} ${path}`)

/** Small sound resources, which a test makes otherwise. */
export const encounter = { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' } }
export const patient = { resourceType: 'Patient' }
export const observation = { resourceType: 'Observation', status: 'final', code: { text: 'Pulse' } }
export const snomed = (code: string) => ({ coding: [{ system: 'http://snomed.info/sct', code }] })
export const coded = (system: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
})
export const allergy = { resourceType: 'AllergyIntolerance', patient: { reference: 'Patient/1' } }
export const condition = { resourceType: 'Condition', subject: { reference: 'Patient/1' } }
export const extension = (more: object) => ({ ...patient, extension: [{ url: 'urn:a', ...more }] })
/** A patient with extensions within extensions. */
export const deep = (levels: number) => {
  let inner: unknown = { url: 'urn:a', valueString: 'x' }
  for (let level = 0; level < levels; level++) inner = { url: 'urn:a', extension: [inner] }
  return { ...patient, extension: [inner] }
}
