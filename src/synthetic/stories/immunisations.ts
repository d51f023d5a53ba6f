import type { Health } from '../health/health.ts'
import { CHILDHOOD, COVID, INFLUENZA, PNEUMOCOCCAL, SHINGLES } from '../health/vaccines.ts'
import { declineVaccine, vaccinate } from '../record/clinical.ts'
import type { Life, PersonFile } from '../record/file.ts'
import { practiceNurse } from '../record/staff.ts'
import { ageAt, daysBetween, workingDaysAgo } from '../when.ts'

/** Days since the middle of last October, when the season's influenza clinics are held. */
function daysSinceAutumnClinic(now: Date): number {
  const thisYear = Date.UTC(now.getUTCFullYear(), 9, 12)
  const clinic = thisYear <= now.getTime() ? thisYear : Date.UTC(now.getUTCFullYear() - 1, 9, 12)
  return Math.floor((now.getTime() - clinic) / 86_400_000)
}

/** Each sort of person who is offered an influenza vaccine every autumn. */
function atRisk(health: Health, age: number): boolean {
  const lasting = health.problems.filter((p) => p.until === undefined).map((p) => p.condition)
  const risky = ['asthma', 'copd', 'type2Diabetes', 'type1Diabetes', 'heartFailure', 'chronicKidneyDisease3']
  return age >= 65 || lasting.some((condition) => risky.includes(condition))
}

export function immunise(life: Life, file: PersonFile, health: Health): void {
  const { dice, now, person } = life
  const age = ageAt(person.born, now)
  const author = practiceNurse(file.organisation.code)
  const livedDays = daysBetween(person.born, now)
  if (age < 18) {
    for (const { text, due } of CHILDHOOD) {
      const late = dice.whole(0, 24)
      if (due + late + 3 > livedDays || dice.chance(0.07)) continue
      vaccinate(file, text, { on: workingDaysAgo(now, livedDays - due - late, 10, 30), author })
    }
    return
  }
  if (!atRisk(health, age)) return
  const clinic = daysSinceAutumnClinic(now)
  const refuses = dice.chance(0.12)
  for (let back = 2; back >= 0; back--) {
    const on = workingDaysAgo(now, clinic + back * 365 + dice.whole(-2, 4), 9, 45)
    if (refuses) declineVaccine(file, INFLUENZA, { on, author })
    else if (dice.chance(0.88)) vaccinate(file, INFLUENZA, { on, author })
    if (age >= 75 && !refuses && back < 2) vaccinate(file, COVID, { on, author })
  }
  if (age >= 66 && dice.chance(0.75)) {
    vaccinate(file, PNEUMOCOCCAL, { on: workingDaysAgo(now, (age - 65) * 365, 11), author })
  }
  if (age >= 71 && dice.chance(0.6))
    vaccinate(file, SHINGLES, { on: workingDaysAgo(now, (age - 70) * 365, 11), author })
}
