import { hasOn, illnessOn, isKnownOn } from '../health.ts'
import type { Day } from '../moment.ts'
import { type Body, own, passing, severityOn } from './body.ts'
import { ageOf, between, OWN, plain, skewed, yearsSince } from './respects.ts'

/** HbA1c: diabetes is 48 mmol/mol and over, non-diabetic hyperglycaemia 42 to 47 (NICE NG28, PH38). */
export function sugar(body: Body, day: Day): number {
  const { health } = body
  const mine = own(body, OWN.sugar)
  const noise = passing(body, OWN.sugar, day)
  const first = severityOn(health, 'type1Diabetes', day)
  if (first !== undefined) return between(58 + 22 * first + 6 * mine + 3 * noise, 44, 130)
  const second = severityOn(health, 'type2Diabetes', day)
  if (second !== undefined) {
    // Untreated it is higher; the first year's treatment brings it down.
    const treated = isKnownOn(health, 'type2Diabetes', day)
    const found = illnessOn(health, 'type2Diabetes', day)?.found
    const settling = treated ? Math.max(0, 1 - yearsSince(day, found)) : 1
    return between(49 + 24 * second + 4 * mine + 2 * noise + 9 * settling, treated ? 43 : 48, 130)
  }
  if (hasOn(health, 'preDiabetes', day)) return between(44 + 1.2 * mine + 0.7 * noise, 42, 47)
  return between(33 + 0.06 * ageOf(body, day) + 1.8 * mine + 0.8 * noise, 26, 41)
}

/** eGFR: stage 3 is 30 to 59, stages 4 and 5 below 30 (NICE NG203); healthy kidneys lose a little each year. */
export function kidney(body: Body, day: Day): number {
  const mine = own(body, OWN.kidney)
  const noise = passing(body, OWN.kidney, day)
  const late = severityOn(body.health, 'chronicKidneyDisease45', day)
  if (late !== undefined) return between(27 - 18 * late + mine + noise, 5, 29)
  const mid = severityOn(body.health, 'chronicKidneyDisease3', day)
  if (mid !== undefined) return between(57 - 24 * mid + 2 * mine + 1.5 * noise, 30, 59)
  const age = ageOf(body, day)
  return between(118 - 0.7 * Math.max(age - 20, 0) + 7 * mine + 3 * noise, 61, 120)
}

/** The creatinine from which a laboratory would have reckoned that eGFR: CKD-EPI 2009 solved for creatinine, in µmol/L. */
export function creatinine(body: Body, day: Day): number {
  const usual = body.female ? 0.7 : 0.9
  const most = 141 * 0.993 ** ageOf(body, day) * (body.female ? 1.018 : 1)
  const ratio = most / kidney(body, day)
  const power = ratio >= 1 ? 1 / 1.209 : 1 / (body.female ? 0.329 : 0.411)
  return between(88.4 * usual * ratio ** power, 35, 900)
}

const onStatin = (body: Body, day: Day): boolean =>
  isKnownOn(body.health, 'ischaemicHeartDisease', day) ||
  isKnownOn(body.health, 'stroke', day) ||
  isKnownOn(body.health, 'type2Diabetes', day)

export function cholesterol(body: Body, day: Day): number {
  const usual = 5.3 + 0.7 * own(body, OWN.fat) + 0.15 * passing(body, OWN.fat, day) + (body.female ? 0.2 : 0)
  return between(onStatin(body, day) ? usual * 0.74 : usual, 2.4, 10)
}

export function haemoglobin(body: Body, day: Day): number {
  const { health } = body
  const old = Math.max(ageOf(body, day) - 70, 0) * 0.35
  const late = hasOn(health, 'chronicKidneyDisease45', day) ? 20 : 0
  const ill =
    late || (hasOn(health, 'chronicKidneyDisease3', day) || hasOn(health, 'bowelCancer', day) ? 8 : 0)
  return between(
    (body.female ? 133 : 147) - old - ill + 8 * own(body, OWN.blood) + 3 * passing(body, OWN.blood, day),
    72,
    178,
  )
}

