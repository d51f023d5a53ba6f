import type { Hl7Message } from '@medplum/core'
import type { Address, ContactPoint, Extension, HumanName, Identifier, Patient } from '@medplum/fhirtypes'
import { nhsNumberSystem } from '../../people/index.ts'
import { type Fault, Invalid } from '../../platform/index.ts'
import { fieldOf, isCleared, type Repetition, repetitionsOf } from '../hl7/hl7.ts'
import { readBirthDate } from '../hl7/hl7-time.ts'
import { timeAt } from '../reading/envelope.ts'
import type { Envelope, Reader, Who } from '../reading/reading.ts'
import { odsSystem } from './encounter.fhir.ts'

const ukCore = 'https://fhir.hl7.org.uk'
const ethnicCategory = `${ukCore}/StructureDefinition/Extension-UKCore-EthnicCategory`
const verificationStatus = `${ukCore}/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus`

/** How a source calls its own number for a person. */
export const localNumberSystem = (source: string): string =>
  `https://golden-thread.example/Id/${source}-number`

/** What one message says of a person, part by part. A part that is left out is not spoken of. */
export type PatientSaid = {
  identifier?: Identifier[]
  /** How sure the sender is of the NHS number, in the two digits of the NHS data dictionary (PID-32). */
  verification?: Extension
  name?: HumanName[]
  birthDate?: string
  gender?: Patient['gender']
  address?: Address[]
  telecom?: ContactPoint[]
  ethnicity?: Extension
  practice?: NonNullable<Patient['generalPractitioner']>
  language?: string
  /** Fields that were emptied on purpose. */
  cleared: ('address' | 'telecom home' | 'telecom work')[]
  died?: string
  dead?: 'yes' | 'no'
  /** PD1-12: who asks may learn nothing of where the person is. */
  protectedAddress?: boolean
}

/**
 * What PID and PD1 say. In HL7 v2 an empty field says nothing; two quotation marks take away what stands there.
 * @throws Invalid naming the field
 */
export function patientSaid(message: Hl7Message, who: Who, { notes }: Envelope, reader: Reader): PatientSaid {
  const birthDate = birthDateIn(message, reader.today)
  const gender = genderIn(message, notes)
  const name = repetitionsOf(message, 'PID', 5).flatMap((each, index) => nameOf(each, index))
  const address = repetitionsOf(message, 'PID', 11).flatMap((each) => addressOf(each))
  const telecom = [
    ...repetitionsOf(message, 'PID', 13).flatMap((each) => telecomOf(each, 'home')),
    ...repetitionsOf(message, 'PID', 14).flatMap((each) => telecomOf(each, 'work')),
  ]
  const [language] = repetitionsOf(message, 'PID', 15)
  const status = fieldOf(message, 'PID', 32)
  const ethnicity = ethnicityIn(message)
  const practice = practiceIn(message, reader)
  const protection = fieldOf(message, 'PD1', 12).toUpperCase()
  return {
    identifier: identifiersOf(who, reader.source),
    ...(/^0[1-8]$/.test(status) && { verification: verificationOf(status) }),
    ...(name.length > 0 && { name }),
    ...(birthDate !== undefined && { birthDate }),
    ...(gender !== undefined && { gender }),
    ...(address.length > 0 && { address }),
    ...(telecom.length > 0 && { telecom }),
    ...(ethnicity && { ethnicity }),
    ...(practice && { practice }),
    ...(language && { language: language(2) || language(1) }),
    ...(/^[YN]$/.test(protection) && { protectedAddress: protection === 'Y' }),
    cleared: clearedIn(message),
    ...deathIn(message, notes),
  }
}

const verificationOf = (code: string): Extension => ({
  url: verificationStatus,
  valueCodeableConcept: {
    coding: [{ system: `${ukCore}/CodeSystem/UKCore-NHSNumberVerificationStatusEngland`, code }],
  },
})

export function identifiersOf({ nhsNumber, localNumber }: Who, source: string): Identifier[] {
  return [
    ...(nhsNumber === undefined
      ? []
      : [{ use: 'official' as const, system: nhsNumberSystem, value: nhsNumber }]),
    ...(localNumber === undefined ? [] : [{ system: localNumberSystem(source), value: localNumber }]),
  ]
}

function clearedIn(message: Hl7Message): PatientSaid['cleared'] {
  return [
    ...(isCleared(message, 'PID', 11) ? (['address'] as const) : []),
    ...(isCleared(message, 'PID', 13) ? (['telecom home'] as const) : []),
    ...(isCleared(message, 'PID', 14) ? (['telecom work'] as const) : []),
  ]
}

const practiceCode = /^[A-Z]\d{5}$/

/** PD1-3, the practice: name ^^ ODS code. Some English systems put the practice’s code, or the doctor’s, into PD1-4 instead. */
function practiceIn(message: Hl7Message, { place }: Reader): PatientSaid['practice'] {
  const [practice] = repetitionsOf(message, 'PD1', 3)
  const [doctor] = repetitionsOf(message, 'PD1', 4)
  const isKnown = (code: string) => place.organisations.some((each) => each.code === code)
  const value = [practice?.(3), practice?.(10), doctor?.(14), doctor?.(1)]
    .map((code) => code?.toUpperCase())
    .find((code) => code !== undefined && (practiceCode.test(code) || isKnown(code)))
  const display = practice?.(1)
  if (value)
    return [{ identifier: { system: odsSystem, value }, ...(display && display !== value && { display }) }]
  return display ? [{ display }] : undefined
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

/** PID-13 is the home’s, PID-14 the work’s; each may hold a mobile or an e-mail address as well. */
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

/** PID-10 (PID-22 in some English systems): the NHS’s ethnic category, one letter, or whatever the sender writes. */
function ethnicityIn(message: Hl7Message): Extension | undefined {
  const [ethnicity] = [...repetitionsOf(message, 'PID', 10), ...repetitionsOf(message, 'PID', 22)]
  if (!ethnicity) return undefined
  const code = ethnicity(1).toUpperCase()
  const coding = /^(?:[A-HJ-NPRSZ]|99)$/.test(code)
    ? [{ system: `${ukCore}/CodeSystem/UKCore-EthnicCategoryEngland`, code }]
    : undefined
  const text = ethnicity(2) || (coding ? '' : ethnicity(1))
  if (!coding && text === '') return undefined
  return {
    url: ethnicCategory,
    valueCodeableConcept: { ...(coding && { coding }), ...(text && { text }) },
  }
}

/** PID-29 when, PID-30 whether. A death that was recorded and is denied later (`N`) is taken back. */
function deathIn(message: Hl7Message, notes: Fault[]): Pick<PatientSaid, 'died' | 'dead'> {
  const died = timeAt(message, 'PID', 29, notes)
  const whether = fieldOf(message, 'PID', 30).toUpperCase()
  if (whether === 'N') return { dead: 'no' }
  return { ...(died && { died: died.fhir }), ...(whether === 'Y' && { dead: 'yes' as const }) }
}
