import type { Condition } from '@medplum/fhirtypes'
import { conditionFacts } from '../health/conditions.ts'
import type { Health, Problem, Repeat } from '../health/health.ts'
import { type MedicineId, medicineFacts } from '../health/medicines.ts'
import { noteAllergy, noteCondition, noteNoKnownAllergy, prescribe } from '../record/clinical.ts'
import { noteContact } from '../record/contacts.ts'
import { fileAt, type Life, type PersonFile, type Written } from '../record/file.ts'
import { noteSmoking } from '../record/observations.ts'
import { objectToSharing } from '../record/plans.ts'
import { aGp, practiceNurse } from '../record/staff.ts'
import { ageAt, hoursAfter, workingDaysAgo } from '../when.ts'
import { annualChecks } from './checks.ts'
import { immunise } from './immunisations.ts'

type Listed = readonly (readonly [Problem, Written<Condition>])[]

const daysBack = (years: number) => Math.max(Math.round(years * 365.25), 1)

/** A problem goes on the list, and a short course with it where the illness takes one. */
function listProblem(life: Life, file: PersonFile, problem: Problem): Written<Condition> {
  const { now, dice } = life
  const author = aGp(dice, file.organisation.code)
  // Problems of long ago were not all found on the same day of the year.
  const spread = problem.since >= 1 ? dice.whole(-90, 90) : 0
  const on = workingDaysAgo(
    now,
    daysBack(problem.since) + spread,
    dice.whole(9, 16),
    dice.pick([0, 10, 20, 30, 40, 50]),
  )
  const until =
    problem.until === undefined ? undefined : workingDaysAgo(now, Math.round(problem.until * 365.25))
  const written = noteCondition(file, problem.condition, { on, author, ...(until && { until }) })
  for (const line of conditionFacts(problem.condition).treatedWith ?? []) {
    const medicine = dice.pick(line)
    if (medicineFacts(medicine).short) prescribe(file, medicine, { on, author, reason: written })
  }
  if (problem.until !== undefined && problem.since < 4)
    consult(life, file, on, conditionFacts(problem.condition))
  return written
}

function consult(life: Life, file: PersonFile, on: string, reason: { text: string; code?: string }) {
  const { dice } = life
  const phone = dice.chance(0.35)
  noteContact(file, {
    kind: phone ? 'VR' : 'AMB',
    type: phone ? 'Telephone consultation' : 'Surgery consultation',
    from: on,
    until: hoursAfter(on, 0.2, life.now),
    reason: { text: reason.text, ...(reason.code && { code: reason.code }) },
    author: aGp(dice, file.organisation.code),
  })
}

/**
 * Repeat medicines: one from each line of treatment of every lasting problem, none twice. A repeat is reissued, so
 * its date is recent, however old the illness.
 */
function usualRepeats(life: Life, file: PersonFile, listed: Listed): void {
  const { dice, now } = life
  const started = new Set<MedicineId>()
  for (const [problem, reason] of listed) {
    if (problem.until !== undefined) continue
    for (const line of conditionFacts(problem.condition).treatedWith ?? []) {
      const medicine = dice.pick(line)
      if (started.has(medicine) || medicineFacts(medicine).short) continue
      started.add(medicine)
      const on = workingDaysAgo(now, Math.min(dice.whole(3, 40), daysBack(problem.since)), 9)
      prescribe(file, medicine, { on, author: aGp(dice, file.organisation.code), reason })
    }
  }
}

/** The repeats a story names, reissued together as practices do. */
function namedRepeats(life: Life, file: PersonFile, listed: Listed, named: readonly Repeat[]): void {
  const on = workingDaysAgo(life.now, 9, 9)
  const author = aGp(life.dice, file.organisation.code)
  for (const { medicine, against, dose } of named) {
    const reason = listed.find(([problem]) => problem.condition === against)?.[1]
    prescribe(file, medicine, { on, author, reason, ...(dose && { dose }) })
  }
}

function allergies(life: Life, file: PersonFile, health: Health): void {
  const { dice, now, person } = life
  if (health.allergies === 'not recorded') return
  const years = Math.min(dice.whole(1, 12), Math.max(ageAt(person.born, now) - 1, 0))
  const noted = {
    on: workingDaysAgo(now, daysBack(years), 11),
    author: practiceNurse(file.organisation.code),
  }
  if (health.allergies === 'none known') noteNoKnownAllergy(file, noted)
  else for (const allergy of health.allergies) noteAllergy(file, allergy, noted)
}

/** Lasting illness brings people in between times: a few visits and calls over two years, about one of them. */
function visitsBetweenTimes(life: Life, file: PersonFile, problems: readonly Problem[]): void {
  const { dice, now } = life
  const lasting = problems.filter((p) => p.until === undefined && p.since > 2)
  if (lasting.length === 0) return
  for (let nth = dice.whole(0, Math.min(lasting.length + 1, 6)); nth > 0; nth--) {
    const on = workingDaysAgo(now, dice.whole(4, 700), dice.whole(8, 17), dice.pick([0, 10, 20, 30, 40, 50]))
    consult(life, file, on, conditionFacts(dice.pick(lasting).condition))
  }
}

/** Everything a practice holds: the problem list, medicines, allergies, yearly checks, vaccines, and objections. */
export function practiceRecord(life: Life, health: Health): PersonFile {
  const { dice, now } = life
  const file = fileAt(life, 'general-practice')
  const nurse = practiceNurse(file.organisation.code)
  const listed = health.problems.map((p): [Problem, Written<Condition>] => [p, listProblem(life, file, p)])
  visitsBetweenTimes(life, file, health.problems)
  if (health.repeats) namedRepeats(life, file, listed, health.repeats)
  else usualRepeats(life, file, listed)
  allergies(life, file, health)
  if (health.smoking !== 'not asked') {
    for (const year of dice.chance(0.5) ? [3, 1] : [1]) {
      const on = workingDaysAgo(now, year * 365 - dice.whole(10, 200), 9, 20)
      noteSmoking(file, health.smoking, { on, author: nurse })
    }
  }
  annualChecks(life, file, health)
  immunise(life, file, health)
  if (life.person.objects) {
    const on = workingDaysAgo(now, dice.whole(100, 900), 12)
    objectToSharing(file, { on, author: aGp(dice, file.organisation.code) })
  }
  return file
}
