import type { Hl7Message } from '@medplum/core'
import type { Address, ContactPoint, Extension, HumanName, Identifier, Patient } from '@medplum/fhirtypes'
import { nhsNumberSystem } from '../people/index.ts'
import { type Fault, Invalid } from '../platform/index.ts'
import { type Adt, timeAt } from './adt.ts'
import { fieldOf, isCleared, type Repetition, repetitionsOf } from './hl7.ts'
import { readBirthDate } from './hl7-time.ts'

const ukCore = 'https://fhir.hl7.org.uk'
const ethnicCategory = `${ukCore}/StructureDefinition/Extension-UKCore-EthnicCategory`
const verificationStatus = `${ukCore}/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus`

/** How a source calls its own number for a person. */
export const localNumberSystem = (source: string): string =>
  `https://golden-thread.example/Id/${source}-number`

/**
 * What PID says, laid over what the source said before. In HL7 v2 an empty field says nothing, so what stands there stays; two quotation
 * marks take it away. Whatever PID cannot say (next of kin, practice, the label of a protected address) is left as it is.
 * @param today YYYY-MM-DD; nobody is born after it
 * @throws Invalid naming the field
 */
export function patientFrom(
  message: Hl7Message,
  adt: Adt,
  about: { source: string; id: string; before: Patient | undefined; today: string },
): Patient & { id: string } {
  const { before } = about
  const patient: Patient & { id: string } = { ...before, resourceType: 'Patient', id: about.id }
  const birthDate = birthDateIn(message, about.today)
  const gender = genderIn(message, adt.notes)
  const names = repetitionsOf(message, 'PID', 5).flatMap((name, index) => nameOf(name, index))
  const addresses = repetitionsOf(message, 'PID', 11).flatMap((address) => addressOf(address))
  patient.identifier = identifiersOf(message, adt, about.source, before)
  if (names.length > 0)
    patient.name = [...names, ...kept(before?.name, (name) => !names.some((said) => said.use === name.use))]
  if (birthDate !== undefined) patient.birthDate = birthDate
  if (gender !== undefined) patient.gender = gender
  if (addresses.length > 0) {
    patient.address = [
      ...addresses,
      ...kept(before?.address, (old) => !addresses.some((said) => said.use === (old.use ?? 'home'))),
    ]
  } else if (isCleared(message, 'PID', 11)) delete patient.address
  setTelecom(patient, message)
  setEthnicity(patient, message)
  setDeath(patient, message, adt.notes)
  return patient
}

const kept = <Part>(parts: Part[] | undefined, keep: (part: Part) => boolean): Part[] =>
  (parts ?? []).filter(keep)

/** PID-32 says how sure the sender is of the NHS number, in the two digits of the NHS data dictionary. */
function identifiersOf(
  message: Hl7Message,
  adt: Adt,
  source: string,
  before: Patient | undefined,
): Identifier[] {
  const status = fieldOf(message, 'PID', 32)
  const extension: Extension[] | undefined = /^0[1-8]$/.test(status)
    ? [
        {
          url: verificationStatus,
          valueCodeableConcept: {
            coding: [
              { system: `${ukCore}/CodeSystem/UKCore-NHSNumberVerificationStatusEngland`, code: status },
            ],
          },
        },
      ]
    : undefined
  const said: Identifier[] = []
  const had = (system: string, value: string) =>
    before?.identifier?.find((each) => each.system === system && each.value === value)
  if (adt.nhsNumber !== undefined) {
    const known = had(nhsNumberSystem, adt.nhsNumber)
    said.push({
      use: 'official',
      ...known,
      ...(extension && { extension }),
      system: nhsNumberSystem,
      value: adt.nhsNumber,
    })
  }
  if (adt.localNumber !== undefined) {
    const system = localNumberSystem(source)
    said.push({
      use: adt.nhsNumber === undefined ? 'usual' : 'secondary',
      ...had(system, adt.localNumber),
      system,
      value: adt.localNumber,
    })
  }
  return [...said, ...kept(before?.identifier, (old) => !said.some((each) => each.system === old.system))]
}

