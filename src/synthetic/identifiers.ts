import { createHash } from 'node:crypto'

export const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number'
export const ODS_CODE = 'https://fhir.nhs.uk/Id/ods-organization-code'
export const LOCATION = 'https://golden-thread.example/Id/location'
export const TEAM = 'https://golden-thread.example/Id/team'
export const VISIT_NUMBER = 'https://golden-thread.example/Id/rfr-visit-number'
/** What each source calls its own number: rfr-hospital-number, zp001-gp-number and so on. */
export const localNumber = (sourceId: string) => `https://golden-thread.example/Id/${sourceId}-number`

/** Labels in the sense of docs/access.md. */
const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
export const PROTECTED_ADDRESS = { system: CONFIDENTIALITY, code: 'R', display: 'restricted' }
export const SPECIALLY_PROTECTED = { system: CONFIDENTIALITY, code: 'V', display: 'very restricted' }

/** FHIR has no word for safeguarding among its flag categories, so the place has one of its own. */
export const FLAG_CATEGORY = 'https://golden-thread.example/CodeSystem/flag-category'

/** The tenth digit: weights 10 to 2, modulus 11. Nought stands for 11; for 10 there is no such number. */
function checkDigit(nine: string): number | undefined {
  const sum = [...nine].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0)
  const digit = 11 - (sum % 11)
  return digit === 10 ? undefined : digit === 11 ? 0 : digit
}

export function isNhsNumber(number: string): boolean {
  return /^\d{10}$/.test(number) && checkDigit(number.slice(0, 9)) === Number(number[9])
}

/**
 * Numbers from 999 000 000 up are never given to anyone, so invented people cannot be taken for real ones.
 * @param serial 0 to 999999; about one in eleven has no check digit, then the next serial is taken
 */
export function* nhsNumbersFrom(serial: number): Generator<string> {
  for (let n = serial; n <= 999_999; n++) {
    const nine = `999${String(n).padStart(6, '0')}`
    const digit = checkDigit(nine)
    if (digit !== undefined) yield nine + String(digit)
  }
}

/**
 * An id in the shape of a UUID, the same for the same name. Marked as version 8 ("made in a way of one's own").
 * A source that sends a record twice must send the same id, or the record would grow a second copy.
 */
export function idFor(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-')
}
