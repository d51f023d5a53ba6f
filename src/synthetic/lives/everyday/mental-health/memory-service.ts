import { workdayFrom } from '../../bank-holidays.ts'
import { isAtHome } from '../../living.ts'
import { type Day, momentOn } from '../../moment.ts'
import { seeOn, takeOn, type Visit } from '../caseload.ts'
import type { Everyday } from '../hospital-story.ts'
import { ageAt, comings } from '../standing.ts'

/**
 * The memory service finds dementia: it sees people from some months before the day on which a practice writes the diagnosis
 * down. The national memory service audit of 2021 found 17.7 weeks from referral to diagnosis, and dementia in about six in ten
 * of those assessed.
 */
const WEEKS_BEFORE = { least: 8, most: 27 }
/** Referrals a year of people of 65 and over in whom no dementia is found. */
const OTHERS = 0.012

const first: Visit = {
  what: 'Memory service: assessment',
  mode: 'clinic',
  minutes: 90,
  rounds: [[9, 15]],
  missed: 0.04,
}
const told: Visit = {
  what: 'Memory service: results and diagnosis',
  mode: 'clinic',
  minutes: 60,
  rounds: [[9, 16]],
}
const after: Visit = {
  what: 'Memory service: follow-up after diagnosis',
  mode: 'home',
  minutes: 50,
  rounds: [[9, 16]],
  missed: 0.03,
}

function assessed(life: Everyday, referred: Day, settled: Day, score: number, dementia: boolean): void {
  const { dice, resident } = life
  const from = Math.max(referred, resident.present.from)
  const start = workdayFrom(from)
  const caseload = takeOn(life, {
    service: 'memory service',
    from: dice.chance(0.85) ? 'GP' : 'hospital',
    reason: dementia ? { text: 'Memory problems', condition: 'dementia' } : { text: 'Memory problems' },
    at: momentOn(start, 9) + dice.whole(0, 420),
    since: referred,
    until: settled + (dementia ? 300 : 20),
  })
  if (!caseload) return
  const tested = Math.round(referred + (settled - referred) * 0.75)
  seeOn(life, caseload, first, tested, [{ test: 'memoryScore', value: score }])
  seeOn(life, caseload, told, settled)
  if (!dementia) return
  // Tablets are started and looked at after a month and three; then the practice carries on.
  for (const days of [30, 90, 270]) seeOn(life, caseload, after, settled + days)
}

export function memoryService(life: Everyday): void {
  const { health, resident, dice } = life
  const { from, until } = resident.present
  const dementia = health.illnesses.find(({ condition }) => condition === 'dementia')
  if (dementia) {
    if (dementia.found === undefined || dementia.found < from - 250 || dementia.found >= until) return
    const wait = dice.whole(WEEKS_BEFORE.least * 7, WEEKS_BEFORE.most * 7)
    const score = Math.round(Math.max(20, Math.min(82, 80 - 45 * dementia.severity + dice.near(0, 7))))
    assessed(life, dementia.found - wait, dementia.found, score, true)
    return
  }
  if (ageAt(life, from) < 62) return
  const mild = health.illnesses.some(({ condition }) => condition === 'mildCognitiveImpairment')
  for (const day of comings(dice, OTHERS * (mild ? 6 : 1) * health.propensity, from, until)) {
    if (!isAtHome(life, day)) continue
    const score = mild ? dice.whole(78, 90) : dice.whole(86, 99)
    assessed(life, day, day + dice.whole(WEEKS_BEFORE.least * 7, WEEKS_BEFORE.most * 7), score, false)
    return
  }
}
