import { describe, expect, test } from 'vitest'
import { Invalid } from '../../platform/index.ts'
import { nameKey, postcodeKey } from '../matching/names.ts'
import { readList } from './list.ts'
import { type Near, outcomeOf } from './outcome.ts'

describe('reading a list', () => {
  test('headings are found however they are written, names in one column or two, dates as people write them', () => {
    const lines = readList(
      '\uFEFFPerson ID;Surname;Forename;D.O.B.;NHS_No\r\nL1;Ashworth;Margaret;14/07/1941;999 000 1235\r\n\r\nL2;"O;Neill";Zoë;1950-02-01;\r\n',
    )
    expect(lines).toMatchObject([
      {
        localId: 'L1',
        family: 'Ashworth',
        given: 'Margaret',
        birthDate: '1941-07-14',
        nhsNumber: '9990001235',
      },
      {
        localId: 'L2',
        family: 'O;Neill',
        given: 'Zoë',
        birthDate: '1950-02-01',
        nhsNumber: null,
        faults: [],
      },
    ])
    expect(lines.map((line) => line.line)).toEqual([2, 4])
    expect(readList('id,name,dob\n1,"BELL, Ann",1.2.1960\n2,Ann Mary Bell,01/02/1960')).toMatchObject([
      { family: 'BELL', given: 'Ann', birthDate: '1960-02-01' },
      { family: 'Bell', given: 'Ann Mary' },
    ])
  })

  test.each([
    ['', 'The list is empty'],
    ['id,name,dob\n', 'headings and no lines'],
    ['id,name\n1,Ann Bell', 'no column “birth date”'],
    ['name,dob\nAnn Bell,1960-01-01', 'no column “local id”'],
    ['id,dob\n1,1960-01-01', 'two identifiers'],
    ['id,name,dob\n1,"Ann,1960-01-01\n2,b,c', 'Line'],
    [`id,name,dob\n${'1,a b,1960-01-01\n'.repeat(5001)}`, 'at most 5000'],
  ])('%j is refused: %s', (text, words) => {
    expect(() => readList(text)).toThrow(Invalid)
    expect(() => readList(text)).toThrow(words)
  })

  test.each([
    [
      'id,family name,Geburtstag,date of birth\n7,Bell,,31/02/1960',
      'line 2, date of birth',
      'must be a real date',
    ],
    ['id,family name,dob\n7,Bell,', 'line 2, dob', 'is empty'],
    ['id,family name,dob,nhs number\n7,,1960-02-01,', 'line 2, family name', 'so is the NHS number'],
  ])('%j: one line cannot be read, and its column is named', (text, path, words) => {
    const [line] = readList(text)
    expect(line?.faults).toMatchObject([{ path, words: expect.stringContaining(words) }])
  })
})

/** Who is near: as the record has them. */
const near = (person: string, more: Partial<Near['identity']> = {}): Near => ({
  person,
  file: `file of ${person}`,
  identity: {
    nhsNumber: '9990001235',
    numberVerified: null,
    familyKey: nameKey('Ashworth'),
    givenKey: nameKey('Margaret'),
    formerFamilyKeys: [],
    birthDate: '1941-07-14',
    gender: 'female',
    postcodeKey: postcodeKey('S63 9ZA'),
    addressKey: null,
    phoneKey: null,
    practice: null,
    died: false,
    ...more,
  },
})
const line = (columns: string, values: string) => {
  const [read] = readList(`${columns}\n${values}`)
  if (!read) throw new Error('no line')
  return read
}
const margaret = 'id,family name,given name,dob,postcode'
const wholeOf = (values = 'L1,Ashworth,Margaret,1941-07-14,S63 9ZA') => line(margaret, values)
const numbered = (number: string, values = 'Ashworth,Margaret,1941-07-14') =>
  line('nhs number,id,family name,given name,dob', `${number},L1,${values}`)

describe('how a line comes out', () => {
  test.each([
    ['the number, birth date and name agree', numbered('9990001235'), [near('a')], 'verified', '02', null],
    [
      'and a source had it traced',
      numbered('9990001235'),
      [near('a', { numberVerified: true })],
      'verified',
      '01',
      null,
    ],
    [
      'the number agrees, the birth date is a slip off',
      numbered('9990001235', 'Ashworth,Margaret,1947-07-14'),
      [near('a')],
      'one to confirm',
      '05',
      null,
    ],
    [
      'the number is another’s',
      numbered('9990001235', 'Bell,Ivy,1990-02-03'),
      [near('a')],
      'none',
      '04',
      null,
    ],
    ['a check digit is wrong', numbered('9990001234'), [near('a')], 'number wrong', '03', null],
    ['it is a National Insurance number', numbered('QQ123456C'), [], 'number wrong', '03', null],
    [
      'another number than the record’s, all else agrees but the address',
      numbered('9990001308'),
      [near('a')],
      'none',
      '04',
      null,
    ],
    [
      'no number; name, birth date and postcode agree',
      wholeOf(),
      [near('a')],
      'one to confirm',
      '05',
      '9990001235',
    ],
    [
      'no number; the number here was never traced',
      wholeOf(),
      [near('a', { numberVerified: false })],
      'one to confirm',
      '05',
      null,
    ],
    [
      'no number; the postcode differs',
      wholeOf('L1,Ashworth,Margaret,1941-07-14,DN1 1AA'),
      [near('a')],
      'one to confirm',
      '05',
      null,
    ],
    [
      'no number; a pet name',
      wholeOf('L1,Ashworth,Peggy,1941-07-14,S63 9ZA'),
      [near('a')],
      'one to confirm',
      '05',
      null,
    ],
    [
      'no number; a protected address',
      wholeOf(),
      [near('a', { postcodeKey: null })],
      'one to confirm',
      '05',
      null,
    ],
    [
      'no number; two people',
      wholeOf(),
      [near('a'), near('b', { nhsNumber: '9990001308' })],
      'several',
      '04',
      null,
    ],
    [
      'no number; two files of one person',
      wholeOf(),
      [near('a'), near('a', { nhsNumber: null })],
      'one to confirm',
      '05',
      '9990001235',
    ],
    ['no number; a twin', wholeOf('L1,Ashworth,Ivy,1941-07-14,S63 9ZA'), [near('a')], 'none', '04', null],
    ['no number; nobody', wholeOf(), [], 'none', '04', null],
    [
      'the birth date cannot be read',
      wholeOf('L1,Ashworth,Margaret,14 July,S63 9ZA'),
      [near('a')],
      'unreadable',
      '03',
      null,
    ],
  ] as const)('%s', (_words, asked, those, outcome, status, number) => {
    const said = outcomeOf(asked, those)
    expect([said.outcome, said.status, said.nhsNumber]).toEqual([outcome, status, number])
    // Whom it found is audited, and nobody else.
    expect(said.found.length).toBe(
      { verified: 1, 'one to confirm': 1, several: 2, none: 0, 'number wrong': 0, unreadable: 0 }[outcome],
    )
  })
})
