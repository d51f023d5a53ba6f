import type { Resource } from '@medplum/fhirtypes'
import { type Fault, Invalid } from '../../platform/index.ts'
import { type Issue, validatorFor } from '../validation/index.ts'
import type { Sending, Write } from './row.ts'

/**
 * Checks what is to be kept against the profiles that it claims and those that its sender is expected to meet. From a strict sender what does
 * not meet one is refused; from any other it is kept with a note. FHIR itself has been checked before: what breaks that never comes here.
 * @throws Invalid naming each place
 */
export function judged({ place, profiles }: Sending, writes: readonly Write[]): Map<Write, Fault[]> {
  const notes = new Map<Write, Fault[]>()
  if (!profiles) return notes
  const { policy, expects } = profiles
  const refused: Fault[] = []
  for (const write of writes) {
    if (!isJudged(write.resource, expects)) continue
    const found = validatorFor(place.folder)
      .validate(write.resource, { requested: true, profiles: { expects } })
      .filter(({ profile, severity }) => profile !== undefined || severity === 'information')
    const faults = found.map((issue) => faultOf(issue, write.path))
    refused.push(...faults.filter((_, at) => policy === 'strict' && found[at]?.severity === 'error'))
    if (faults.length > 0) notes.set(write, faults)
  }
  if (refused.length > 0) throw new Invalid(refused.map(({ severity: _, ...fault }) => fault))
  return notes
}

/** Whether there is a profile to look at, here or in what it contains; the commonest answer is no, and costs next to nothing. */
function isJudged(resource: Resource, expects: Readonly<Record<string, string>>): boolean {
  if (resource.meta?.profile || Object.hasOwn(expects, resource.resourceType)) return true
  if (resource.resourceType === 'Bundle')
    return (resource.entry ?? []).some((entry) => entry.resource && isJudged(entry.resource, expects))
  const { contained = [] } = resource as { contained?: Resource[] }
  return contained.some((each) => isJudged(each, expects))
}

/** `Encounter.period` inside `Bundle.entry[3].resource` is `Bundle.entry[3].resource.period`. */
const faultOf = ({ path, words, code, severity }: Issue, at: string): Fault => ({
  path: at + path.replace(/^[A-Za-z]+/, ''),
  words,
  code,
  ...(severity !== 'information' && { severity: 'warning' as const }),
})
