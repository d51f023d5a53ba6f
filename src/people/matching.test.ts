import { expect, test } from 'vitest'
import { agrees, type Identity, nameKey, postcodeKey } from './matching.ts'

const margaret: Identity = {
  familyKey: 'ashworth',
  givenKey: 'margaret anne',
  birthDate: '1941-07-14',
  postcodeKey: 'S639ZA',
}

// Each line: the same NHS number, and what else a second file says.
test.each<[string, Partial<Identity>, 'same' | 'doubt']>([
  ['everything agrees', {}, 'same'],
  ['a middle name is missing', { givenKey: 'margaret' }, 'same'],
  ['the family name changed', { familyKey: 'bell' }, 'same'],
  ['the given name is a pet name', { givenKey: 'peggy' }, 'same'],
  ['both names differ: a twin, or a wrong number', { familyKey: 'bell', givenKey: 'ivy' }, 'doubt'],
  ['the birth date is mistyped', { birthDate: '1947-07-14' }, 'doubt'],
  ['the birth date is missing', { birthDate: null }, 'doubt'],
  ['only the postcode agrees', { familyKey: 'bell', givenKey: 'ivy', birthDate: '1990-01-01' }, 'doubt'],
  ['names are empty', { familyKey: '', givenKey: '' }, 'doubt'],
])('%s: %s', (_words, other, answer) => {
  expect(agrees(margaret, { ...margaret, ...other })).toBe(answer)
  expect(agrees({ ...margaret, ...other }, margaret)).toBe(answer)
})

test('two files that both say nothing do not agree', () => {
  const nothing = { familyKey: '', givenKey: '', birthDate: null, postcodeKey: null }
  expect(agrees(nothing, nothing)).toBe('doubt')
})

test.each([
  ['O’Neill', 'oneill'],
  ["O'NEILL", 'oneill'],
  ['Smith-Jones', 'smith jones'],
  ['Łukasz José', 'łukasz jose'],
  ['  van  der Berg ', 'van der berg'],
])('the name %s is compared as %s', (name, key) => expect(nameKey(name)).toBe(key))

test('a postcode is compared without spaces or small letters', () =>
  expect(postcodeKey(' s63  9za ')).toBe('S639ZA'))
