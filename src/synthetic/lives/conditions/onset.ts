import type { Dice } from '../../dice.ts'
import type { ConditionId } from '../../health/conditions.ts'
import type { Illness, Smoking } from '../health.ts'
import { DAYS_A_YEAR, type Day } from '../moment.ts'
import { COURSES } from './courses/courses.ts'
import { ageAt, at, type Hazard, hazardOf } from './hazard.ts'
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

function sinceOf(hazard: Hazard, subject: Subject, started: Started): Day | undefined {
  const { course } = hazard
  const { dice, begin, end, born, age } = subject
  let drawn = dice.next()
  let first = begin
  let had: number
  let daily: number
  const risk = riskOf(hazard, subject, started)
  const { times } = risk
  if (course.after) {
    const cause = started[hazard.after] ?? NEVER
    if (cause >= end) return undefined
    first = Math.max(begin, cause)
    const years = Math.min((first - cause) / DAYS_A_YEAR, course.ends ?? 100)
    had = 1 - Math.exp(-hazard.yearly * times * years)
    daily = (hazard.yearly * times) / DAYS_A_YEAR
    if (drawn < had) return Math.round(first - (drawn / had) * years * DAYS_A_YEAR)
  } else {
    const sum = at(hazard.now, age)
    if (sum === 0 && at(hazard.now, age + (end - begin) / DAYS_A_YEAR) === 0) return undefined
    had = 1 - Math.exp(-sum * times)
    if (subject.inCareHome && course.inCareHome !== undefined) had = Math.max(had, course.inCareHome)
    if (drawn < had) {
      const began = born + Math.floor(ageAt(hazard.gathered, (drawn / had) * sum) * DAYS_A_YEAR)
      const ended = (course.kills ?? 0) + (course.ends ? 1 / course.ends : 0)
      const latest = ended > 0 ? begin - wait(dice, 1 / ended) : began
      return Math.max(born, Math.min(begin, Math.round(Math.max(began, latest))))
    }
    // Those who die or recover are replaced by more who fall ill, or there would be fewer each year.
    const years = (end - begin) / DAYS_A_YEAR
    const rising = years > 0 ? (at(hazard.gathered, age + years) - at(hazard.gathered, age)) / years : 0
    const lost = (course.kills ?? 0) * had + (course.ends ? had / (1 - Math.min(had, 0.9)) / course.ends : 0)
    daily = (rising * times + lost) / DAYS_A_YEAR
  }
  drawn = (drawn - had) / (1 - had)
  return dayWithin(drawn, daily, risk, first, end)
}

function untilOf({ course }: Hazard, subject: Subject, since: Day): Day | undefined {
  const ends: Day[] = []
  if (course.ends) ends.push(Math.max(since, subject.begin) + 1 + Math.floor(wait(subject.dice, course.ends)))
  if (course.overBy) ends.push(subject.born + Math.round(course.overBy * DAYS_A_YEAR))
  const until = Math.min(...ends)
  return until < subject.end ? until : undefined
}

const isFoundBefore = (found: Day | undefined, until: Day | undefined): boolean =>
  found !== undefined && (until === undefined || found <= until)

/** Everything with a course of its own that somebody has or comes to have, causes before what they cause. */
export function illnessesOf(subject: Subject): Illness[] {
  const { dice, begin, end } = subject
  const illnesses: Illness[] = []
  const started: Started = new Float64Array(HAZARDS.length).fill(NEVER)
  for (const [nth, hazard] of HAZARDS.entries()) {
    const { condition, course } = hazard
    if (course.only && course.only !== subject.sex) continue
    if (condition === 'preDiabetes' && started[TYPE_1] !== NEVER) continue
    const since = sinceOf(hazard, subject, started)
    if (since === undefined) continue
    const until = untilOf(hazard, subject, since)
    if (until !== undefined && until <= begin) continue
    started[nth] = since
    const found = dice.chance(course.found) ? since + Math.floor(wait(dice, course.delay)) : undefined
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

/** An earlier stage is over on the day a later one begins; if nobody had found it by then, nobody will. One that was skipped never was. */
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
