import type { Place } from '../access/index.ts'
import { receiveOne } from '../demo.ts'
import type { Database } from '../platform/index.ts'
import { characters, inventPlace } from '../synthetic/index.ts'

/**
 * Keeps the named characters as their sources would have sent them by now, and nobody else.
 * @returns the NHS number of each, by the character's id; those without one are left out
 */
export async function keepCharacters(
  database: Database,
  place: Place,
  now: Date,
): Promise<Map<string, string>> {
  for (const message of inventPlace({ people: 0, seed: 'characters', now, place }))
    await receiveOne(database, place, message)
  return new Map(
    characters(now).flatMap(({ id, nhsNumber }) => (nhsNumber === null ? [] : [[id, nhsNumber]])),
  )
}
