import { diceFor } from '../dice.ts'
import type { LifeStory } from '../lives/story.ts'
import type { Place } from '../place.ts'
import { beginLife, type Sent, sendAll } from '../record/file.ts'
import { closeOnDeath } from '../stories/death.ts'
import { retellCaseloads } from './caseloads.ts'
import { retellHospital } from './hospital.ts'
import { momentOf } from './instant.ts'
import { personOf } from './person.ts'
import { retellPractice } from './practice.ts'
import { retellSocialCare } from './social-care.ts'
import type { Telling } from './telling.ts'

/**
 * What every source of the record has written about somebody by now, one message from each. Told again at a later moment it says the
 * same under the same ids, and more.
 */
export function retell(
  story: LifeStory,
  { seed, place, now }: { seed: string; place: Place; now: Date },
): Sent[] {
  const moment = momentOf(now)
  const person = personOf(story, seed, moment)
  const death = story.happenings.find((each) => each.kind === 'death' && each.at <= moment)
  const telling: Telling = {
    story,
    life: beginLife(person, now, place),
    // Nothing is written of the dead but what was open being closed.
    now: death?.at ?? moment,
    diceFor: (chapter) => diceFor(`${person.key}/${chapter}`),
  }
  retellPractice(telling)
  retellHospital(telling)
  retellCaseloads(telling)
  retellSocialCare(telling)
  closeOnDeath(telling.life)
  return sendAll(telling.life, now)
}
