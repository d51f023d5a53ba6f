import type { Resource } from '@medplum/fhirtypes'
import { searchEntries } from '../search/index.ts'
import { parseLossless } from '../store/lossless-json.ts'
import { eachReference, patientIdIn, subjectOf } from '../store/references.ts'

/**
 * The version of an item that stands in the right person's file: the same in everything, but about them. Wherever it named the wrong
 * person's Patient it names theirs; where they have none that their source sent, it names nobody and the file says who it is about.
 */
export function moved(
  body: string,
  to: { patient: string | null; version: number; now: Date },
): { body: string; search: string[] } {
  const resource = parseLossless(body) as Resource
  const subject = subjectOf(resource)
  const wrong = patientIdIn(subject?.reference.reference ?? '')
  const right = to.patient === null ? undefined : `Patient/${to.patient}`
  if (wrong !== undefined && right !== undefined)
    eachReference(resource, (reference) => (patientIdIn(reference) === wrong ? right : undefined))
  if (subject) {
    const name = subject.path.slice(resource.resourceType.length + 1)
    // The name and number that stand beside the reference are the wrong person's.
    Object.assign(resource, { [name]: right ? { reference: right } : undefined })
  }
  resource.meta = { ...resource.meta, versionId: String(to.version), lastUpdated: to.now.toISOString() }
  return { body: JSON.stringify(resource), search: searchEntries(resource) }
}