/** HL7 table 0200. The first name is the official one unless it says otherwise. */
const nameUses: Record<string, HumanName['use']> = {
  L: 'official',
  C: 'official',
  CURRENT: 'official',
  D: 'usual',
  B: 'maiden',
  M: 'maiden',
  N: 'nickname',
  A: 'nickname',
  S: 'anonymous',
}

function nameOf(name: Repetition, index: number): HumanName[] {
  const family = name(1)
  const given = [name(2), ...name(3).split(/\s+/)].filter((part) => part !== '')
  if (family === '' && given.length === 0) return []
  const use = nameUses[name(7).toUpperCase()] ?? (index === 0 ? 'official' : 'usual')
  const suffix = [name(4), name(6)].filter((part) => part !== '')
  return [
    {
      use,
      ...(family && { family }),
      ...(given.length > 0 && { given }),
      ...(name(5) && { prefix: [name(5)] }),
      ...(suffix.length > 0 && { suffix }),
    },
  ]
}

function birthDateIn(message: Hl7Message, today: string): string | undefined {
  const written = fieldOf(message, 'PID', 7)
  if (written === '') return undefined
  const birthDate = readBirthDate(written)
  if (birthDate === undefined)
    throw new Invalid([{ path: 'PID-7', words: 'The birth date is not a date', code: 'value' }])
  if (birthDate > today)
    throw new Invalid([{ path: 'PID-7', words: 'The birth date is in the future', code: 'value' }])
  return birthDate
}

/** HL7 table 0001, and the digits that the NHS uses. */
const genders: Record<string, Patient['gender']> = {
  M: 'male',
  '1': 'male',
  F: 'female',
  '2': 'female',
  O: 'other',
  A: 'other',
  I: 'other',
  '9': 'other',
  N: 'other',
  U: 'unknown',
  '0': 'unknown',
  X: 'unknown',
}

function genderIn(message: Hl7Message, notes: Fault[]): Patient['gender'] | undefined {
  const written = fieldOf(message, 'PID', 8).toUpperCase()
  if (written === '') return undefined
  const gender = genders[written]
  if (gender === undefined)
    notes.push({ path: 'PID-8', words: 'This is not a code for sex; it was left out', code: 'value' })
  return gender
}

/** HL7 table 0190. An address known to be bad is left out. */
const addressUses: Record<string, Address['use']> = {
  H: 'home',
  P: 'home',
  HOME: 'home',
  C: 'temp',
  TMP: 'temp',
  B: 'work',
  O: 'work',
  V: 'temp',
}

function addressOf(address: Repetition): Address[] {
  const type = address(7).toUpperCase()
  // A street may come in parts: whole, name, house number.
  const street = address(1) || [address(1, 3), address(1, 2)].filter((part) => part !== '').join(' ')
  const line = [street, address(2)].filter((part) => part !== '')
  const parts = {
    city: address(3),
    district: address(4),
    postalCode: address(5).toUpperCase(),
    country: address(6),
  }
  const said = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ''))
  if (type === 'BA' || (line.length === 0 && Object.keys(said).length === 0)) return []
  return [{ use: addressUses[type] ?? 'home', ...(line.length > 0 && { line }), ...said }]
}

/** PID-13 is the home's, PID-14 the work's; each may hold a mobile or an e-mail address as well. */
function setTelecom(patient: Patient, message: Hl7Message): void {
  const before = patient.telecom
  const said = [
    ...repetitionsOf(message, 'PID', 13).flatMap((each) => telecomOf(each, 'home')),
    ...repetitionsOf(message, 'PID', 14).flatMap((each) => telecomOf(each, 'work')),
  ]
  const gone = (old: ContactPoint) =>
    said.some((each) => each.system === old.system && each.use === old.use) ||
    (isCleared(message, 'PID', 13) && old.use !== 'work') ||
    (isCleared(message, 'PID', 14) && old.use === 'work')
  const telecom = [...said, ...kept(before, (old) => !gone(old))]
  if (telecom.length > 0) patient.telecom = telecom
  else delete patient.telecom
}

