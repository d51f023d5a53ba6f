import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Place } from '../../access/index.ts'
import { Unavailable } from '../../platform/index.ts'
import { type Validator, validatorFor } from '../validation/index.ts'

/**
 * Looks at the start at the profiles that a place lays in its folder and expects of its senders; a place with neither reads nothing yet.
 * @throws Unavailable naming the file that cannot be read, or the sender and the profile that is not known
 */
export function mustKnowExpected({ folder, senders }: Place): void {
  const expected = senders.flatMap(({ id, fhir }) =>
    Object.entries(fhir?.expectedProfiles ?? {}).map(([type, url]) => ({ id, type, url })),
  )
  if (expected.length === 0 && !existsSync(join(folder, 'profiles'))) return
  const { known } = readFrom(folder)
  for (const { id, type, url } of expected)
    if (known.snapshot(url)?.type !== type)
      throw new Unavailable(
        `${folder}/senders.json: ${id} is to meet ${url}, which is no profile of ${type} that is known.`,
      )
}

function readFrom(folder: string): Validator {
  try {
    return validatorFor(folder)
  } catch (problem) {
    throw new Unavailable(`The profiles in ${folder} cannot be used: ${(problem as Error).message}`)
  }
}
