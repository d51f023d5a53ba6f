import type { Condition } from '@medplum/fhirtypes'
import type { ConditionId } from '../health/conditions.ts'
import { inventAllergies } from '../health/health.ts'
import { type MedicineId, medicineFacts } from '../health/medicines.ts'
import type { GpContact, Prescription, Test, Vaccination } from '../lives/happening.ts'
import type { Illness } from '../lives/health.ts'
import { ageOn, DAYS_A_YEAR, dayOf, MINUTES_A_DAY, type Moment } from '../lives/moment.ts'
import { noteAllergy, noteCondition, noteNoKnownAllergy, prescribe, vaccinate } from '../record/clinical.ts'
import { noteContact } from '../record/contacts.ts'
import type { PersonFile, Written } from '../record/file.ts'
import { measure, measureBloodPressure, noteSmoking } from '../record/observations.ts'
import { objectToSharing } from '../record/plans.ts'
import { type Author, aGp, practiceNurse } from '../record/staff.ts'
import { instantOf, officeHours } from './instant.ts'
import { chapter, type Telling } from './telling.ts'

const GP = 'general-practice'

type ProblemList = Map<ConditionId, Written<Condition>>

function listProblem(telling: Telling, illness: Illness, list: ProblemList): void {
  const { serial } = telling.story.resident
  if (illness.found === undefined) return
  const found = officeHours(illness.found, serial)
  if (found > telling.now) return
  chapter(telling, GP, `problem/${illness.condition}/${illness.since}`, (file, dice) => {
    const over = illness.until !== undefined && officeHours(illness.until, serial) <= telling.now
    const written = noteCondition(file, illness.condition, {
      on: instantOf(found),
      author: aGp(dice, file.organisation.code),
      ...(over && illness.until !== undefined && { until: instantOf(officeHours(illness.until, serial)) }),
    })
    list.set(illness.condition, written)
  })
}

function allergies(telling: Telling): void {
  const { resident } = telling.story
  // Asked some time in the years before the window, or in a child's first.
  const since = Math.max(resident.born + 200, resident.present.from - 2000 + (resident.serial % 1900))
  if (since > dayOf(telling.now)) return
  chapter(telling, GP, 'allergies', (file, dice) => {
    const known = inventAllergies(dice, ageOn(resident.born, since))
    if (known === 'not recorded') return
    const noted = {
      on: instantOf(officeHours(since, resident.serial)),
      author: practiceNurse(file.organisation.code),
    }
    if (known === 'none known') noteNoKnownAllergy(file, noted)
    else for (const allergy of known) noteAllergy(file, allergy, noted)
  })
}

const TYPES: Record<GpContact['mode'], string> = {
  'face to face': 'Surgery consultation',
  telephone: 'Telephone consultation',
  online: 'Online consultation',
  'home visit': 'Home visit',
}

const ROLES: Partial<Record<GpContact['by'], Author>> = {
  'healthcare assistant': { name: 'Healthcare assistant', role: 'Healthcare assistant' },
  pharmacist: { name: 'Clinical pharmacist', role: 'Pharmacist' },
  physiotherapist: { name: 'First contact physiotherapist', role: 'Physiotherapist' },
  other: { name: 'Practice team', role: 'Practice team' },
}

function consultation(telling: Telling, contact: GpContact): void {
  if (contact.status !== 'attended' || contact.at + contact.minutes > telling.now) return
  chapter(telling, GP, `contact/${contact.at}`, (file, dice) => {
    const practice = file.organisation.code
    const author =
      contact.by === 'GP'
        ? aGp(dice, practice)
        : contact.by === 'practice nurse'
          ? practiceNurse(practice)
          : (ROLES[contact.by] ?? practiceNurse(practice))
    noteContact(file, {
      kind: contact.mode === 'face to face' ? 'AMB' : contact.mode === 'home visit' ? 'HH' : 'VR',
      type: contact.planned ? `${TYPES[contact.mode]}, planned` : TYPES[contact.mode],
      from: instantOf(contact.at),
      until: instantOf(contact.at + contact.minutes),
      reason: {
        text: contact.reason.text,
        ...(contact.reason.snomed && { code: contact.reason.snomed }),
      },
      author,
    })
  })
}

