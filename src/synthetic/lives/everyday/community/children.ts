import { workdayFrom } from '../../bank-holidays.ts'
import { isKnownOn } from '../../health.ts'
import { calendar, type Day, dayFrom, momentOn } from '../../moment.ts'
import { seeOn, startOf, takeOn, type Visit } from '../caseload.ts'
import { episode, type Need } from '../episodes.ts'
import type { Everyday } from '../hospital-story.ts'
import { ageAt, comings } from '../standing.ts'

/**
 * The Healthy Child Programme’s contacts after birth that every family is offered, by days of age, and the share of families that
 * have them (Office for Health Improvement and Disparities, health visitor service delivery metrics 2023-24, England).
 */
const MANDATED: readonly { visit: Visit; age: number; within: number; had: number }[] = [
  { visit: visit('New birth visit', 'home', 60), age: 10, within: 4, had: 0.97 },
  { visit: visit('Review at 6 to 8 weeks', 'home', 45), age: 44, within: 14, had: 0.9 },
  { visit: visit('Review at 1 year', 'clinic', 45), age: 335, within: 45, had: 0.87 },
  { visit: visit('Review at 2 to 2½ years', 'clinic', 45), age: 745, within: 120, had: 0.79 },
]

/** Put off for some weeks: 83 in 100 new birth visits are within 14 days (the same metrics), weekends apart. */
const PUT_OFF = 0.09

/** Measured in the first and the last year of primary school: the National Child Measurement Programme reaches 95 per cent. */
const MEASURED = {
  ages: [5, 11],
  had: 0.94,
  visit: visit('Height and weight measured at school', 'school', 10),
}

function visit(what: string, mode: Visit['mode'], minutes: number): Visit {
  return { what, mode, minutes, rounds: [[9, 16]], missed: mode === 'clinic' ? 0.06 : 0 }
}

const worries: Need = {
  service: 'health visiting',
  from: 'self',
  reason: 'Feeding, sleep or behaviour',
  days: 45,
  wait: 6,
  visit: { ...visit('Health visitor: support at home', 'home', 45), cancelled: 0.05 },
  every: 12,
}
const atSchool: Need = {
  service: 'school nursing',
  from: 'school',
  reason: 'Health at school',
  days: 60,
  wait: 10,
  visit: { ...visit('School nurse: one to one', 'school', 30), cancelled: 0.05 },
  every: 14,
}

function underFive(life: Everyday): void {
  const { resident, dice, world } = life
  const { born, present } = resident
  const until = born + Math.floor(5 * 365.25)
  if (until <= present.from) return
  const at = momentOn(Math.max(present.from, born + 1), 9)
  const caseload = takeOn(life, {
    service: 'health visiting',
    from: born >= present.from ? 'hospital' : 'GP',
    reason: { text: 'Healthy child programme' },
    at,
    since: born + 1,
    ...(until < world.window.until && { until }),
  })
  if (!caseload) return
  for (const { visit, age, within, had } of MANDATED) {
    const day = born + age + dice.whole(0, within) + (dice.chance(PUT_OFF) ? dice.whole(4, 18) : 0)
    if (dice.chance(had) && day > present.from) seeOn(life, caseload, visit, day)
  }
  // Families in the poorest neighbourhoods need about twice as much beyond what everybody is offered.
  const deprived = resident.homes[0]?.household.neighbourhood.deprivation ?? 0.5
  for (const day of comings(
    dice,
    0.1 + 0.2 * deprived,
    Math.max(present.from, born + 14),
    Math.min(until, present.until),
  ))
    episode(life, worries, undefined, day)
}

/** A day in a summer term of the year in which a child has this age at its start of school. */
function measuringDay(born: Day, age: number, chance: number): Day {
  const { year, month } = calendar(born)
  const start = year + age - 1 + (month >= 9 ? 1 : 0)
  return dayFrom(`${start + 1}-01-10`) + Math.floor(chance * 180)
}

function atSchoolAge(life: Everyday): void {
  const { resident, dice, health } = life
  const { born, present } = resident
  for (const age of MEASURED.ages) {
    const day = workdayFrom(measuringDay(born, age, dice.next()))
    if (day <= present.from || day >= present.until || !dice.chance(MEASURED.had)) continue
    const at = startOf(life, MEASURED.visit, day)
    const caseload = takeOn(life, {
      service: 'school nursing',
      from: 'school',
      reason: { text: 'National child measurement programme' },
      at: at - 5,
      until: day,
    })
    if (caseload) seeOn(life, caseload, MEASURED.visit, day)
  }
  const special = isKnownOn(health, 'specialEducationalNeeds', present.from)
  for (const day of comings(dice, special ? 0.1 : 0.018, present.from, present.until))
    episode(life, atSchool, undefined, day)
}

export function childrenInTheCommunity(life: Everyday): void {
  const age = ageAt(life, life.resident.present.from)
  if (age < 5) underFive(life)
  if (age >= 3 && age < 17) atSchoolAge(life)
}
