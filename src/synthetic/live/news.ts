import type { BundleEntry, Resource } from '@medplum/fhirtypes'
import { dayOf, type Moment } from '../lives/moment.ts'
import type { LifeStory } from '../lives/story.ts'
import type { Place } from '../place.ts'
import type { Sent } from '../record/file.ts'
import { hospitalMessages } from '../retold/hl7/hospital-messages.ts'
import { textOf } from '../retold/hl7/message.ts'
import { momentOf } from '../retold/instant.ts'
import { retell } from '../retold/retell.ts'

/** What one source has to say about one person that it has not said before: a transaction. */
export interface Update {
  source: string
  entry: BundleEntry[]
}

const keyOf = (source: string, resource: Resource) => `${source} ${resource.resourceType}/${resource.id}`

function everything(sent: readonly Sent[]): Map<string, string> {
  const told = new Map<string, string>()
  for (const { source, bundle } of sent)
    for (const { resource } of bundle.entry ?? [])
      if (resource) told.set(keyOf(source, resource), JSON.stringify(resource))
  return told
}

/** One person whose life goes on. */
export interface Unfolding {
  /** What is new up to an instant, by source. */
  updates(now: Date): Update[]
}

/**
 * What sources say of somebody from a start on. The hospital says by HL7 what begins from then on; what it had begun before goes on in
 * the FHIR in which it was told.
 */
export function unfolding(story: LifeStory, at: { seed: string; place: Place; start: Date }): Unfolding {
  const { present, leaves } = story.resident
  /** Nobody speaks of who has not come yet; of who has moved away, nobody says more. */
  const tell = (now: Date) => {
    const today = dayOf(momentOf(now))
    const gone = leaves === 'moved away' && present.until <= today
    return present.from > today || gone ? [] : retell(story, { seed: at.seed, place: at.place, now })
  }
  let told: ReadonlyMap<string, string> | undefined
  let known: ReadonlySet<string> = new Set()

  /** Known to the hospital since before the start, or of a visit that was. */
  function continues(source: string, resource: Resource): boolean {
    if (known.has(keyOf(source, resource))) return true
    const visit = (resource as { encounter?: { reference?: string } }).encounter?.reference
    return visit !== undefined && known.has(`${source} ${visit}`)
  }

  return {
    updates(now) {
      if (!told) {
        told = everything(tell(at.start))
        known = new Set(told.keys())
      }
      const before = told
      const sent = tell(now)
      told = everything(sent)
      return sent.flatMap(({ source, bundle }) => {
        const entry = (bundle.entry ?? []).filter(
          ({ resource }) =>
            resource &&
            before.get(keyOf(source, resource)) !== JSON.stringify(resource) &&
            (!source.endsWith('-hospital') || continues(source, resource)),
        )
        return entry.length > 0 ? [{ source, entry }] : []
      })
    },
  }
}

/** What the hospital's line carries from the start on, as bytes, in order. */
export function lineFrom(
  story: LifeStory,
  place: Place,
  start: Moment,
  speed: number,
): { at: Moment; text: string }[] {
  const begun = {
    ...story,
    happenings: story.happenings.filter((each) => each.at > start || each.kind === 'death'),
  }
  return hospitalMessages(begun, place, speed)
    .filter((message) => message.at > start)
    .map((message) => ({ at: message.at, text: textOf(message) }))
}
