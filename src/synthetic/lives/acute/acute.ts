import { type Living, livesInCareHomeOn } from '../living.ts'
import { DAYS_A_YEAR, type Day, MINUTES_A_DAY } from '../moment.ts'
import type { Clinic } from './causes/clinics.ts'
import { CLINICS, PROBLEMS, problemNamed } from './causes/every-cause.ts'
import type { Problem } from './causes/problems.ts'
import { gapFor } from './chance.ts'
import { birthStay, childbirth, childbirthSteps } from './childbirth.ts'
import type { Course, Step } from './course.ts'
import { crisis } from './emergency.ts'
import { crisisOf, lastStep, moveStep, type SettledStep, settled } from './last-days.ts'
import { clinic, sentTo } from './planned.ts'
import { type RateTable, ratesOn, rateTable, rowBy } from './rates.ts'
import { dayWeight, growthOn, HIGHEST } from './seasons.ts'

/**
 * In the most deprived tenth of England people come to A&E twice as often as in the least (Hospital Accident & Emergency Activity
 * 2023-24): more than their illnesses say, because they turn to it sooner. `times` keeps the borough's sum, as more of it is poor.
 */
const CRISES = rateTable(PROBLEMS, { poor: 1.55, times: 0.89 })
const REFERRALS = rateTable(CLINICS, { poor: 1, times: 1 })

/** Referrals made this long before the window are followed, so that on its first day people wait for appointments and operations as on any other. */
const BEFORE = 480

/** Draws what befalls somebody, half a year at a time, so that rates follow age, illness and frailty. */
function draw(
  living: Living,
  table: RateTable,
  from: Day,
  until: Day,
  most: number,
  found: (day: Day, row: number) => void,
) {
  const { dice } = living
  const span = Math.ceil(DAYS_A_YEAR / 2)
  for (let begins = from; begins < until; begins += span) {
    const ends = Math.min(begins + span, until)
    const sum = ratesOn(table, living, begins)
    if (sum <= 0) continue
    for (let day = begins + gapFor(dice, sum * most); day < ends; day += gapFor(dice, sum * most))
      found(Math.floor(day), rowBy(table, sum, dice))
  }
}

function crises(living: Living, steps: Step[]): void {
  const { present } = living.resident
  const { dice } = living
  draw(living, CRISES, present.from, present.until, HIGHEST, (day, row) => {
    const problem = PROBLEMS[row] as Problem
    const growing = problem.admitted < 0.3 ? growthOn(day) : 1
    if (dice.next() * HIGHEST < dayWeight(problem.season, problem.clock, day) * growing)
      steps.push({ kind: 'crisis', day, problem })
  })
}

function referrals(living: Living, steps: Step[]): void {
  const { resident, world } = living
  const here = resident.arrived === 'here at the start'
  const from = here ? Math.max(world.window.from - BEFORE, resident.born) : resident.present.from
  draw(living, REFERRALS, from, resident.present.until, 1, (day, row) => {
    steps.push(sentTo(CLINICS[row] as Clinic, day))
  })
}

/** What is settled first, and the days on which it begins: nothing else may reach into them. */
function settle(living: Living, steps: Step[]): Day[] {
  const { resident, fate, world } = living
  const fixed = [resident.present.until]
  for (const day of resident.givesBirth)
    if (day >= resident.present.from && day < resident.present.until) fixed.push(day)
  const { end, careHome } = fate
  let before: Day = resident.present.until
  if (end) {
    const inHome = livesInCareHomeOn(living, end.day)
    const last = lastStep(living, problemNamed(crisisOf(end.cause.icd10)), inHome)
    if (last) {
      steps.push(last)
      fixed.push(last.day, end.day)
      before = last.day
    }
  }
  if (careHome && careHome.from > world.window.from) {
    const move = moveStep(
      living,
      problemNamed(living.dice.chance(0.4) ? 'fall, unhurt' : 'cannot manage'),
      before,
    )
    if (move) {
      steps.push(move)
      fixed.push(move.day, careHome.from)
    }
  }
  return fixed.sort((a, b) => a - b)
}

/** What brings somebody to hospital and what hospitals do: emergencies, planned care, childbirth, and the last days. */
export function acuteCare(living: Living): void {
  const { resident } = living
  const steps: Step[] = []
  const fixed = settle(living, steps)
  const course: Course = { living, steps, free: resident.present.from * MINUTES_A_DAY, fixed }
  birthStay(
    course,
    steps.find((step): step is SettledStep => step.kind === 'settled' && step.dies !== undefined),
  )
  for (const step of childbirthSteps(resident)) steps.push(step)
  crises(living, steps)
  referrals(living, steps)
  steps.sort((a, b) => b.day - a.day)
  for (let step = steps.pop(); step; step = steps.pop()) {
    if (step.day >= resident.present.until) break
    if (step.kind === 'crisis') crisis(course, step.problem, step.day, step.because)
    else if (step.kind === 'clinic') clinic(course, step)
    else if (step.kind === 'childbirth') childbirth(course, step)
    else settled(course, step)
  }
}
