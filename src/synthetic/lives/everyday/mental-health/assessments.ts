import { workdayFrom } from '../../bank-holidays.ts'
import { isAtHome } from '../../living.ts'
import { DAYS_A_YEAR, type Day, momentOn } from '../../moment.ts'
import { seeOn, takeOn, type Visit } from '../caseload.ts'
import type { Everyday } from '../hospital-story.ts'
import { comings } from '../standing.ts'

/**
 * Grown-ups who ask whether they have autism or attention deficit, and wait long to hear. Open referrals in England, spring 2025 (NHS
 * England, ADHD management information and autism waiting time statistics): about 350,000 adults for the one and 80,000 for the other,
 * 2,000 for a borough of 267,000.
 */
const PER_YEAR = 0.0125
const AGES = { from: 18, until: 46 }
/** Days from referral to the assessment. */
const WAITS = { least: 240, most: 900 }
const QUESTIONS = [
  ['Attention deficit: assessment', 80],
  ['Autism: assessment', 20],
] as const

const assessment: Visit = {
  what: 'Adult autism and attention service: assessment',
  mode: 'clinic',
  minutes: 90,
  rounds: [[9, 16]],
  missed: 0.1,
  cancelled: 0.05,
}
const told: Visit = {
  ...assessment,
  what: 'Adult autism and attention service: results',
  mode: 'video',
  minutes: 40,
}

/** @returns the day on which the service is done with them */
function waitsFor(life: Everyday, referred: Day): Day {
  const { dice, resident } = life
  const seen = referred + dice.whole(WAITS.least, WAITS.most)
  const until = seen + dice.whole(25, 60)
  const first = workdayFrom(Math.max(referred, resident.present.from))
  if (seen <= first) return until
  const caseload = takeOn(life, {
    service: 'community mental health',
    from: 'GP',
    reason: { text: dice.weighted(QUESTIONS) },
    at: momentOn(first, 9) + dice.whole(0, 420),
    since: referred,
    until,
  })
  if (!caseload) return until
  seeOn(life, caseload, assessment, seen)
  seeOn(life, caseload, told, seen + 20)
  return until
}

/** Those who were waiting already when the window opens are told of with the rest: each is asked about once at a time. */
export function adultAssessments(life: Everyday): void {
  const { resident, health, dice } = life
  const { present, born } = resident
  const from = Math.max(present.from - WAITS.most, born + Math.ceil(AGES.from * DAYS_A_YEAR))
  const until = Math.min(present.until, born + Math.floor(AGES.until * DAYS_A_YEAR))
  if (until <= present.from) return
  let busy = from
  for (const day of comings(dice, PER_YEAR * health.propensity, from, until))
    if (day >= busy && (day < present.from || isAtHome(life, day))) busy = waitsFor(life, day)
}
