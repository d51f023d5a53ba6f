import { DAYS_A_YEAR } from '../../moment.ts'
import type { Everyday } from '../hospital-story.ts'
import { supportAfterHospital } from './after-hospital.ts'
import { requests } from './asking.ts'
import { careHomeStays } from './care-home.ts'
import { carersSupport } from './carers.ts'
import { longTermSupport } from './long-term.ts'
import { safeguarding } from './safeguarding.ts'

/** What the council does for adults, and who lives in care homes and at whose cost. Children’s social care is not told. */
export function socialCare(life: Everyday): void {
  const { resident } = life
  if (resident.present.until - resident.born < 18 * DAYS_A_YEAR) return
  careHomeStays(life)
  const livesInHome = resident.homes[0]?.household.careHome !== undefined
  const early = livesInHome ? undefined : longTermSupport(life)
  const supported = supportAfterHospital(life, early)
  requests(life, supported)
  carersSupport(life)
  safeguarding(life, supported)
}
