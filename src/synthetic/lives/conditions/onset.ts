import type { Dice } from '../../dice.ts'
import type { ConditionId } from '../../health/conditions.ts'
import type { Illness, Smoking } from '../health.ts'
import { DAYS_A_YEAR, type Day } from '../moment.ts'
import { ageAt, at } from './by-age.ts'
import { COURSES } from './courses/courses.ts'
import { type Hazard, hazardOf } from './hazard.ts'
import type { Bearer } from './risks.ts'

const HAZARDS: readonly Hazard[] = COURSES.map((course) => hazardOf(course, COURSES))
const TYPE_1 = COURSES.findIndex((each) => each.condition === 'type1Diabetes')

/** Somebody about to be told what befalls their body and mind, from the first day looked at to the last. */
export interface Subject extends Bearer {
  born: Day
  begin: Day
  end: Day
  smoking: Smoking
  bodyMass: number
  inCareHome: boolean
  dice: Dice
}

/** Waiting for something that comes by chance once in so many years. */
const wait = (dice: Dice, years: number): number => -Math.log(1 - dice.next()) * years * DAYS_A_YEAR

/** What a later stage puts an end to. */
const GIVES_WAY: Partial<Record<ConditionId, ConditionId>> = {
  type2Diabetes: 'preDiabetes',
  dementia: 'mildCognitiveImpairment',
  chronicKidneyDisease45: 'chronicKidneyDisease3',
}

/** How far from mild most are when found: a cancer in a poor area is found later (Cancer Research UK 2020). */
function severityOf({ dice, deprivation }: Subject, unknownFor: number): number {
  const drawn = dice.next() * (0.35 + 0.65 * dice.next())
  return Math.min(1, drawn + 0.1 * deprivation + Math.min(0.25, (0.03 * unknownFor) / DAYS_A_YEAR))
}

interface Risk {
  /** What multiplies this person's chance from the first day, by what already is. */
  times: number
  /** A cause that comes within the days looked at, and what it multiplies the chance by. */
  from: Day
  more: number
}

function riskOf(hazard: Hazard, subject: Subject, started: Started): Risk {
  const heavier = subject.age < 18 ? 0 : (subject.bodyMass - 28) / 5
  let log =
    hazard.level +
    hazard.bySex[subject.sex] +
    hazard.byDeprivation * (subject.deprivation - 0.5) +
    hazard.bySmoking[subject.smoking] +
    hazard.byBodyMass * heavier
  if (hazard.runsIn) log += hazard.spread * subject[hazard.runsIn]
  if (subject.southAsian) log += hazard.southAsian
  let from = subject.end
  let more = 1
  for (const cause of hazard.causes) {
    const since = started[cause.nth] ?? NEVER
    if (since >= subject.end) continue
    if (since <= subject.begin) log += cause.by
    else {
      from = Math.min(from, since)
      more *= Math.exp(cause.by)
    }
  }
  return { times: Math.exp(log), from, more }
}

/** The first day of each illness so far, in the order of HAZARDS; never, for what has not come. */
type Started = Float64Array
const NEVER = Number.POSITIVE_INFINITY

/** The day on which chance at a steady pace brings it, or none of the days looked at. */
function dayWithin(
  drawn: number,
  daily: number,
  { from, more }: Risk,
  begin: Day,
  end: Day,
): Day | undefined {
  // Most draws end here: the logarithm is never below the draw itself.
  if (daily <= 0 || drawn > daily * more * (end - begin)) return undefined
  let left = -Math.log(1 - drawn)
  const before = daily * Math.max(0, from - begin)
  if (left < before) return begin + Math.floor(left / daily)
  left = (left - before) / (daily * more)
  const day = Math.max(from, begin) + Math.floor(left)
  return day < end ? day : undefined
}

/** When it came to somebody who has, or comes to have, what it comes after. */
function sinceCause(hazard: Hazard, subject: Subject, started: Started): Day | undefined {
  const { dice, begin, end } = subject
  const drawn = dice.next()
  const cause = started[hazard.after] ?? NEVER
  if (cause >= end) return undefined
  const risk = riskOf(hazard, subject, started)
  const first = Math.max(begin, cause)
  const yearly = hazard.yearly * risk.times
  const years = Math.min((first - cause) / DAYS_A_YEAR, hazard.ends)
  const had = 1 - Math.exp(-yearly * years)
  if (drawn < had) return Math.round(first - (drawn / had) * years * DAYS_A_YEAR)
  return dayWithin((drawn - had) / (1 - had), yearly / DAYS_A_YEAR, risk, first, end)
}

