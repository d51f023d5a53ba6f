import { expect, test } from 'vitest'
import { belongs, hasWord } from './pick.ts'

const now = new Date('2026-11-22T09:00:00Z')
const monthsAgo = (months: number) => new Date(now.getTime() - months * 30.44 * 86_400_000)
const item = { code: '763264000', words: ['Recurrent falls', null], at: monthsAgo(3), now: true }
const section = {
  codes: [] as string[],
  words: [] as string[],
  months: undefined as number | undefined,
  now: false,
}

// The table of belongs, row by row.
test.each([
  ['its code', { codes: ['763264000'] }, item, true],
  ['another code', { codes: ['1'] }, item, false],
  ['a word that it begins', { words: ['fall'] }, item, true],
  ['a word inside another', { words: ['fall'] }, { ...item, words: ['Rainfall gauge'] }, false],
  ['a code, though not the words', { codes: ['763264000'], words: ['memory'] }, item, true],
  ['neither codes nor words', {}, item, true],
  ['12 months', { months: 12 }, item, true],
  ['12 months, of an item of 13', { months: 12 }, { ...item, at: monthsAgo(13) }, false],
  ['12 months, of an item without a date', { months: 12 }, { ...item, at: null }, false],
  ['now', { now: true }, { ...item, now: false }, false],
])('a section that says %s', (_name, says, one, expected) =>
  expect(belongs(one, { ...section, ...says }, now)).toBe(expected),
)

test.each([
  ['ACE-III cognitive score', 'ace-iii', true],
  ['Help with care (package)', 'care (package)', true],
  ['C++', 'c+', true],
  ['éclair', 'clair', false],
])('%s has the word %s: %s', (text, word, expected) => expect(hasWord(text, word)).toBe(expected))