function telecomOf(telecom: Repetition, field: 'home' | 'work'): ContactPoint[] {
  const equipment = telecom(3).toUpperCase()
  const code = telecom(2).toUpperCase()
  const email = telecom(4) || (code === 'NET' || telecom(1).includes('@') ? telecom(1) : '')
  if (email !== '') return [{ system: 'email', use: field, value: email }]
  const number = telecom(1) || telecom(12) || [telecom(6), telecom(7)].filter((part) => part !== '').join(' ')
  if (number === '') return []
  if (equipment === 'FX') return [{ system: 'fax', use: field, value: number }]
  const isMobile = equipment === 'CP' || code === 'PRS' || /^(?:\+44|0)\s*7/.test(number)
  return [{ system: 'phone', use: isMobile ? 'mobile' : field, value: number }]
}

/** PID-10: the NHS's ethnic category, one letter, or whatever the sender writes. */
function setEthnicity(patient: Patient, message: Hl7Message): void {
  const [ethnicity] = repetitionsOf(message, 'PID', 10)
  if (!ethnicity) return
  const code = ethnicity(1).toUpperCase()
  const coding = /^(?:[A-HJ-NPRSZ]|99)$/.test(code)
    ? [{ system: `${ukCore}/CodeSystem/UKCore-EthnicCategoryEngland`, code }]
    : undefined
  const text = ethnicity(2) || (coding ? '' : ethnicity(1))
  if (!coding && text === '') return
  const others = kept(patient.extension, (each) => each.url !== ethnicCategory)
  patient.extension = [
    ...others,
    { url: ethnicCategory, valueCodeableConcept: { ...(coding && { coding }), ...(text && { text }) } },
  ]
}

/** PID-29 when, PID-30 whether. A death that was recorded and is denied later (`N`) is taken back. */
function setDeath(patient: Patient, message: Hl7Message, notes: Fault[]): void {
  const died = timeAt(message, 'PID', 29, notes)
  const whether = fieldOf(message, 'PID', 30).toUpperCase()
  if (died !== undefined && whether !== 'N') {
    delete patient.deceasedBoolean
    patient.deceasedDateTime = died.fhir
  } else if (whether === 'Y' && patient.deceasedDateTime === undefined) patient.deceasedBoolean = true
  else if (whether === 'N') {
    delete patient.deceasedDateTime
    delete patient.deceasedBoolean
  }
}

/**
 * Whether a message under a person's hospital number seems to be about somebody else: numbers are typed, and one wrong digit would write
 * into another's record.
 *
 * | NHS number | birth date | name | answer |
 * |---|---|---|---|
 * | differs | differs | any | another person |
 * | differs | same or not said | differs | another person |
 * | same or not said | differs | differs | another person |
 * | otherwise | | | the same, corrected |
 */
export function isAnotherPerson(before: Patient, said: Patient): boolean {
  const differs = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && one !== other
  const number = differs(nhsNumberOf(before), nhsNumberOf(said))
  const birth = differs(before.birthDate, said.birthDate)
  const [nameBefore, nameNow] = [before, said].map(
    (patient) => patient.name?.find((each) => each.use === 'official') ?? patient.name?.[0],
  )
  const name =
    differs(folded(nameBefore?.family), folded(nameNow?.family)) &&
    differs(folded(nameBefore?.given?.[0]), folded(nameNow?.given?.[0]))
  return [number, birth, name].filter((different) => different).length >= 2
}

const nhsNumberOf = (patient: Patient) =>
  patient.identifier?.find((each) => each.system === nhsNumberSystem)?.value
const folded = (text: string | undefined) => text?.toLowerCase()
