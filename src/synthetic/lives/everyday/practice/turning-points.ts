import type { MedicineId } from '../../../health/medicines.ts'
import type { Admission, Happening, Reason } from '../../happening.ts'
import { DAYS_A_YEAR, type Day, dayOf } from '../../moment.ts'
import { meet, wasSeen } from './appointments.ts'
import { give } from './asked.ts'
import { type Patient, seenFrom } from './patient.ts'
import { add, type Repeat } from './repeats.ts'

const DISCHARGED: Reason = { text: 'After discharge from hospital', icd10: 'Z098' }
const RECONCILED: Reason = { text: 'Medicines after discharge from hospital', icd10: 'Z768' }
const ROUND: Reason = { text: 'Care home round', icd10: 'Z768' }
const PREGNANT: Reason = { text: 'Pregnancy', icd10: 'Z349', condition: 'pregnancy' }
const MOTHER: Reason = { text: 'Maternal check six to eight weeks after birth', icd10: 'Z392' }
const BABY: Reason = { text: 'Check of a baby at six to eight weeks', icd10: 'Z001' }
const DYING: Reason = { text: 'Palliative care', icd10: 'Z515' }

/** Medicines that hospitals start, by the first letters of the main diagnosis, and the chance of each. */
const STARTED: readonly (readonly [diagnosis: string, medicine: MedicineId, chance: number])[] = [
  ['S72', 'colecalciferol', 0.6],
  ['S72', 'alendronicAcid', 0.4],
  ['S', 'paracetamol', 0.3],
  ['I2', 'atorvastatin80', 0.5],
  ['I2', 'bisoprolol', 0.4],
  ['I6', 'clopidogrel', 0.5],
  ['K', 'omeprazole', 0.3],
  ['I50', 'furosemide', 0.5],
  ['D5', 'ferrousFumarate', 0.4],
]
/** Blood-pressure and water tablets are stopped after kidney injury, falls and faints ("sick day" medicines). */
const STOPPED_AFTER = /^(N17|R55|I95|W|R296)/
const STOPPED: readonly MedicineId[] = ['ramipril', 'losartan', 'indapamide', 'amlodipine']

function changeMedicines(patient: Patient, stay: Admission, home: Day, repeats: Repeat[]): void {
  const { dice } = patient.living
  const main = stay.diagnoses[0] ?? ''
  for (const [diagnosis, medicine, chance] of STARTED)
    if (main.startsWith(diagnosis) && dice.next() < chance)
      add(patient, repeats, {
        medicine,
        from: home + 1,
        until: Number.MAX_SAFE_INTEGER,
        often: 1,
        because: stay,
      })
  if (!STOPPED_AFTER.test(main)) return
  for (const repeat of repeats)
    if (repeat.from < home && STOPPED.includes(repeat.medicine) && dice.next() < 0.5)
      repeat.until = Math.min(repeat.until, home)
}

function afterStay(patient: Patient, stay: Admission, repeats: Repeat[]): void {
  if (stay.discharged === undefined || stay.destination === 'died' || stay.method === 'birth') return
  const { dice } = patient.living
  const home = dayOf(stay.discharged)
  const planned = stay.method === 'day case' || stay.method === 'regular' || stay.method === 'maternity'
  if (dice.next() < (planned ? 0.08 : 0.45)) {
    const day = seenFrom(patient, home + dice.whole(2, 14))
    if (day !== undefined) meet(patient, planned ? 'nurse' : 'whoever is free', day, DISCHARGED, stay)
  }
  if (planned) return
  if (dice.next() < 0.4) {
    const day = seenFrom(patient, home + dice.whole(1, 7))
    if (day !== undefined) meet(patient, 'pharmacist', day, RECONCILED, stay)
  }
  if (stay.method === 'emergency') changeMedicines(patient, stay, home, repeats)
}

/** What hospitals did, as far as it has been told, goes on at the practice. */
export function followHospital(patient: Patient, before: readonly Happening[], repeats: Repeat[]): void {
  const { dice } = patient.living
  // Only what was told before this part began: a plain count, as the list grows meanwhile.
  for (let nth = 0, all = before.length; nth < all; nth++) {
    const happening = before[nth]
    if (happening?.kind === 'admission') afterStay(patient, happening, repeats)
    else if (happening?.kind === 'emergency attendance' && happening.outcome === 'discharged') {
      if (dice.next() >= 0.18) continue
      const day = seenFrom(patient, dayOf(happening.left) + dice.whole(1, 10))
      if (day !== undefined) meet(patient, 'whoever is free', day, happening.reason, happening)
    }
  }
}

/** Every resident of a care home is looked at about monthly on the weekly round (Enhanced Health in Care Homes, NHS England 2023). */
export function visitCareHome(patient: Patient): void {
  const { dice } = patient.living
  let due = Math.max(patient.inCareHome, patient.from) + dice.whole(1, 14)
  for (; due < patient.until; due += dice.whole(21, 42)) {
    const day = seenFrom(patient, due)
    if (day !== undefined) meet(patient, 'ward round', day, ROUND)
  }
}

/** Death that is seen coming: visits that grow closer, and medicines in the house for the last days. */
export function careForDying(patient: Patient): void {
  const { fate, dice } = patient.living
  if (!fate.end?.expected) return
  const { day: end } = fate.end
  let ready = false
  for (
    let left = dice.whole(60, 110);
    left > 1;
    left -= Math.max(2, Math.round(left * (0.15 + 0.25 * dice.next())))
  ) {
    if (end - left < patient.from) continue
    const day = seenFrom(patient, end - left)
    if (day === undefined) return
    const contact = meet(patient, 'last days', day, DYING)
    if (ready || left > 30 || !wasSeen(contact)) continue
    ready = true
    give(patient, 'morphineSolution', contact)
    give(patient, 'midazolam', contact)
  }
}

/** What the practice does for a pregnancy; midwives do the rest. */
export function careForPregnancy(patient: Patient): void {
  const { resident, dice } = patient.living
  for (const birth of resident.givesBirth) {
    const told = birth - dice.whole(215, 240)
    const first = told < patient.from ? undefined : seenFrom(patient, told)
    if (first !== undefined) {
      const contact = meet(patient, 'whoever is free', first, PREGNANT)
      if (wasSeen(contact) && dice.next() < 0.4) give(patient, 'folicAcidPregnancy', contact)
    }
    const after = seenFrom(patient, birth + dice.whole(42, 58))
    if (after !== undefined && birth >= patient.from && dice.next() < 0.85)
      meet(patient, 'review', after, MOTHER)
  }
  const weeks = resident.born + dice.whole(42, 56)
  if (weeks < patient.from || patient.from - resident.born > DAYS_A_YEAR) return
  const day = seenFrom(patient, weeks)
  if (day !== undefined && dice.next() < 0.92) meet(patient, 'review', day, BABY)
}
