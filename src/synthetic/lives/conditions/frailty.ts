import type { ConditionId } from '../../health/conditions.ts'
import type { Illness } from '../health.ts'
import { DAYS_A_YEAR, type Day } from '../moment.ts'
import { byAge } from './by-age.ts'
import type { Subject } from './onset.ts'
import { normal } from './risks.ts'

/** The lasting conditions among the 36 deficits of the electronic frailty index (Clegg, Age and Ageing 2016). */
const DEFICITS: ReadonlySet<ConditionId> = new Set<ConditionId>([
  'hypertension',
  'ischaemicHeartDisease',
  'atrialFibrillation',
  'heartFailure',
  'stroke',
  'peripheralArterialDisease',
  'chronicKidneyDisease3',
  'chronicKidneyDisease45',
  'type1Diabetes',
  'type2Diabetes',
  'asthma',
  'copd',
  'osteoarthritis',
  'osteoporosis',
  'rheumatoidArthritis',
  'parkinsons',
  'dementia',
  'mildCognitiveImpairment',
  'hearingLoss',
  'sightLoss',
  'falls',
  'hypothyroidism',
  'venousLegUlcer',
  'diabeticFootUlcer',
])

/**
 * Of the other deficits (slower, weaker, housebound, many medicines, poor sleep, loss of weight, needing help), the share of 36
 * that an average person has. Chosen so that of those over 65 half are fit, 35 per cent mildly, 12 moderately and 3 severely
 * frail (Clegg 2016).
 */
const OTHERS = [
  [18, 0],
  [50, 0.004],
  [65, 0.026],
  [75, 0.057],
  [85, 0.108],
  [95, 0.17],
] as const
const others = byAge(OTHERS, 1)

/** Where one stage of frailty ends and the next begins (Clegg 2016), and the share of it a practice has coded. */
const STAGES = [
  { condition: 'mildFrailty', above: 0.12, found: 0.6 },
  { condition: 'moderateFrailty', above: 0.24, found: 0.75 },
  { condition: 'severeFrailty', above: 0.36, found: 0.85 },
] as const

export interface Frailty {
  frailty: number
  frailtyGrowth: number
}

export function frailtyOf(subject: Subject, illnesses: readonly Illness[]): Frailty {
  let deficits = 0
  for (const { condition, since } of illnesses)
    if (since <= subject.begin && DEFICITS.has(condition)) deficits += 1
  const otherwise =
    others(subject.age) * Math.exp(0.5 * normal(subject.dice) + 0.5 * (subject.deprivation - 0.5))
  const frailty = Math.min(
    0.7,
    Math.max(
      0.01,
      (0.74 * deficits) / 36 + otherwise + (subject.inCareHome ? 0.13 : 0) + 0.008 * subject.body,
    ),
  )
  // A tenth of a deficit more each year in middle age, half a deficit in the frail (Stow 2018: frailer people worsen faster).
  return { frailty, frailtyGrowth: subject.age < 50 ? 0.001 : 0.002 + 0.045 * frailty }
}

/** When each stage begins, found by a practice in those it looks at: everyone of 65 and over (GP contract 2017). */
export function stagesOf(subject: Subject, { frailty, frailtyGrowth }: Frailty): Illness[] {
  const { dice, begin, end, born } = subject
  const sixtyFive = born + Math.round(65 * DAYS_A_YEAR)
  if (sixtyFive >= end) return []
  const stages: Illness[] = []
  for (const { condition, above, found } of STAGES) {
    const crossed = begin + Math.round(((above - frailty) / frailtyGrowth) * DAYS_A_YEAR)
    const since: Day = Math.max(sixtyFive, crossed)
    if (since >= end) break
    const before = stages.at(-1)
    // Old stages are long over: only what still holds on the first day, and what comes after, is told.
    if (before && since <= begin) stages.pop()
    else if (before) {
      before.until = since
      if (before.found !== undefined && before.found > since) delete before.found
    }
    const stage: Illness = { condition, since, severity: Math.min(1, frailty * 1.6) }
    const written = since + Math.floor(-Math.log(1 - dice.next()) * 300)
    if (dice.chance(found) && written < end) stage.found = written
    stages.push(stage)
  }
  return stages
}
