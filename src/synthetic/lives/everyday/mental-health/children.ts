import type { ConditionId } from '../../../health/conditions.ts'
import { conditionFacts } from '../../../health/conditions.ts'
import { workdayFrom } from '../../bank-holidays.ts'
import { type Day, momentOn } from '../../moment.ts'
import { seeEvery, seeOn, takeOn, type Visit } from '../caseload.ts'
import type { Everyday } from '../hospital-story.ts'
import { comings } from '../standing.ts'

/**
 * Children’s mental health. Rotherham’s plan of 2023 (4.1): four in ten wait more than 18 weeks for assessment or treatment. About
 * a quarter of referrals are not accepted (Children’s Commissioner, 2022-23: 32 per cent closed before treatment in England).
 */
const REFERRED: Partial<Record<ConditionId, number>> = {
  anxiety: 0.45,
  depression: 0.5,
  selfHarm: 0.4,
  eatingDisorder: 0.5,
  adhd: 0.24,
  autism: 0.24,
}
const OTHERS = 0.03
const ACCEPTED = 0.74
/** Half of those who wait past 18 weeks wait for much longer: the long queue is for autism and attention. */
const QUICK = 0.6

const assessment: Visit = {
  what: 'CAMHS: first assessment',
  mode: 'clinic',
  minutes: 75,
  rounds: [[9, 16]],
  missed: 0.08,
}
const session: Visit = {
  what: 'CAMHS: session',
  mode: 'clinic',
  minutes: 50,
  rounds: [[9, 17]],
  missed: 0.1,
  cancelled: 0.06,
}

function referred(life: Everyday, day: Day, text: string, condition: ConditionId | undefined): void {
  const { dice, resident } = life
  const open = workdayFrom(day)
  const accepted = dice.chance(ACCEPTED)
  const wait = accepted
    ? dice.chance(QUICK)
      ? dice.whole(10, 124)
      : dice.whole(127, 330)
    : dice.whole(3, 15)
  const days = dice.whole(60, 320)
  // Nobody starts after the eighteenth birthday; whoever is being seen then moves on to adult services.
  const grown = resident.born + 18 * 365
  const caseload = takeOn(life, {
    service: 'children’s mental health',
    from: dice.weighted([
      ['GP', 45],
      ['school', 30],
      ['self', 15],
      ['social care', 10],
    ] as const),
    reason: condition ? { text, condition } : { text },
    at: momentOn(open, 9) + dice.whole(0, 420),
    accepted,
    until: accepted ? Math.min(open + wait + days, Math.max(open + 1, grown)) : open + wait,
  })
  if (!caseload || !accepted) return
  seeOn(life, caseload, assessment, open + wait)
  seeEvery(
    life,
    caseload,
    session,
    dice.chance(0.5) ? 14 : 21,
    open + wait + 21,
    Math.min(open + wait + days, grown),
  )
}

export function childrensMentalHealth(life: Everyday): void {
  const { health, resident, dice } = life
  const { present, born } = resident
  const from = Math.max(present.from, born + 5 * 365)
  const until = Math.min(present.until, born + 17 * 365 + 180)
  if (from >= until) return
  for (const { condition, since, until: ends } of health.illnesses) {
    const rate = REFERRED[condition]
    if (rate === undefined) continue
    for (const day of comings(
      dice,
      rate * health.propensity,
      Math.max(from, since),
      Math.min(until, ends ?? until),
    ))
      referred(life, day, conditionFacts(condition).text, condition)
  }
  for (const day of comings(dice, OTHERS * health.propensity, from, until))
    referred(
      life,
      day,
      dice.pick(['Low mood', 'Worries and panic', 'Anger and behaviour', 'Bereavement']),
      undefined,
    )
}