/** Smoking is asked once a year, at the first planned visit. */
function smoking(telling: Telling, contacts: readonly GpContact[]): void {
  const { resident, health } = telling.story
  let asked = Number.NEGATIVE_INFINITY
  for (const contact of contacts) {
    if (!contact.planned || contact.status !== 'attended' || contact.at + 5 > telling.now) continue
    if (contact.at - asked < DAYS_A_YEAR * MINUTES_A_DAY || ageOn(resident.born, dayOf(contact.at)) < 16)
      continue
    asked = contact.at
    chapter(telling, GP, `smoking/${contact.at}`, (file) => {
      noteSmoking(file, health.smoking, {
        on: instantOf(contact.at + 5),
        author: practiceNurse(file.organisation.code),
      })
    })
  }
}

/** A repeat not asked for in so many times its length was stopped. */
export const REPEATS_LAPSE = 3

/** A repeat is one request, reissued; the newest issue says when. One whose time is long over was stopped. */
function repeats(telling: Telling, issues: readonly Prescription[], list: ProblemList): void {
  const last = new Map<MedicineId, Prescription>()
  for (const issue of issues) if (issue.repeat) last.set(issue.medicine, issue)
  for (const [medicine, issue] of last) {
    chapter(telling, GP, `repeat/${medicine}`, (file, dice) => {
      const over = telling.now - issue.at > REPEATS_LAPSE * medicineFacts(medicine).days * MINUTES_A_DAY
      prescribe(file, medicine, {
        on: instantOf(issue.at),
        author: aGp(dice, file.organisation.code),
        reason: issue.for && list.get(issue.for),
        ...(over && { stopped: 'No longer needed' }),
      })
    })
  }
}

function course(telling: Telling, issue: Prescription, list: ProblemList): void {
  chapter(telling, GP, `course/${issue.medicine}/${issue.at}`, (file, dice) => {
    prescribe(file, issue.medicine, {
      on: instantOf(issue.at),
      author: aGp(dice, file.organisation.code),
      reason: issue.for && list.get(issue.for),
    })
  })
}

/** Hospital tests are told with the stay they belong to; home readings come to the practice. */
export function writeTest(file: PersonFile, test: Test, author: Author, encounter?: string): void {
  const at = {
    on: instantOf(test.at),
    author,
    ...(encounter && { encounter }),
    ...(test.where === 'home' && { comment: 'Reading taken at home' }),
  }
  if (test.test === 'bloodPressure') measureBloodPressure(file, test.value, test.second ?? 0, at)
  else measure(file, test.test, test.value, at)
}

function practiceTest(telling: Telling, test: Test): void {
  chapter(telling, GP, `test/${test.test}/${test.at}`, (file) =>
    writeTest(file, test, practiceNurse(file.organisation.code)),
  )
}

function vaccination(telling: Telling, { vaccine, at }: Vaccination): void {
  chapter(telling, GP, `vaccine/${vaccine}/${at}`, (file) => {
    vaccinate(file, vaccine, { on: instantOf(at), author: practiceNurse(file.organisation.code) })
  })
}

function objection(telling: Telling): void {
  const { resident } = telling.story
  if (!resident.objects) return
  const on = officeHours(telling.story.resident.present.from - 100, resident.serial)
  chapter(telling, GP, 'objection', (file, dice) =>
    objectToSharing(file, { on: instantOf(on), author: aGp(dice, file.organisation.code) }),
  )
}

const upTo = (now: Moment) => (happening: { at: Moment }) => happening.at <= now

/** What the practice has written by now: problems, medicines, allergies, consultations, tests and vaccines. */
export function retellPractice(telling: Telling): void {
  const { resident, health, happenings } = telling.story
  if (resident.practice === null) return
  chapter(telling, GP, 'registration', () => {})
  const list: ProblemList = new Map()
  for (const illness of health.illnesses) listProblem(telling, illness, list)
  allergies(telling)
  objection(telling)
  const told = happenings.filter(upTo(telling.now))
  smoking(
    telling,
    told.filter((each) => each.kind === 'gp contact'),
  )
  repeats(
    telling,
    told.filter((each) => each.kind === 'prescription'),
    list,
  )
  for (const happening of told) {
    if (happening.kind === 'gp contact') consultation(telling, happening)
    else if (happening.kind === 'prescription' && !happening.repeat) course(telling, happening, list)
    else if (happening.kind === 'test' && happening.where !== 'hospital') practiceTest(telling, happening)
    else if (happening.kind === 'vaccination') vaccination(telling, happening)
  }
}
