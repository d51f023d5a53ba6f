import { workdayFrom } from '../../bank-holidays.ts'
import { hasOn } from '../../health.ts'
import { frailtyOn, isAtHome } from '../../living.ts'
import { DAYS_A_YEAR, type Day, momentOn } from '../../moment.ts'
import { seeOn, takeOn, type Visit } from '../caseload.ts'
import type { Everyday } from '../hospital-story.ts'
import { comings } from '../standing.ts'

/**
 * Rotherham’s voluntary sector takes about 2,000 referrals a year from practices (paper of July 2016), for people with long-term
 * conditions whom something other than medicine would help. Link workers meet them some six times and point to groups nearby.
 */
const PER_YEAR = { any: 0.0022, longTermPain: 0.012, low: 0.016, frailAtAQuarter: 0.02 }

const REASONS = [
  ['Lonely or isolated', 34],
  ['Low mood', 22],
  ['Managing a long-term condition', 20],
  ['Money, benefits or debt', 14],
  ['Wants to be more active', 10],
] as const

const meeting: Visit = {
  what: 'Link worker: first conversation',
  mode: 'home',
  minutes: 60,
  rounds: [[9, 16]],
  missed: 0.05,
}
const call: Visit = {
  what: 'Link worker: call',
  mode: 'telephone',
  minutes: 20,
  rounds: [[9, 17]],
  missed: 0.1,
}
const visit: Visit = { ...meeting, what: 'Link worker: going along to a group', mode: 'clinic', minutes: 75 }
const last: Visit = { ...meeting, what: 'Link worker: looking back', minutes: 40, missed: 0 }

/** The short Warwick-Edinburgh scale, 7 to 35: the country’s mean is 23.5 (Ng Fat 2017); those referred begin lower and gain about two. */
const wellbeing = (value: number) =>
  [{ test: 'wellbeing', value: Math.round(Math.max(7, Math.min(35, value))) }] as const

function referred(life: Everyday, day: Day): void {
  const { dice } = life
  const open = workdayFrom(day)
  const first = open + dice.whole(5, 25)
  const times = dice.whole(2, 7)
  const ends = first + times * 16 + 7
  const caseload = takeOn(life, {
    service: 'social prescribing',
    from: dice.weighted([
      ['GP', 80],
      ['social care', 10],
      ['self', 10],
    ] as const),
    reason: { text: dice.weighted(REASONS) },
    at: momentOn(open, 9) + dice.whole(0, 480),
    until: ends,
  })
  if (!caseload) return
  const before = dice.near(18.5, 3)
  seeOn(life, caseload, meeting, first, wellbeing(before))
  for (let nth = 1; nth < times; nth++) seeOn(life, caseload, nth % 3 === 2 ? visit : call, first + nth * 16)
  if (dice.chance(0.7)) seeOn(life, caseload, last, first + times * 16, wellbeing(before + dice.near(2.2, 2)))
}

export function socialPrescribing(life: Everyday): void {
  const { resident, health, dice } = life
  const { present, born } = resident
  const from = Math.max(present.from, born + Math.ceil(18 * DAYS_A_YEAR))
  if (from >= present.until) return
  let perYear = PER_YEAR.any + PER_YEAR.frailAtAQuarter * Math.min(3, (frailtyOn(life, from) / 0.25) ** 2)
  if (health.illnesses.length > 0) {
    if (hasOn(health, 'chronicPain', from)) perYear += PER_YEAR.longTermPain
    if (hasOn(health, 'depression', from) || hasOn(health, 'anxiety', from)) perYear += PER_YEAR.low
  }
  let free = from
  for (const day of comings(dice, perYear * health.propensity, from, present.until))
    if (day >= free && isAtHome(life, day)) {
      referred(life, day)
      free = day + 200
    }
}
