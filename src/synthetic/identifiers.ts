import { checkDigit } from '../people/index.ts'

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

/** The last digit checks the others, so any other one is wrong. */
export const withWrongDigit = (number: string): string =>
  `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`
