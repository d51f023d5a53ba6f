import { isAtHome, livesInCareHomeOn } from '../../living.ts'
import { DAYS_A_YEAR } from '../../moment.ts'
import type { Everyday } from '../hospital-story.ts'
import { comings } from '../standing.ts'
import { note, officeHours, openDay } from './events.ts'
import type { Supported } from './long-term.ts'

/**
 * Concerns about abuse or neglect of adults with care needs: 615,500 in England in 2023-24, of which about 28 in 100 led to an enquiry
 * under section 42; neglect is the most frequent kind (Safeguarding Adults Collection). Councils differ tenfold in what they count:
 * here only concerns about people whom the council or a home looks after are told.
 */
const PER_YEAR = { inCareHome: 0.2, supported: 0.12 }
const ENQUIRY = 0.28

const KINDS = [
  ['Neglect or acts of omission', 42],
  ['Physical abuse', 18],
  ['Psychological abuse', 13],
  ['Financial abuse', 14],
  ['Self-neglect', 13],
] as const

export function safeguarding(life: Everyday, supported: Supported | undefined): void {
  const { resident, dice } = life
  const { from, until } = resident.present
  const adult = Math.max(from, resident.born + Math.ceil(18 * DAYS_A_YEAR))
  const inHome = livesInCareHomeOn(life, until - 1)
  if (!inHome && !supported) return
  for (const day of comings(dice, inHome ? PER_YEAR.inCareHome : PER_YEAR.supported, adult, until)) {
    const known =
      livesInCareHomeOn(life, day) || (supported && supported.from <= day && day < supported.until)
    if (!known || !isAtHome(life, day)) continue
    const open = openDay(life, day)
    if (open === undefined) return
    note(life, {
      at: officeHours(life, open),
      event: 'safeguarding concern',
      reason: { text: dice.weighted(KINDS) },
      support: 'PHY-CARE',
      outcome: dice.chance(ENQUIRY) ? 'Enquiry under section 42' : 'No enquiry: advice given',
    })
  }
}
