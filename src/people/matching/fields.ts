import { distance, isPlaceholder, isPseudoPostcode, orderAtBirth, soundKey } from './names.ts'
import { areFormsOfOne } from './nicknames.ts'

/** What one file says about who someone is, folded by the functions of `names.ts`. Dates are YYYY-MM-DD; null is not said. */
export type Identity = {
  nhsNumber: string | null
  /** Whether the source had the number traced with the national service: null where it does not say. */
  numberVerified: boolean | null
  familyKey: string
  givenKey: string
  /** Family names that the source marks as former: before a marriage, at birth. */
  formerFamilyKeys: readonly string[]
  birthDate: string | null
  gender: string | null
  postcodeKey: string | null
  addressKey: string | null
  phoneKey: string | null
  /** ODS code of the practice. */
  practice: string | null
  died: boolean
}

export type Field =
  | 'NHS number'
  | 'birth date'
  | 'family name'
  | 'given name'
  | 'gender'
  | 'postcode'
  | 'address'
  | 'phone'
  | 'practice'

/** How two files agree in one field. `less`: near enough to be a slip or a variant. */
export type Agreement = 'same' | 'less' | 'differs' | 'not said'
export type Compared = { field: Field; agreement: Agreement; words: string }

type Names = Pick<Identity, 'familyKey' | 'givenKey' | 'formerFamilyKeys'>

const not = (field: Field): Compared => ({
  field,
  agreement: 'not said',
  words: `${field} not given by both`,
})
const same = (field: Field, words = `same ${field}`): Compared => ({ field, agreement: 'same', words })
const less = (field: Field, words: string): Compared => ({ field, agreement: 'less', words })
const differs = (field: Field, words = `${field} differs`): Compared => ({
  field,
  agreement: 'differs',
  words,
})

export function compareNumbers(one: Identity, other: Identity): Compared {
  if (one.nhsNumber === null || other.nhsNumber === null) return not('NHS number')
  return one.nhsNumber === other.nhsNumber
    ? same('NHS number')
    : differs('NHS number', 'two different NHS numbers')
}

export function compareBirthDates(one: string | null, other: string | null): Compared {
  const field = 'birth date'
  if (one === null || other === null) return not(field)
  if (one === other) {
    // Where a birth date is not known, many systems and many passports put 1 January.
    return one.endsWith('-01-01')
      ? less(field, 'same birth date, but 1 January often stands for a date not known')
      : same(field)
  }
  const [year, month, day] = one.split('-')
  if (other === `${year}-${day}-${month}`) return less(field, 'day and month of birth swapped')
  const wrong = [...one].filter((digit, place) => digit !== other[place]).length
  if (wrong === 1) return less(field, 'birth date differs in one digit')
  if (wrong === 2 && distance(one.replaceAll('-', ''), other.replaceAll('-', '')) === 1)
    return less(field, 'two digits of the birth date swapped')
  return differs(field)
}

export function compareFamilies(one: Names, other: Names): Compared {
  const field = 'family name'
  const [a, b] = [one.familyKey, other.familyKey]
  if (isPlaceholder(a) || isPlaceholder(b)) return not(field)
  if (a.replaceAll(' ', '') === b.replaceAll(' ', '')) return same(field)
  if (one.formerFamilyKeys.includes(b) || other.formerFamilyKeys.includes(a))
    return less(field, 'the family name of one is a former name of the other')
  if (a.split(' ').some((part) => part.length > 2 && b.split(' ').includes(part)))
    return less(field, 'one family name is part of the other')
  return nearly(a, b) ? less(field, 'family name spelt differently') : differs(field)
}

export function compareGivens(one: string, other: string): Compared {
  const field = 'given name'
  const [orderOne, orderOther] = [orderAtBirth(one), orderAtBirth(other)]
  if (orderOne !== null && orderOther !== null && orderOne !== orderOther)
    return differs(field, 'two of several children born together')
  if (isPlaceholder(one) || isPlaceholder(other)) return not(field)
  const [names, others] = [one.split(' '), other.split(' ')]
  const [first = '', firstOther = ''] = [names[0], others[0]]
  if (first === firstOther || one.replaceAll(' ', '') === other.replaceAll(' ', '')) return same(field)
  if (first.length === 1 || firstOther.length === 1)
    return first[0] === firstOther[0] ? less(field, 'the given name of one is an initial') : differs(field)
  if (areFormsOfOne(first, firstOther)) return less(field, 'two forms of one given name')
  if (names.some((name) => name.length > 1 && others.includes(name)))
    return less(field, 'a given name of one is a middle name of the other')
  return nearly(first, firstOther) ? less(field, 'given name spelt differently') : differs(field)
}

/** The family name of one is the given name of the other, and the other way round. */
export const areSwapped = (one: Names, other: Names): boolean =>
  [one.familyKey, one.givenKey, other.familyKey, other.givenKey].every((key) => !isPlaceholder(key)) &&
  one.familyKey !== other.familyKey &&
  one.familyKey === other.givenKey.split(' ')[0] &&
  other.familyKey === one.givenKey.split(' ')[0]

/** One slip of the finger, two in a long name; or names that sound alike and are not far apart as written. */
function nearly(one: string, other: string): boolean {
  const apart = distance(one, other)
  const shorter = Math.min(one.length, other.length)
  if (shorter < 3) return false
  if (apart <= (shorter >= 8 ? 2 : 1) && (shorter > 3 || one[0] === other[0])) return true
  return soundKey(one) === soundKey(other) && apart <= Math.ceil(shorter / 2.5)
}

export function compareGenders(one: string | null, other: string | null): Compared {
  const known = (gender: string | null) => gender === 'male' || gender === 'female'
  if (!known(one) || !known(other)) return not('gender')
  return one === other ? same('gender') : differs('gender')
}

export function comparePostcodes(one: string | null, other: string | null): Compared {
  const field = 'postcode'
  if (!one || !other || isPseudoPostcode(one) || isPseudoPostcode(other)) return not(field)
  const unmistaken = (key: string) => key.replaceAll('O', '0').replaceAll('I', '1')
  if (unmistaken(one) === unmistaken(other)) return same(field)
  const district = one.slice(0, -3)
  return district.length > 1 && district === other.slice(0, -3)
    ? less(field, 'postcodes in one district')
    : differs(field)
}

export const compareAddresses = (one: string | null, other: string | null): Compared =>
  compareWhole('address', one, other)
export const comparePhones = (one: string | null, other: string | null): Compared =>
  compareWhole('phone', one, other)
export const comparePractices = (one: string | null, other: string | null): Compared =>
  compareWhole('practice', one, other)

function compareWhole(field: Field, one: string | null, other: string | null): Compared {
  if (!one || !other) return not(field)
  return one === other ? same(field) : differs(field)
}
