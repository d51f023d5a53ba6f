import type { Column } from '../../../datasets/index.ts'
import { faultInWords, readNhsNumber } from '../../../people/index.ts'

/** What a value is, or in words what was expected in its place. */
export type Read = { value: string } | { words: string }

/** @param teams codes of the place's teams */
export function readValue(type: Column['type'], written: string, teams: ReadonlySet<string>): Read {
  if (written.includes('\0')) return { words: 'holds a character that is no text' }
  switch (type.kind) {
    case 'text':
      return written.length <= type.most
        ? { value: written }
        : { words: `is longer than ${type.most} characters` }
    case 'date':
      return readDate(written)
    case 'nhs number': {
      const read = readNhsNumber(written)
      return 'number' in read
        ? { value: read.number }
        : { words: `is no NHS number: ${lowered(faultInWords[read.fault])}` }
    }
    case 'postcode':
      return readPostcode(written)
    case 'integer':
      return /^-?\d{1,9}$/.test(written) && Number(written) >= type.least && Number(written) <= type.most
        ? { value: String(Number(written)) }
        : { words: `is not a whole number from ${type.least} to ${type.most}` }
    case 'ods code':
      return /^[A-Z0-9]{3,10}$/i.test(written)
        ? { value: written.toUpperCase() }
        : { words: 'is not an organisation code: 3 to 10 letters and digits' }
    case 'team':
      return teams.has(written.toLowerCase())
        ? { value: written.toLowerCase() }
        : { words: 'is not the code of one of the place’s teams' }
    case 'code': {
      const { codes, name } = type.list
      const found = Object.entries(codes).find(([code, words]) => same(code, written) || same(words, written))
      return found
        ? { value: found[0] }
        : { words: `is not in the list “${name}”: ${Object.keys(codes).join(', ')}` }
    }
  }
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

/** Day before month, as here; a time of midnight is what some systems add to a date. */
function readDate(written: string): Read {
  const bare = written.replace(/[T ]00:00(:00(\.0+)?)?Z?$/, '')
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(bare)
  const british = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(bare)
  const [year, month, day] = (
    iso ? [iso[1], iso[2], iso[3]] : [british?.[3], british?.[2], british?.[1]]
  ).map(Number)
  const value = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
  const isDay = !!day && !!month && !!year && month <= 12 && day <= daysIn(year, month)
  if (!isDay) return { words: 'is not a date: write it as 2026-09-30 or 30/09/2026' }
  return value >= '1850-01-01' && value <= '2150-01-01'
    ? { value }
    : { words: 'is a date too far away to be meant' }
}

const daysIn = (year: number, month: number): number => {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

/** The shape of a British postcode (BS 7666), with one space before the last three. */
function readPostcode(written: string): Read {
  const bare = written.toUpperCase().replace(/\s+/g, '')
  return /^(?:[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}|GIR0AA)$/.test(bare)
    ? { value: `${bare.slice(0, -3)} ${bare.slice(-3)}` }
    : { words: 'is not a postcode, such as S60 1AA' }
}
