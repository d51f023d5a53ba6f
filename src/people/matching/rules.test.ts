import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Identity } from './fields.ts'
import { addressKey, nameKey, phoneKey, postcodeKey } from './names.ts'
import { type Outcome, strengthOf, weigh } from './rules.ts'

/** One line of the tables: what a file says, as a source writes it. */
type Line = {
  nhs?: string | null
  traced?: boolean
  family?: string
  given?: string
  born?: string | null
  sex?: string | null
  postcode?: string | null
  address?: string
  phone?: string
  practice?: string
  former?: string
}

const identity = (line: Line): Identity => ({
  nhsNumber: line.nhs ?? null,
  numberVerified: line.traced ?? null,
  familyKey: nameKey(line.family ?? ''),
  givenKey: nameKey(line.given ?? ''),
  formerFamilyKeys: line.former ? [nameKey(line.former)] : [],
  birthDate: line.born ?? null,
  gender: line.sex ?? null,
  postcodeKey: line.postcode ? postcodeKey(line.postcode) : null,
  addressKey: line.address ? addressKey(line.address) : null,
  phoneKey: line.phone ? phoneKey(line.phone) : null,
  practice: line.practice ?? null,
  died: false,
})

const margaret: Line = {
  family: 'Ashworth',
  given: 'Margaret Anne',
  born: '1941-07-14',
  sex: 'female',
  postcode: 'S63 9ZA',
}
const number = '9990001235'

const both = (one: Line, other: Line, outcome: Outcome) => {
  const weighed = weigh(identity(one), identity(other))
  expect(weighed.outcome, weighed.reasons.map((reason) => `${reason.words} ${reason.bits}`).join('; ')).toBe(
    outcome,
  )
  expect(weigh(identity(other), identity(one)).outcome).toBe(outcome)
  expect(weigh(identity(other), identity(one)).score).toBe(weighed.score)
}

describe('the same NHS number, and', () => {
  test.each<[string, Line, Outcome]>([
    ['everything agrees', {}, 'same'],
    ['a middle name is missing', { given: 'Margaret' }, 'same'],
    ['the family name changed, such as by marriage', { family: 'Bell' }, 'same'],
    ['the given name is a pet name', { given: 'Peggy' }, 'same'],
    ['the given name is an initial', { given: 'M' }, 'same'],
    ['she goes by her middle name', { given: 'Anne' }, 'same'],
    ['family and given name are swapped', { family: 'Margaret', given: 'Ashworth' }, 'same'],
    ['the family name is spelt another way', { family: 'Ashwurth' }, 'same'],
    ['the address is another', { postcode: 'DN1 1AA' }, 'same'],
    ['the gender is another, the names agree', { sex: 'male' }, 'same'],
    ['a baby was named meanwhile', { given: 'Baby Girl' }, 'same'],
    ['the given name is another: a twin, or a wrong number', { given: 'Ivy' }, 'doubt'],
    ['both names differ', { family: 'Bell', given: 'Ivy' }, 'doubt'],
    ['a baby not yet named, of the other sex', { given: 'Baby Boy', sex: 'male' }, 'doubt'],
    ['the birth date is mistyped', { born: '1947-07-14' }, 'doubt'],
    ['the birth date is missing', { born: null }, 'doubt'],
    ['nothing else agrees', { family: 'Bell', given: 'Ivy', born: '1990-01-01', postcode: null }, 'doubt'],
    ['no name is given', { family: '', given: '' }, 'doubt'],
    ['never traced, both names agree', { traced: false }, 'same'],
    ['never traced, the family name differs', { traced: false, family: 'Bell' }, 'doubt'],
    ['traced, the family name differs', { traced: true, family: 'Bell' }, 'same'],
  ])('%s', (_words, other, outcome) =>
    both({ ...margaret, nhs: number }, { ...margaret, nhs: number, ...other }, outcome),
  )
})

