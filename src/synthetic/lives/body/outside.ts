import { frailtyAfter, hasOn, illnessOn } from '../health.ts'
import { DAYS_A_YEAR, type Day } from '../moment.ts'
import { type Body, own, passing, severityOn } from './body.ts'
import { ageOf, between, OWN, plain, yearsSince } from './respects.ts'

/** Treated blood pressure comes near the target of 140/90 within a year (NICE NG136); unnoticed, it stays high. */
export function systolic(body: Body, day: Day): number {
  const { health } = body
  const age = ageOf(body, day)
  const mine = own(body, OWN.pressure)
  const noise = passing(body, OWN.pressure, day)
  const high = severityOn(health, 'hypertension', day)
  if (high !== undefined) {
    const untreated = 148 + 20 * high + 5 * mine
    const found = illnessOn(health, 'hypertension', day)?.found
    const treated = found === undefined ? 0 : between(yearsSince(day, found), 0, 1)
    return Math.round(untreated - (untreated - 131 - 8 * high - 5 * mine) * treated + 6 * noise)
  }
  const low = severityOn(health, 'severeFrailty', day) !== undefined ? 6 : 0
  const heavy = between(health.bodyMass - 26, -6, 14) * 0.4
  return Math.round(between(106 + 0.3 * age + heavy - low + 7 * mine + 5 * noise, 84, 158))
}

/** Diastolic pressure falls again beyond 60, as arteries stiffen. */
export function diastolicOn(body: Body, day: Day): number {
  const stiff = Math.max(ageOf(body, day) - 60, 0) * 0.25
  const value =
    systolic(body, day) * 0.6 -
    stiff +
    4 * own(body, OWN.pulsePressure) +
    3 * passing(body, OWN.pulsePressure, day)
  return Math.round(between(value, 42, 118))
}

/** The body mass of the window's first day, and what years and illness make of it. */
export function weight(body: Body, day: Day): number {
  const { health } = body
  const wasting =
    hasOn(health, 'severeFrailty', day) || hasOn(health, 'lungCancer', day)
      ? -0.03
      : hasOn(health, 'dementia', day)
        ? -0.02
        : 0
  const drift = wasting || (ageOf(body, day) > 75 ? -0.006 : 0.004) + 0.008 * own(body, OWN.weight)
  const years = (day - body.start) / DAYS_A_YEAR
  const today = 1 + drift * years + 0.006 * passing(body, OWN.weight, day)
  return health.bodyMass * health.height ** 2 * between(today, 0.75, 1.3)
}

/** PHQ-9 and GAD-7: low mood and worry ease over the year or two after help is found (0 to 27, and to 21). */
function mood(body: Body, day: Day, condition: 'depression' | 'anxiety', most: number): number {
  const severity = severityOn(body.health, condition, day)
  const noise = 2 * passing(body, OWN.mood, day)
  if (severity === undefined) return Math.round(between(most * 0.08 + noise, 0, most * 0.35))
  const found = illnessOn(body.health, condition, day)?.found
  const eased = found === undefined ? 0 : 0.45 * between(yearsSince(day, found), 0, 1)
  return Math.round(between(most * (0.38 + 0.5 * severity) * (1 - eased) + noise, 1, most))
}

/** ACE-III out of 100: below 82 suggests dementia. */
export function memory(body: Body, day: Day): number {
  const severity = severityOn(body.health, 'dementia', day)
  const noise = 2 * passing(body, OWN.memory, day)
  if (severity !== undefined) return Math.round(between(80 - 50 * severity + noise, 8, 81))
  if (hasOn(body.health, 'mildCognitiveImpairment', day)) return Math.round(between(86 + noise, 82, 91))
  return Math.round(between(94 + noise, 88, 100))
}

/** Rockwood's scale of 1 to 9, from the conditions a practice writes down, else from the share of deficits. */
export function frailtyScale(body: Body, day: Day): number {
  const { health } = body
  if (hasOn(health, 'severeFrailty', day)) return own(body, OWN.frailty) > 0 ? 7 : 6
  if (hasOn(health, 'moderateFrailty', day)) return own(body, OWN.frailty) > 1 ? 6 : 5
  if (hasOn(health, 'mildFrailty', day)) return 4
  const deficits = frailtyAfter(health, body.start, day)
  return Math.round(between(2 + deficits * 10, 1, 4))
}

export function oxygen(body: Body, day: Day): number {
  const lungs = severityOn(body.health, 'copd', day)
  const usual = lungs === undefined ? 97.3 : 96 - 4 * lungs
  return Math.round(
    between(usual + 0.8 * own(body, OWN.oxygen) + 0.6 * passing(body, OWN.oxygen, day), 85, 100),
  )
}

/** Peak flow rises to the twenties and falls slowly (Nunn and Gregg, 1989, roughly); asthma and COPD take from it. */
export function peakFlow(body: Body, day: Day): number {
  const age = ageOf(body, day)
  const grown =
    age < 18
      ? 130 + age * 17
      : body.female
        ? 460 - Math.max(age - 35, 0) * 2.2
        : 620 - Math.max(age - 35, 0) * 3
  const asthma = severityOn(body.health, 'asthma', day) ?? 0
  const copd = severityOn(body.health, 'copd', day)
  const share = copd === undefined ? 1 - 0.3 * asthma : 0.7 - 0.28 * copd
  return (
    Math.round(
      between(grown * share + 30 * own(body, OWN.airways) + 15 * passing(body, OWN.airways, day), 70, 780) /
        10,
    ) * 10
  )
}

export function pulse(body: Body, day: Day): number {
  const usual = hasOn(body.health, 'atrialFibrillation', day) ? 80 : 72
  return Math.round(between(plain(body, OWN.pulse, day, usual, 8, 5), 46, 128))
}

/** MRC breathlessness, 1 to 5. */
export function breathlessness(body: Body, day: Day): number {
  const lungs = severityOn(body.health, 'copd', day) ?? 0
  return Math.round(between(1.6 + 3 * lungs + 0.4 * passing(body, OWN.airways, day), 1, 5))
}

export const moodScore = (body: Body, day: Day) => mood(body, day, 'depression', 27)
export const worryScore = (body: Body, day: Day) => mood(body, day, 'anxiety', 21)
export const bodyMass = (body: Body, day: Day) => weight(body, day) / body.health.height ** 2
export const breathing = (body: Body, day: Day) =>
  Math.round(between(plain(body, OWN.oxygen, day, 16, 1, 1.2), 10, 26))
export const temperature = (body: Body, day: Day) => 36.6 + 0.25 * passing(body, OWN.inflammation, day)
