import type { Reason } from '../../happening.ts'
import { frailtyOn, isAtHome } from '../../living.ts'
import { DAYS_A_YEAR, type Day, momentOn } from '../../moment.ts'
import type { Everyday } from '../hospital-story.ts'
import { ageAt, comings } from '../standing.ts'
import { enabled, equipped } from './after-hospital.ts'
import { note, openDay } from './events.ts'
import type { Supported } from './long-term.ts'

/**
 * Requests from new clients: 2,085,720 in England in 2023-24 (ASC-FR), 9,700 for the borough’s share of adults, three in ten of them
 * from people under 65. What came of them is from the same tables: over half got advice or nothing.
 */
const PER_YEAR = { under65: 0.0155, from65: 0.04, frailAtAQuarter: 0.225 }

const OUTCOMES = [
  ['Universal services or signposted', 36],
  ['No services provided', 35],
  ['Ongoing low level support', 19],
  ['Short term support to maximise independence', 3],
  ['Assessed: no services', 7],
] as const

const ROUTES = [
  ['Community: self or family', 62],
  ['Community: GP or community nurse', 22],
  ['Community: other', 12],
  ['Planned entry: transition', 0.3],
  ['Diversion from hospital services', 3.7],
] as const

const OLDER: readonly (readonly [Reason, string, number])[] = [
  [{ text: 'Help with washing, dressing and meals' }, 'PHY-CARE', 42],
  [{ text: 'Getting about the house', icd10: 'Z740' }, 'PHY-ACC', 24],
  [{ text: 'A fall at home', icd10: 'W190' }, 'PHY-ACC', 12],
  [{ text: 'Memory problems', icd10: 'R413' }, 'MEM', 12],
  [{ text: 'Loneliness', icd10: 'Z602' }, 'SOC-ISO', 6],
  [{ text: 'Sight loss', icd10: 'H547' }, 'SEN-VIS', 4],
]
const YOUNGER: readonly (readonly [Reason, string, number])[] = [
  [{ text: 'Living with a disability', icd10: 'Z736' }, 'PHY-ACC', 34],
  [{ text: 'Help with washing, dressing and meals' }, 'PHY-CARE', 20],
  [{ text: 'Managing with a mental illness' }, 'MH', 24],
  [{ text: 'Housing, debt or isolation', icd10: 'Z598' }, 'SOC-ISO', 14],
  [{ text: 'Support for autism or a learning disability' }, 'LD', 5],
  [{ text: 'Drugs or alcohol' }, 'SOC-SUB', 3],
]
const choices = (of: typeof OLDER) => of.map((row) => [row, row[2]] as const)
const REASONS = { older: choices(OLDER), younger: choices(YOUNGER) }

function asks(life: Everyday, day: Day): void {
  const { dice } = life
  const open = openDay(life, day)
  if (open === undefined) return
  const [reason, support] = dice.weighted(ageAt(life, day) >= 65 ? REASONS.older : REASONS.younger)
  const outcome = dice.weighted(OUTCOMES)
  const request = note(life, {
    at: momentOn(open, 8) + dice.whole(0, 560),
    event: 'request',
    reason,
    support,
    route: dice.weighted(ROUTES),
    outcome,
  })
  if (!request) return
  const soon = openDay(life, open + dice.whole(1, 28))
  if (soon === undefined) return
  if (outcome === 'Ongoing low level support') equipped(life, request, reason, soon)
  if (outcome === 'Short term support to maximise independence')
    enabled(life, request, reason, momentOn(soon, 9) + dice.whole(0, 480), true)
  if (outcome === 'Assessed: no services')
    note(life, {
      at: momentOn(soon, 9) + dice.whole(0, 420),
      because: request,
      event: 'assessment',
      reason,
      support,
      outcome: 'No eligible needs',
    })
}

/** Asking the council for help, while it gives none for good. */
export function requests(life: Everyday, supported: Supported | undefined): void {
  const { resident, health, dice } = life
  const { present, born } = resident
  const from = Math.max(present.from, born + Math.ceil(18 * DAYS_A_YEAR))
  const until = Math.min(
    present.until,
    supported?.from ?? present.until,
    life.fate.careHome?.from ?? present.until,
  )
  if (from >= until || resident.homes[0]?.household.careHome !== undefined) return
  const older = ageAt(life, (from + until) / 2) >= 65
  const frailty = frailtyOn(life, from)
  const need = PER_YEAR.frailAtAQuarter * Math.min(4, (frailty / 0.25) ** 2)
  const perYear = (older ? PER_YEAR.from65 + need : PER_YEAR.under65 + need * 0.3) * health.propensity
  for (const day of comings(dice, perYear, from, until)) if (isAtHome(life, day)) asks(life, day)
}