describe('at least one without an NHS number, and', () => {
  test.each<[string, Line, Outcome]>([
    ['everything agrees: still only a doubt', {}, 'doubt'],
    ['the postcode is another', { postcode: 'DN1 1AA' }, 'doubt'],
    ['the postcode is not known', { postcode: null }, 'doubt'],
    ['day and month of birth are swapped', { born: '1941-07-14', postcode: 'S63 9ZA' }, 'doubt'],
    ['one digit of the birth date is off', { born: '1947-07-14' }, 'doubt'],
    ['one digit off, and she moved', { born: '1947-07-14', postcode: 'DN1 1AA' }, 'different'],
    ['another birth date', { born: '1950-02-03' }, 'different'],
    ['a pet name', { given: 'Peggy' }, 'doubt'],
    ['the family name changed', { family: 'Bell' }, 'doubt'],
    ['the family name changed, and she moved', { family: 'Bell', postcode: 'DN1 1AA' }, 'different'],
    ['it is a former name', { family: 'Bell', former: 'Ashworth', postcode: 'DN1 1AA' }, 'doubt'],
    ['a twin: another given name', { given: 'Ivy' }, 'different'],
    ['a twin of the other sex', { given: 'George', sex: 'male' }, 'different'],
    ['a husband: another given name and birth date', { given: 'Harold', born: '1939-05-02' }, 'different'],
  ])('%s', (_words, other, outcome) => {
    both(margaret, { ...margaret, ...other }, outcome)
    both({ ...margaret, nhs: number }, { ...margaret, ...other }, outcome)
  })

  test.each<[string, Line, Line, Outcome]>([
    [
      'a baby not named and the baby named later, at one address',
      { family: 'Kaur', given: 'Baby Girl', born: '2026-11-01', sex: 'female', postcode: 'S60 1AA' },
      { family: 'Kaur', given: 'Simran', born: '2026-11-01', sex: 'female', postcode: 'S60 1AA' },
      'doubt',
    ],
    [
      'a baby not named and a baby of the other sex',
      { family: 'Kaur', given: 'Baby', born: '2026-11-01', sex: 'male', postcode: 'S60 1AA' },
      { family: 'Kaur', given: 'Simran', born: '2026-11-01', sex: 'female', postcode: 'S60 1AA' },
      'different',
    ],
    [
      'Twin 1 and Twin 2',
      { family: 'Kaur', given: 'Twin 1', born: '2026-11-01', sex: 'female', postcode: 'S60 1AA' },
      { family: 'Kaur', given: 'Twin 2', born: '2026-11-01', sex: 'female', postcode: 'S60 1AA' },
      'different',
    ],
    [
      'Baby A and Baby Two',
      { family: 'Kaur', given: 'Baby A', born: '2026-11-01', sex: 'female', postcode: 'S60 1AA' },
      { family: 'Kaur', given: 'Baby Two', born: '2026-11-01', sex: 'female', postcode: 'S60 1AA' },
      'different',
    ],
    [
      'a baby and her mother',
      { family: 'Kaur', given: 'Baby Girl', born: '2026-11-01', sex: 'female', postcode: 'S60 1AA' },
      { family: 'Kaur', given: 'Jasleen', born: '1996-04-03', sex: 'female', postcode: 'S60 1AA' },
      'different',
    ],
    [
      'an overseas visitor, twice, with a postcode that is none',
      { family: 'Silva', given: 'Joana', born: '1988-03-09', sex: 'female', postcode: 'ZZ99 7CZ' },
      { family: 'Silva', given: 'Joana', born: '1988-03-09', sex: 'female', postcode: 'ZZ99 7CZ' },
      'doubt',
    ],
    [
      'two visitors born on 1 January, as their passports say',
      { family: 'Ali', given: 'Ahmed', born: '1990-01-01', sex: 'male', postcode: 'ZZ99 7CZ' },
      { family: 'Ali', given: 'Ahmed', born: '1990-01-01', sex: 'male', postcode: 'S60 1AA' },
      'doubt',
    ],
    [
      'nothing said at all',
      { family: '', given: '', born: null, sex: null, postcode: null },
      { family: '', given: '', born: null, sex: null, postcode: null },
      'different',
    ],
    [
      'somebody unconscious and anybody born that day',
      { family: 'Unknown', given: 'Male', born: null, sex: 'male', postcode: null },
      { family: 'Ali', given: 'Ahmed', born: '1990-01-01', sex: 'male', postcode: 'S60 1AA' },
      'different',
    ],
  ])('%s', (_words, one, other, outcome) => both(one, other, outcome))
})

describe('two different NHS numbers, and', () => {
  const other = '9990001308'
  test.each<[string, Line, Outcome]>([
    ['everything else agrees: one person may have been given two', {}, 'doubt'],
    ['everything but the address agrees: two people of one name', { postcode: 'DN1 1AA' }, 'different'],
    ['a twin', { given: 'Ivy' }, 'different'],
  ])('%s', (_words, line, outcome) =>
    both({ ...margaret, nhs: number }, { ...margaret, nhs: other, ...line }, outcome),
  )
})