/** When it came, by the chance that age gathers: before the days looked at, within them, or not. */
function sinceByAge(hazard: Hazard, subject: Subject, started: Started): Day | undefined {
  const { dice, begin, end, age } = subject
  const drawn = dice.next()
  const years = (end - begin) / DAYS_A_YEAR
  const sum = at(hazard.now, age)
  const rising = at(hazard.gathered, age + years) - at(hazard.gathered, age)
  if (sum === 0 && rising === 0) return undefined
  const risk = riskOf(hazard, subject, started)
  const { times, more } = risk
  // Most people's draws end here: nothing below makes the chance larger than this.
  const most = times * (sum * (1 + more * years * (hazard.kills + 10 / hazard.ends)) + rising * more)
  const told = subject.inCareHome ? hazard.inCareHome : 0
  if (drawn > most && drawn > told) return undefined
  const had = Math.max(told, 1 - Math.exp(-sum * times))
  if (drawn < had) return beganBefore(hazard, subject, (drawn / had) * sum)
  // Those who die or recover are replaced by more who fall ill, or there would be fewer each year.
  const lost = hazard.kills * had + had / (1 - Math.min(had, 0.9)) / hazard.ends
  const daily = years > 0 ? ((rising / years) * times + lost) / DAYS_A_YEAR : 0
  return dayWithin((drawn - had) / (1 - had), daily, risk, begin, end)
}

/** The day on which so much chance had been gathered, or as long ago as people live with it. */
function beganBefore({ gathered, kills, ends }: Hazard, { dice, born, begin }: Subject, amount: number): Day {
  const began = born + Math.floor(ageAt(gathered, amount) * DAYS_A_YEAR)
  const ended = kills + 1 / ends
  const latest = ended > 0 ? begin - wait(dice, 1 / ended) : began
  return Math.max(born, Math.min(begin, Math.round(Math.max(began, latest))))
}

function untilOf({ ends, overBy }: Hazard, { dice, born, begin, end }: Subject, since: Day): Day | undefined {
  let until = born + Math.round(overBy * DAYS_A_YEAR)
  if (ends < NEVER) until = Math.min(until, Math.max(since, begin) + 1 + Math.floor(wait(dice, ends)))
  return until < end ? until : undefined
}

const isFoundBefore = (found: Day | undefined, until: Day | undefined): boolean =>
  found !== undefined && (until === undefined || found <= until)

/** Everything with a course of its own that somebody has or comes to have, causes before what they cause. */
export function illnessesOf(subject: Subject): Illness[] {
  const { dice, begin, end } = subject
  const illnesses: Illness[] = []
  const started: Started = new Float64Array(HAZARDS.length).fill(NEVER)
  let nth = -1
  for (const hazard of HAZARDS) {
    nth += 1
    const { condition } = hazard
    if (hazard.only !== undefined && hazard.only !== subject.sex) continue
    if (condition === 'preDiabetes' && started[TYPE_1] !== NEVER) continue
    const since = (hazard.after < 0 ? sinceByAge : sinceCause)(hazard, subject, started)
    if (since === undefined) continue
    const until = untilOf(hazard, subject, since)
    if (until !== undefined && until <= begin) continue
    started[nth] = since
    const found = dice.chance(hazard.found) ? since + Math.floor(wait(dice, hazard.delay)) : undefined
    const severity = severityOf(subject, found === undefined ? 0 : found - since)
    const illness: Illness = { condition, since, severity }
    if (until !== undefined) illness.until = until
    if (found !== undefined && found < end && isFoundBefore(found, until)) illness.found = found
    illnesses.push(illness)
    const before = GIVES_WAY[condition]
    if (before) giveWay(illnesses, before, since)
  }
  return illnesses
}

/**
 * An earlier stage is over on the day a later one begins; if nobody had found it by then, nobody will. One that was skipped
 * never was.
 */
function giveWay(illnesses: Illness[], condition: ConditionId, day: Day): void {
  const place = illnesses.findIndex((each) => each.condition === condition)
  const earlier = illnesses[place]
  if (!earlier) return
  if (earlier.since > day) {
    illnesses.splice(place, 1)
    return
  }
  if (earlier.until === undefined || earlier.until > day) earlier.until = day
  if (!isFoundBefore(earlier.found, earlier.until)) delete earlier.found
}
