import type { CarePlanActivity, Encounter, EncounterLocation, Period, Resource } from '@medplum/fhirtypes'
import type { Life } from '../record/file.ts'

const ended = (period: Period | undefined, died: string): Period => ({ ...period, end: died })

function stayEnded(encounter: Encounter, died: string): Encounter {
  const bedEnded = (bed: EncounterLocation): EncounterLocation =>
    bed.status === 'active' ? { ...bed, status: 'completed', period: ended(bed.period, died) } : bed
  return {
    ...encounter,
    status: 'finished',
    period: ended(encounter.period, died),
    ...(encounter.location && { location: encounter.location.map(bedEnded) }),
  }
}

const stopped = (activity: CarePlanActivity): CarePlanActivity =>
  activity.detail ? { ...activity, detail: { ...activity.detail, status: 'stopped' } } : activity

/** What was open when someone died, as each source leaves it once the news has reached it. */
function closed(resource: Resource, died: string): Resource {
  if (resource.resourceType === 'Encounter' && resource.status === 'in-progress')
    return stayEnded(resource, died)
  if (!('status' in resource) || resource.status !== 'active') return resource
  switch (resource.resourceType) {
    case 'MedicationRequest':
      return { ...resource, status: 'stopped', statusReason: { text: 'Patient died' } }
    case 'Flag':
      return { ...resource, status: 'inactive', period: ended(resource.period, died) }
    case 'EpisodeOfCare':
      return { ...resource, status: 'finished', period: ended(resource.period, died) }
    case 'CarePlan':
      return {
        ...resource,
        status: 'completed',
        period: ended(resource.period, died),
        ...(resource.activity && { activity: resource.activity.map(stopped) }),
      }
    default:
      return resource
  }
}

/** For the dead, a life's `now` is the moment of death. */
export function closeOnDeath(life: Life): void {
  const { died } = life.person
  if (!died) return
  for (const file of life.files.values()) file.resources = file.resources.map((r) => closed(r, died))
}