export function albuminCreatinine(body: Body, day: Day): number {
  const damaged =
    hasOn(body.health, 'chronicKidneyDisease3', day) || hasOn(body.health, 'chronicKidneyDisease45', day)
  const usual = damaged ? 5 : hasOn(body.health, 'type2Diabetes', day) ? 1.8 : 0.8
  return between(skewed(body, OWN.urine, day, usual, 0.8, 0.25), 0.2, 300)
}

export function thyroid(body: Body, day: Day): number {
  const known = isKnownOn(body.health, 'hypothyroidism', day)
  const usual = known ? 2.6 : hasOn(body.health, 'hypothyroidism', day) ? 11 : 1.9
  return between(skewed(body, OWN.thyroid, day, usual, 0.35, known ? 0.3 : 0.1), 0.05, 60)
}

const inflamed = (body: Body, day: Day): boolean =>
  hasOn(body.health, 'rheumatoidArthritis', day) || hasOn(body.health, 'inflammatoryBowel', day)

export function prostate(body: Body, day: Day): number {
  const usual = hasOn(body.health, 'prostateCancer', day)
    ? 4.5
    : 0.6 + Math.max(ageOf(body, day) - 45, 0) * 0.035
  return between(skewed(body, OWN.prostate, day, usual, 0.5, 0.1), 0.1, 90)
}

/** C-reactive protein: raised by infection for a while, and by inflamed joints and bowels for good. */
export function inflammation(body: Body, day: Day): number {
  return between(skewed(body, OWN.inflammation, day, inflamed(body, day) ? 9 : 2.5, 0.5, 0.5), 1, 250)
}

export function whiteCells(body: Body, day: Day): number {
  return between(plain(body, OWN.inflammation, day, inflamed(body, day) ? 8 : 6.7, 1.3, 0.6), 2.4, 19)
}

export function urate(body: Body, day: Day): number {
  const usual = hasOn(body.health, 'gout', day) ? 470 : body.female ? 270 : 330
  return between(plain(body, OWN.urate, day, usual, 50, 20), 120, 720)
}

export function liver(body: Body, day: Day): number {
  const usual = hasOn(body.health, 'liverDisease', day) || body.health.alcohol > 35 ? 55 : 22
  return between(skewed(body, OWN.liver, day, usual, 0.35, 0.15), 7, 400)
}

/** Potassium rises as kidneys fail. */
export function potassium(body: Body, day: Day): number {
  const late = hasOn(body.health, 'chronicKidneyDisease45', day) ? 0.5 : 0
  return between(plain(body, OWN.salts, day, 4.35 + late, 0.25, 0.2), 3, 6.4)
}

/** Faecal haemoglobin, most of it none; about 2 in 100 at 60 are above the screening threshold of 120 µg/g. */
export function bowelScreen(body: Body, day: Day): number {
  const ill = hasOn(body.health, 'bowelCancer', day)
  return between(Math.exp((ill ? 4.9 : 0.4) + 2 * passing(body, OWN.bowel, day)) - 1, 0, 400)
}

/** The ratio that warfarin is dosed by: 2 to 3 is wanted. */
export const clotting = (body: Body, day: Day): number =>
  between(2.5 + 0.45 * passing(body, OWN.clotting, day), 1.1, 6)

export const sodium = (body: Body, day: Day) => between(plain(body, OWN.salts, day, 140, 1.5, 1), 124, 148)
export const platelets = (body: Body, day: Day) => between(plain(body, OWN.blood, day, 260, 50, 15), 90, 480)
export const albumin = (body: Body, day: Day) => between(plain(body, OWN.liver, day, 42, 2.5, 1), 24, 50)
export const calcium = (body: Body, day: Day) =>
  between(plain(body, OWN.salts, day, 2.38, 0.06, 0.03), 2.05, 2.9)
export const ferritin = (body: Body, day: Day) =>
  between(skewed(body, OWN.iron, day, body.female ? 55 : 120, 0.7, 0.1), 4, 900)
export const vitaminB12 = (body: Body, day: Day) =>
  between(skewed(body, OWN.iron, day, 380, 0.35, 0.05), 90, 1600)
