import { daysInMonth } from '../temporal.ts'
import type { Check, IssueCode } from './issue.ts'
import { narrativeFault } from './narrative.ts'

/** What is wrong with a primitive value, or undefined. The words never repeat the value. */
export type Fault = { code: IssueCode; words: string } | undefined
export type Primitive = (value: unknown, check: Check) => Fault

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are kept out
const codeShape = /^[^\s\u0000-\u001f]+(?: [^\s\u0000-\u001f]+)*$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are kept out
const addressShape = /^[^\s\u0000-\u001f]+$/

const mebibyte = 1_048_576

const structure = (words: string): Fault => ({ code: 'structure', words })
const invalid = (words: string): Fault => ({ code: 'value', words })

// Control characters cannot be stored as text, and FHIR allows only tab, line feed and carriage return.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/

/** Text that matches `shape`, which leaves no room for control characters; `is` ends the sentence "This must be …". */
function text(is: string, shape?: RegExp, limit = mebibyte): Primitive {
  return (value) => {
    if (typeof value !== 'string') return structure(`This must be ${is}, written as JSON text.`)
    if (value === '') return invalid('This is empty; leave the property out instead.')
    if (value.length > limit) return { code: 'too-long', words: `This is longer than ${limit} characters.` }
    if (!value.isWellFormed() || (!shape && control.test(value)))
      return invalid('This has characters that text cannot hold.')
    return shape && !shape.test(value) ? invalid(`This must be ${is}.`) : undefined
  }
}

const zone = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))'
const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?'
const dateShape = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/
const dateTimeShape = new RegExp(`^(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)(?:T${clock}${zone})?)?)?$`)
const instantShape = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)T${clock}${zone}$`)

/** A date of the right shape that the calendar has: not the year 0, not 31 February. */
function dated(is: string, shape: RegExp): Primitive {
  const plain = text(is)
  return (value, check) => {
    const match = typeof value === 'string' ? shape.exec(value) : null
    if (!match) return plain(value, check) ?? invalid(`This must be ${is}.`)
    const [, year, month = '01', day = '01'] = match
    const [y, m, d] = [Number(year), Number(month), Number(day)]
    if (y === 0 || m < 1 || m > 12 || d < 1 || d > daysInMonth(y, m))
      return invalid('The calendar has no such date.')
    return undefined
  }
}

const digits = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/

const decimal: Primitive = (value, check) => {
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : invalid('This must be a finite number.')
  const kept = check.decimal(value)
  if (kept === undefined) return structure('This must be a number, written as a JSON number and not as text.')
  return digits.test(kept) ? undefined : invalid('This must be a decimal number.')
}

function whole(is: string, least: number, most: number): Primitive {
  return (value, check) => {
    const kept = typeof value === 'number' ? value : check.decimal(value)
    if (kept === undefined) return structure(`This must be ${is}, written as a JSON number.`)
    const number = Number(kept)
    return Number.isInteger(number) && number >= least && number <= most
      ? undefined
      : invalid(`This must be ${is}.`)
  }
}

const base64: Primitive = (value) => {
  if (typeof value !== 'string') return structure('This must be base64, written as JSON text.')
  const bare = value.replace(/\s+/g, '')
  if (bare === '') return invalid('This is empty; leave the property out instead.')
  const sound = bare.length % 4 === 0 && !/[^A-Za-z0-9+/=]/.test(bare) && /^[^=]*={0,2}$/.test(bare)
  return sound ? undefined : invalid('This must be base64.')
}

const xhtml: Primitive = (value) => {
  if (typeof value !== 'string') return structure('This must be XHTML, written as JSON text.')
  const words = narrativeFault(value)
  return words === undefined ? undefined : { code: 'invalid', words }
}

const largest = 2 ** 31 - 1

/** The checks of the primitive types of R4, after http://hl7.org/fhir/R4/datatypes.html, by name. */
export const primitives: Record<string, Primitive> = {
  boolean: (value) =>
    typeof value === 'boolean' ? undefined : structure('This must be true or false, without quotes.'),
  string: text('text'),
  markdown: text('text'),
  code: text('a code: words parted by single spaces', codeShape),
  id: text('an id: up to 64 letters, digits, hyphens and dots', /^[A-Za-z0-9.-]{1,64}$/),
  uri: text('an address without spaces', addressShape),
  url: text('an address without spaces', addressShape),
  canonical: text('an address without spaces', addressShape),
  oid: text('an object identifier that starts with urn:oid:', /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/, 4096),
  uuid: text('a UUID that starts with urn:uuid:', /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
  base64Binary: base64,
  date: dated('a date as YYYY, YYYY-MM or YYYY-MM-DD', dateShape),
  dateTime: dated(
    'a date, or a date with time to the second and offset, as 2024-07-01T10:00:00+01:00',
    dateTimeShape,
  ),
  instant: dated('a date with time to the second and offset, as 2024-07-01T10:00:00+01:00', instantShape),
  time: text('a time of day as hh:mm:ss', new RegExp(`^${clock}$`)),
  decimal,
  integer: whole('a whole number', -largest - 1, largest),
  unsignedInt: whole('a whole number from 0', 0, largest),
  positiveInt: whole('a whole number from 1', 1, largest),
  xhtml,
}