describe('names', () => {
  const base: Line = {
    born: '1950-02-11',
    sex: 'female',
    postcode: 'S60 1AA',
    family: 'Clark',
    given: 'Catherine',
  }
  test.each<[string, Line, string]>([
    ['Clark and Clarke', { family: 'Clarke' }, 'family name spelt differently'],
    ['Catherine and Kathryn', { given: 'Kathryn' }, 'two forms of one given name'],
    ['Catherine and Cahterine', { given: 'Cahterine' }, 'given name spelt differently'],
    ['Clark and Clark-Jones', { family: 'Clark-Jones' }, 'one family name is part of the other'],
    ['Clark and C. Clark', { given: 'C.' }, 'the given name of one is an initial'],
    [
      'née Clark',
      { family: 'Bell', former: 'Clark' },
      'the family name of one is a former name of the other',
    ],
    ['the other way round', { family: 'Catherine', given: 'Clark' }, 'family and given name swapped'],
  ])('%s', (_words, line, words) => {
    const { reasons, outcome } = weigh(identity(base), identity({ ...base, ...line }))
    expect(reasons.map((reason) => reason.words)).toContain(words)
    expect(outcome).toBe('doubt')
  })

  test.each<[string, Line, Line]>([
    ['an apostrophe', { family: 'O’Neill' }, { family: 'ONEILL' }],
    ['a hyphen', { family: 'Smith-Jones' }, { family: 'Smith Jones' }],
    ['an accent', { given: 'Zoë' }, { given: 'Zoe' }],
    ['no space', { family: 'de la Cruz' }, { family: 'Delacruz' }],
  ])('%s makes no difference', (_words, one, other) => {
    const { reasons } = weigh(identity({ ...base, ...one }), identity({ ...base, ...other }))
    expect(
      reasons.filter((reason) => reason.field.endsWith('name')).map((reason) => reason.agreement),
    ).toEqual(['same', 'same'])
  })

  test.each([
    ['John', 'Joan'],
    ['Ali', 'Ann'],
    ['Marian', 'Martin'],
    ['Simran', 'Jasleen'],
  ])('%s is not %s', (one, other) => {
    const { reasons } = weigh(identity({ ...base, given: one }), identity({ ...base, given: other }))
    // John and Joan are one letter apart: a misspelling, as far as letters tell. Gender tells them apart, and somebody looks.
    expect(reasons.find((reason) => reason.field === 'given name')?.agreement).toBe(
      one === 'John' ? 'less' : 'differs',
    )
  })
})

describe('birth dates', () => {
  test.each([
    ['1941-07-14', '1941-07-14', 'same birth date'],
    ['1941-07-04', '1941-04-07', 'day and month of birth swapped'],
    ['1941-07-14', '1947-07-14', 'birth date differs in one digit'],
    ['1941-07-14', '1914-07-14', 'two digits of the birth date swapped'],
    ['1941-07-14', '1950-02-03', 'birth date differs'],
    ['1990-01-01', '1990-01-01', 'same birth date, but 1 January often stands for a date not known'],
  ])('%s and %s: %s', (born, other, words) => {
    const { reasons } = weigh(identity({ ...margaret, born }), identity({ ...margaret, born: other }))
    expect(reasons.map((reason) => reason.words)).toContain(words)
  })
})

describe('the rest', () => {
  test.each<[Line, Line, string]>([
    [{ postcode: 'S60 1AA' }, { postcode: 's601aa' }, 'same postcode'],
    [{ postcode: 'S60 1AA' }, { postcode: 'S60 2BB' }, 'postcodes in one district'],
    [{ postcode: 'SO6 1AA' }, { postcode: 'S06 1AA' }, 'same postcode'],
    [{ address: '12 Clifton Road' }, { address: '12, Clifton Rd' }, 'same address'],
    [{ phone: '+44 (0)1709 820000' }, { phone: '01709 820000' }, 'same phone'],
    [{ phone: '0044 7700 900123' }, { phone: '07700900123' }, 'same phone'],
    [{ practice: 'ZP001' }, { practice: 'ZP002' }, 'practice differs'],
  ])('%j and %j: %s', (one, other, words) => {
    const { reasons } = weigh(identity(one), identity(other))
    expect(reasons.map((reason) => reason.words)).toContain(words)
  })
})

describe('laws', () => {
  const drawn = fc.record({
    nhsNumber: fc.constantFrom(null, '9990001235', '9990001308'),
    numberVerified: fc.constantFrom(null, true, false),
    familyKey: fc.constantFrom('', 'ashworth', 'ashwurth', 'bell', 'baby', 'margaret'),
    givenKey: fc.constantFrom('', 'margaret', 'peggy', 'ivy', 'baby girl', 'twin 1', 'twin 2', 'ashworth'),
    formerFamilyKeys: fc.constantFrom<string[]>([], ['ashworth']),
    birthDate: fc.constantFrom(null, '1941-07-14', '1941-07-04', '1941-04-07', '1990-01-01'),
    gender: fc.constantFrom(null, 'male', 'female', 'other'),
    postcodeKey: fc.constantFrom(null, 'S639ZA', 'S639ZB', 'ZZ993VZ'),
    addressKey: fc.constantFrom(null, '1 high st'),
    phoneKey: fc.constantFrom(null, '01709820000'),
    practice: fc.constantFrom(null, 'ZP001'),
    died: fc.boolean(),
  })
  test('who is asked first makes no difference, and nobody is joined without a number and a birth date', () => {
    let joined = 0
    fc.assert(
      fc.property(drawn, drawn, (one, other) => {
        const answer = weigh(one, other)
        const back = weigh(other, one)
        expect([back.outcome, back.score]).toEqual([answer.outcome, answer.score])
        if (answer.outcome !== 'same') return
        joined++
        expect(one.nhsNumber).not.toBeNull()
        expect(one.nhsNumber).toBe(other.nhsNumber)
        expect(one.birthDate).not.toBeNull()
        expect(one.birthDate).toBe(other.birthDate)
      }),
      { numRuns: 20_000 },
    )
    expect(joined).toBeGreaterThan(30)
  })

  test('a stronger likeness has a stronger word', () =>
    expect([50, 32, 25, 3].map(strengthOf)).toEqual(['very strong', 'strong', 'fair', 'weak']))
})
