import type { Bond, Item, PersonFacts, Place } from '../access/index.ts'
import type { Actor } from '../platform/index.ts'
import { day, type WorldFile, type WorldItem, type WorldPerson, wards, worldNow } from './worlds.ts'

/** The category that an item has by the words of docs/access.md, said again here so that the test does not ask the code under test. */
function categoryIn(file: WorldFile, { type, safeguarding }: WorldItem): string {
  if (type === 'Flag') return safeguarding ? 'safeguarding' : 'alert'
  if (type === 'MedicationRequest') return 'medicines'
  if (file.source === 'rxe-mental-health') return 'mental-health'
  if (file.source === 'rmbc-social-care') return 'social-care'
  return {
    Condition: 'clinical',
    Observation: 'results',
    DocumentReference: 'document',
    CarePlan: 'care-plan',
  }[type]
}

/** What the decision needs to know about a person, from the world itself. */
export function factsIn(whom: WorldPerson, place: Place, readers: Actor[]): PersonFacts {
  const far = new Date('9999-12-31T00:00:00Z')
  const bonds: Bond[] = whom.own.map(({ reader, kind }) => ({
    principal: `actor:${readers[reader % readers.length]?.id}`,
    kind,
    since: worldNow,
    until: far,
  }))
  for (const file of whom.files) {
    const long = file.stay === 'long ago'
    const since = new Date(worldNow.getTime() - (long ? 400 : 2) * day)
    const until = long
      ? new Date(worldNow.getTime() - (390 - place.relationshipAfterDischargeDays) * day)
      : far
    if (file.ward)
      bonds.push({ principal: wards[file.ward as keyof typeof wards], kind: 'admission', since, until })
    if (file.team) bonds.push({ principal: file.team, kind: 'open episode', since, until })
    if (file.source.endsWith('-gp') && whom.practice)
      bonds.push({
        principal: `${whom.practice.toLowerCase()}-practice`,
        kind: 'registered practice',
        since: new Date(0),
        until: far,
      })
  }
  return { bonds, objection: whom.objection, protectedAddress: whom.protectedAddress }
}

export const itemIn = (place: Place, file: WorldFile, one: WorldItem, location: boolean): Item => ({
  category: categoryIn(file, one),
  source: file.source,
  organisation: place.sources.find((source) => source.id === file.source)?.organisation ?? '',
  restricted: one.restricted,
  location,
  reported: false,
  others: [],
})
