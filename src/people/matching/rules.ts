import {
  type Agreement,
  areSwapped,
  type Compared,
  compareAddresses,
  compareBirthDates,
  compareFamilies,
  compareGenders,
  compareGivens,
  compareNumbers,
  comparePhones,
  comparePostcodes,
  comparePractices,
  type Field,
  type Identity,
} from './fields.ts'
import { isPlaceholder } from './names.ts'

/**
 * How much one field's agreement says, in bits: log2 (how often it is so among files of one person ÷ among files of two people drawn by
 * chance), after Fellegi and Sunter (1969). 10 bits make it 1,000 times likelier that the two are one person; −10 bits 1,000 times less.
 * What is not said counts nothing. The rates are our own estimates for a borough of 267,000, not measured on its records:
 *
 * | field | same | less | differs | because |
 * |---|---|---|---|---|
 * | NHS number | 22 | | −12 | numbers are given once; a wrong one is usually another person’s |
 * | birth date | 13 | 7 | −8 | one in some 30,000 shares it; one record in 50 has a slip in it |
 * | family name | 9 | 6 | −3 | one in some 500 shares it; people marry |
 * | given name | 7 | 5 | −5 | one in some 130 shares it |
 * | gender | 1 | | −5 | one in two shares it; seldom wrong |
 * | postcode | 9 | 2 | −1 | some 15 households share it; people move |
 * | address, phone | 3 | | 0 | the household’s, as the postcode is, so they add little to it |
 * | practice | 2 | | −1 | |
 */
const bits: Record<Field, Record<Agreement, number>> = {
  'NHS number': { same: 22, less: 0, differs: -12, 'not said': 0 },
  'birth date': { same: 13, less: 7, differs: -8, 'not said': 0 },
  'family name': { same: 9, less: 6, differs: -3, 'not said': 0 },
  'given name': { same: 7, less: 5, differs: -5, 'not said': 0 },
  gender: { same: 1, less: 0, differs: -5, 'not said': 0 },
  postcode: { same: 9, less: 2, differs: -1, 'not said': 0 },
  address: { same: 3, less: 0, differs: 0, 'not said': 0 },
  phone: { same: 3, less: 0, differs: 0, 'not said': 0 },
  practice: { same: 2, less: 0, differs: -1, 'not said': 0 },
}

/** From here on two files are worth somebody's time: with a chance of 1 in 267,000 before, 24 bits make it 60 to 1. */
export const worthALook = 24

export type Outcome = 'same' | 'doubt' | 'different'
export type Reason = Compared & { bits: number }
export type Weighed = { outcome: Outcome; score: number; reasons: Reason[] }

/**
 * Whether two files are one person. Only an NHS number *and* a second identifier join them; anything else is at most a doubt, for somebody to
 * look at. The table of cases beside this file is the rule as a records manager reads it.
 */
export function weigh(one: Identity, other: Identity): Weighed {
  const compared = [
    compareNumbers(one, other),
    compareBirthDates(one.birthDate, other.birthDate),
    ...compareNames(one, other),
    compareGenders(one.gender, other.gender),
    comparePostcodes(one.postcodeKey, other.postcodeKey),
    compareAddresses(one.addressKey, other.addressKey),
    comparePhones(one.phoneKey, other.phoneKey),
    comparePractices(one.practice, other.practice),
  ]
  const reasons = compared
    .filter((each) => each.agreement !== 'not said')
    .map((each) => ({ ...each, bits: bits[each.field][each.agreement] }))
  const score = reasons.reduce((sum, reason) => sum + reason.bits, 0)
  const how = (field: Field): Agreement =>
    compared.find((each) => each.field === field)?.agreement ?? 'not said'
  return { outcome: outcomeOf(one, other, how, score), score, reasons }
}

function compareNames(one: Identity, other: Identity): Compared[] {
  if (!areSwapped(one, other))
    return [compareFamilies(one, other), compareGivens(one.givenKey, other.givenKey)]
  const words = 'family and given name swapped'
  return [
    { field: 'family name', agreement: 'less', words },
    { field: 'given name', agreement: 'less', words },
  ]
}

function outcomeOf(one: Identity, other: Identity, how: (field: Field) => Agreement, score: number): Outcome {
  if (how('NHS number') === 'same') return agreesBesides(one, other, how) ? 'same' : 'doubt'
  // Twins share a birth date, a family name and an address; so do cousins of one name. Another given name is another person, and a baby
  // not yet named is not one of the other sex.
  if (how('given name') === 'differs') return 'different'
  const unnamed = isPlaceholder(one.givenKey) || isPlaceholder(other.givenKey)
  if (unnamed && (how('gender') === 'differs' || one.birthDate !== other.birthDate)) return 'different'
  return score >= worthALook ? 'doubt' : 'different'
}

/**
 * The second identifier: the same birth date, and a name. A number that a source says was never traced may be somebody else's, so that beside
 * it both names must agree.
 */
function agreesBesides(one: Identity, other: Identity, how: (field: Field) => Agreement): boolean {
  if (one.birthDate === null || one.birthDate !== other.birthDate) return false
  const agrees = (field: Field) => how(field) === 'same' || how(field) === 'less'
  // Twins' numbers are mistaken for each other's.
  if (how('given name') === 'differs' || (!agrees('given name') && how('gender') === 'differs')) return false
  return one.numberVerified === false || other.numberVerified === false
    ? agrees('family name') && agrees('given name')
    : agrees('family name') || agrees('given name')
}

/** How strong the likeness is, for who decides: the score in words. */
export const strengthOf = (score: number): 'very strong' | 'strong' | 'fair' | 'weak' =>
  score >= 40 ? 'very strong' : score >= 30 ? 'strong' : score >= worthALook ? 'fair' : 'weak'
