import { diceFor } from '../../dice.ts'
import type { Living } from '../living.ts'
import { communityCare } from './community/community.ts'
import { contactCentre } from './contact-centre/contact-centre.ts'
import { hospiceAtHome } from './end-of-life/hospice-at-home.ts'
import { hospiceBeds } from './end-of-life/hospice-beds.ts'
import { type Everyday, hospitalStoryOf } from './hospital-story.ts'
import { mentalHealthBeds } from './mental-health/beds.ts'
import { mentalHealthCare } from './mental-health/mental-health.ts'
import { practiceCare } from './practice/practice.ts'
import { socialCare } from './social-care/social-care.ts'
import { telecare } from './telecare/telecare.ts'
import { socialPrescribing } from './voluntary/social-prescribing.ts'

/** In order. Beds outside the hospital come first: nobody is visited at home, or goes to a surgery, who lies in one. */
const PARTS: readonly (readonly [string, (life: Everyday) => void])[] = [
  ['hospice beds', hospiceBeds],
  ['mental health beds', mentalHealthBeds],
  ['practice', practiceCare],
  ['community', communityCare],
  ['mental health', mentalHealthCare],
  ['hospice', hospiceAtHome],
  ['social care', socialCare],
  ['social prescribing', socialPrescribing],
  ['telecare', telecare],
  // Last: it rings about what the others do.
  ['co-ordination centre', contactCentre],
]

/** What services outside hospital do: practices, community, mental health, social care, and homes themselves. */
export function everydayCare(living: Living): void {
  const life: Everyday = { ...living, hospital: hospitalStoryOf(living) }
  const { seed } = living.world
  for (const [name, part] of PARTS) {
    life.dice = diceFor(`${seed}/${name}/${living.resident.serial}`)
    part(life)
  }
}
