import { expect, test } from 'vitest'
import { distance, isPlaceholder, nameKey, orderAtBirth, phoneKey, postcodeKey, soundKey } from './names.ts'
import { areFormsOfOne, formOf } from './nicknames.ts'

test.each([
  ['O’Neill', 'oneill'],
  ["O'NEILL", 'oneill'],
  ['Smith-Jones', 'smith jones'],
  ['Łukasz José', 'lukasz jose'],
  ['Bjørn Weiß', 'bjorn weiss'],
  ['  van  der Berg ', 'van der berg'],
])('the name %s is compared as %s', (name, key) => expect(nameKey(name)).toBe(key))

test('a postcode is compared without spaces or small letters', () =>
  expect(postcodeKey(' s63  9za ')).toBe('S639ZA'))

test.each([
  ['01709 820000', '01709820000'],
  ['+44 1709 820000', '01709820000'],
  ['+44 (0)1709 820000', '01709820000'],
  ['0044 1709 820000', '01709820000'],
  ['ext 123', null],
])('the telephone number %s is compared as %s', (phone, key) => expect(phoneKey(phone)).toBe(key))

test.each([
  ['catherine', 'katherine'],
  ['philip', 'filip'],
  ['clark', 'clarke'],
  ['stephen', 'steven'],
  ['wright', 'right'],
  ['knight', 'night'],
  ['shaun', 'saun'],
  ['ashworth', 'ashwurth'],
  ['mohammed', 'muhammad'],
  ['geoffrey', 'jeffrey'],
])('%s sounds like %s', (one, other) => expect(soundKey(one)).toBe(soundKey(other)))

test.each([
  ['ashworth', 'bell'],
  ['khan', 'hussain'],
])('%s does not sound like %s', (one, other) => expect(soundKey(one)).not.toBe(soundKey(other)))

test.each([
  ['ashworth', 'ashworth', 0],
  ['ashworth', 'ashwroth', 1],
  ['clark', 'clarke', 1],
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
])('from %s to %s it is %i', (one, other, apart) => expect(distance(one, other)).toBe(apart))

test.each([
  ['baby girl', true, null],
  ['twin 2', true, '2'],
  ['baby b', true, '2'],
  ['infant boy one', true, '1'],
  ['unknown', true, null],
  ['', true, null],
  ['bobby', false, null],
  ['barbara', false, null],
])('%s is a placeholder: %s, born as number %s', (key, placeholder, order) => {
  expect(isPlaceholder(key)).toBe(placeholder)
  expect(orderAtBirth(key)).toBe(order)
})

test('forms of one name find each other, and a short form stands for each of its names', () => {
  expect(areFormsOfOne('margaret', 'peggy')).toBe(true)
  expect(areFormsOfOne('ted', 'edward')).toBe(true)
  expect(areFormsOfOne('ted', 'theodore')).toBe(true)
  expect(areFormsOfOne('edward', 'theodore')).toBe(false)
  expect(areFormsOfOne('zebedee', 'zebedee')).toBe(false)
  expect(formOf('peggy')).toBe(formOf('margaret'))
  expect(formOf('zebedee')).toBe('zebedee')
})
