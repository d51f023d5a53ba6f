import type { Condition } from '@medplum/fhirtypes'
import type { ConditionId } from '../health/conditions.ts'
import { type MedicineId, medicineFacts } from '../health/medicines.ts'
import { testFacts } from '../health/tests.ts'
import type { GpContact, Prescription, Test, Vaccination } from '../lives/happening.ts'
import type { Illness } from '../lives/health.ts'
import { ageOn, DAYS_A_YEAR, dayOf, MINUTES_A_DAY, type Moment } from '../lives/moment.ts'
import type { LifeStory } from '../lives/story.ts'
import { fullName } from '../people/person.ts'
import { noteAllergy, noteCondition, noteNoKnownAllergy, prescribe, vaccinate } from '../record/clinical.ts'
import { noteContact } from '../record/contacts.ts'
import type { PersonFile, Written } from '../record/file.ts'
import { measure, measureBloodPressure, noteSmoking } from '../record/observations.ts'
import { objectToSharing } from '../record/plans.ts'
import { type Author, aGp, HOSPITAL, practiceColleague, practiceNurse } from '../record/staff.ts'
import { advanceCarePlan } from './advance-care.ts'
import { allergiesOf } from './allergies.ts'
import { instantOf, officeHours } from './instant.ts'
import { chapter, minuteOf, type Telling } from './telling.ts'
import { reasonSaid, saidOf } from './words/said.ts'

const GP = 'general-practice'

type ProblemList = Map<ConditionId, Written<Condition>>

/** Rockwood's clinical frailty scale: 5 living with mild frailty, 6 moderate, 7 severe. */
const FRAILTY_SCALE: Partial<Record<ConditionId, number>> = {
  mildFrailty: 5,
  moderateFrailty: 6,
  severeFrailty: 7,
}

/** Cancers beside those that have a name of their own, by how often they are found (NHS Digital, Cancer registrations 2020). */
const SITES = ['Melanoma of skin', 'Bladder', 'Kidney', 'Non-Hodgkin lymphoma', 'Head and neck', 'Thyroid']

/** Where a cancer is: where somebody dies of one, that one. */
function cancerSite({ resident, happenings }: LifeStory): string {
  const death = happenings.find((each) => each.kind === 'death')
  const named = death?.kind === 'death' ? /^Cancer of (.+)$/.exec(death.cause.text)?.[1] : undefined
  const site = named ?? SITES[resident.serial % SITES.length] ?? 'Site not recorded'
  return `Site: ${site.charAt(0).toLowerCase()}${site.slice(1)}`
}

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
      ...(illness.condition === 'otherCancer' && { comment: cancerSite(telling.story) }),
    })
    const scale = FRAILTY_SCALE[illness.condition]
    if (scale !== undefined)
      measure(file, 'frailtyScale', scale, {
        on: instantOf(found),
        author: practiceNurse(file.organisation.code),
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
    const known = allergiesOf(telling.story, dice, ageOn(resident.born, since))
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

/** Who saw somebody: a doctor of the practice, the same whenever it is told. */
function authorOf(telling: Telling, contact: GpContact): Author {
  const { practice, by } = contact
  if (by === 'GP') return aGp(telling.diceFor(`doctor/${minuteOf(contact)}`), practice)
  return by === 'practice nurse' ? practiceNurse(practice) : practiceColleague(practice, by)
}

function consultation(telling: Telling, contact: GpContact): void {
  if (contact.status !== 'attended' || contact.at + contact.minutes > telling.now) return
  chapter(telling, GP, `contact/${minuteOf(contact)}`, (file) => {
    noteContact(file, {
      kind: contact.mode === 'face to face' ? 'AMB' : contact.mode === 'home visit' ? 'HH' : 'VR',
      type: contact.planned ? `${TYPES[contact.mode]}, planned` : TYPES[contact.mode],
      from: instantOf(contact.at),
      until: instantOf(contact.at + contact.minutes),
      reason: reasonSaid(telling.story, contact),
      author: authorOf(telling, contact),
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
    chapter(telling, GP, `smoking/${minuteOf(contact)}`, (file) => {
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
        because: reasonFor(telling, issue),
        ...(over && { stopped: 'No longer needed' }),
      })
    })
  }
}

/** What was said at the visit at which it was issued. */
function reasonFor({ story }: Telling, { because }: Prescription): string | undefined {
  return because && 'reason' in because ? saidOf(story, because, because.reason) : undefined
}

/** Who may issue medicines; what others ask for is issued by a doctor. */
const PRESCRIBERS: ReadonlySet<GpContact['by']> = new Set(['GP', 'pharmacist', 'other'])

/** Issued once: finished when its days are over, whatever is otherwise taken on repeat. */
function course(telling: Telling, issue: Prescription, list: ProblemList): void {
  chapter(telling, GP, `course/${issue.medicine}/${minuteOf(issue)}`, (file, dice) => {
    const { because } = issue
    const seen = because?.kind === 'gp contact' && PRESCRIBERS.has(because.by) ? because : undefined
    prescribe(file, issue.medicine, {
      on: instantOf(issue.at),
      author: seen ? authorOf(telling, seen) : aGp(dice, file.organisation.code),
      reason: issue.for && list.get(issue.for),
      because: reasonFor(telling, issue),
      finished: telling.now > issue.at + medicineFacts(issue.medicine).days * MINUTES_A_DAY,
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

/** Readings at home are the person's own. */
const atHome = ({ life }: Telling): Author => ({ name: fullName(life.person), role: 'at home' })

/** Blood and urine are reported by the laboratory; what is measured in the room, by whoever was seen at that minute. */
function practiceTest(telling: Telling, test: Test, seen: GpContact | undefined): void {
  chapter(telling, GP, `test/${test.test}/${minuteOf(test)}`, (file) => {
    const { category } = testFacts(test.test)
    const measured = seen ? authorOf(telling, seen) : practiceNurse(file.organisation.code)
    const author = category === 'laboratory' ? HOSPITAL.laboratory : measured
    writeTest(file, test, test.where === 'home' ? atHome(telling) : author)
  })
}

function vaccination(telling: Telling, given: Vaccination, seen: GpContact | undefined): void {
  const { vaccine, at } = given
  chapter(telling, GP, `vaccine/${vaccine}/${minuteOf(given)}`, (file) => {
    const author = seen ? authorOf(telling, seen) : practiceNurse(file.organisation.code)
    vaccinate(file, vaccine, { on: instantOf(at), author })
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
  advanceCarePlan(telling)
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
  let seen: GpContact | undefined
  for (const happening of told) {
    if (happening.kind === 'gp contact') {
      seen = happening
      consultation(telling, happening)
    } else if (happening.kind === 'prescription' && !happening.repeat) course(telling, happening, list)
    else if (happening.kind === 'test' && happening.where !== 'hospital')
      practiceTest(telling, happening, seen?.at === happening.at ? seen : undefined)
    else if (happening.kind === 'vaccination')
      vaccination(telling, happening, seen?.at === happening.at ? seen : undefined)
  }
}
