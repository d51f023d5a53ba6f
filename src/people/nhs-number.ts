/** Where NHS numbers stand in FHIR. */
export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number'

export type NhsNumberFault =
  | 'missing'
  | 'letters'
  | 'too short'
  | 'too long'
  | 'check digit'
  | 'national insurance number'

/**
 * Reads an NHS number as people write it: spaces and hyphens are allowed. Ten digits, the last a modulus 11 check digit
 * (digits 1 to 9 × weights 10 to 2; 11 − remainder; 11 counts as 0; 10 is never issued).
 */
export function readNhsNumber(written: string): { number: string } | { fault: NhsNumberFault } {
  const bare = written.replace(/[\s\-–]/g, '')
  if (bare === '') return { fault: 'missing' }
  if (/^[A-Za-z]{2}\d{6}[A-Da-d]$/.test(bare)) return { fault: 'national insurance number' }
  if (/\D/.test(bare)) return { fault: 'letters' }
  if (bare.length < 10) return { fault: 'too short' }
  if (bare.length > 10) return { fault: 'too long' }
  return checkDigitHolds(bare) ? { number: bare } : { fault: 'check digit' }
}

export const isNhsNumber = (value: string): boolean => /^\d{10}$/.test(value) && checkDigitHolds(value)

export const faultInWords: Record<NhsNumberFault, string> = {
  missing: 'Enter an NHS number',
  letters: 'An NHS number has 10 digits and no letters',
  'too short': 'An NHS number has 10 digits; this one has fewer',
  'too long': 'An NHS number has 10 digits; this one has more',
  'check digit': 'This is not a valid NHS number; check that each digit is right',
  'national insurance number': 'This looks like a National Insurance number; enter the NHS number',
}

const checkDigitHolds = (digits: string): boolean => checkDigit(digits.slice(0, 9)) === Number(digits[9])

/** The tenth digit that belongs to nine; undefined where there is none, and so no such number. */
export function checkDigit(nine: string): number | undefined {
  let sum = 0
  for (let place = 0; place < 9; place++) sum += Number(nine[place]) * (10 - place)
  const check = 11 - (sum % 11)
  return check === 10 ? undefined : check % 11
}
