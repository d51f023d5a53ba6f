import type { Hl7Segment } from '@medplum/core'
import { instantInWords } from '../../../platform/ui/index.ts'
import { parseMessage, withoutEscapes } from '../../hl7/hl7.ts'
import { readTime } from '../../hl7/hl7-time.ts'
import { fieldNames, segmentNames, shownUnderProtection } from './field-names.ts'

/** One field of a message as a reader sees it. `lines`: its repetitions; empty where there is none, or where it is hidden. */
export type ReadField = {
  number: number
  name: string
  lines: string[]
  wrong: boolean
  hidden: boolean
  /** A time, in words. */
  inWords: string | undefined
}
export type ReadSegment = { name: string; inWords: string; fields: ReadField[]; wrong: boolean }

/** `absent`: the segment that is named as wrong and is not there. Without `segments` the text is no HL7 v2 message at all. */
export type MessageReading = { segments: ReadSegment[] | undefined; absent: string | undefined }

/**
 * A message with its segments and fields labelled, and the field that was wrong marked, even where it is empty.
 * @param place the field that was wrong, such as `PID-7`, or a segment, such as `PV1`
 * @param hides whether what may tell where the person is must not be shown
 */
export function labelled(text: string, place: string | null, hides: boolean): MessageReading {
  const [segment, number] = wrongPlace(place)
  let segments: Hl7Segment[]
  try {
    segments = parseMessage(text).segments
  } catch {
    return { segments: undefined, absent: segment }
  }
  const context = parseMessage(text).context
  let found = false
  const read = segments.map((each) => {
    const wrong = !found && each.name === segment
    found ||= wrong
    return {
      name: each.name,
      inWords: segmentNames[each.name] ?? 'Not known here',
      fields: fieldsOf(each, context, wrong ? number : undefined, hides),
      wrong,
    }
  })
  return { segments: read, absent: segment !== undefined && !found ? segment : undefined }
}

/** `PID-7` as its two parts; what is not named so is no place in a message. */
export function wrongPlace(place: string | null): [segment: string | undefined, field: number | undefined] {
  const match = /^([A-Z][A-Z0-9]{2})(?:-(\d+))?$/.exec(place ?? '')
  return match ? [match[1], match[2] ? Number(match[2]) : undefined] : [undefined, undefined]
}

type Context = Parameters<typeof withoutEscapes>[1]

function fieldsOf(
  segment: Hl7Segment,
  context: Context,
  wrong: number | undefined,
  hides: boolean,
): ReadField[] {
  const names = fieldNames[segment.name] ?? {}
  const count = segment.fields.length + (segment.name === 'MSH' ? 1 : 0)
  const fields: ReadField[] = []
  for (let number = 1; number < Math.max(count, (wrong ?? 0) + 1); number++) {
    const lines = segment.name === 'MSH' && number < 3 ? [] : linesOf(segment, number, context)
    if (lines.length === 0 && number !== wrong) continue
    const label = names[number]
    const hidden =
      hides && (!shownUnderProtection.has(segment.name) || label === undefined || label.endsWith('*'))
    fields.push({
      number,
      name: label?.replace('*', '') ?? 'Another field',
      lines: hidden ? [] : lines,
      wrong: number === wrong,
      hidden,
      inWords: hidden ? undefined : timeInWords(lines),
    })
  }
  return fields
}

/** Each repetition on a line, its components parted by commas. */
const linesOf = (segment: Hl7Segment, number: number, context: Context): string[] =>
  (segment.getField(number)?.components ?? [])
    .map((components) =>
      components
        .map((component) => withoutEscapes(component, context).trim())
        .filter((component) => component !== '')
        .join(', '),
    )
    .filter((line) => line !== '')

/** Only what cannot be anything else: eight digits alone may be a number. */
function timeInWords(lines: string[]): string | undefined {
  const [only = ''] = lines
  if (lines.length !== 1 || !/^(19|20)\d{10,12}([+-]\d{4})?$/.test(only)) return undefined
  const at = readTime(only)?.at
  return at && instantInWords(at)
}

/** The ten-digit numbers and local numbers that a message names people by, to find out whose it is. */
export function numbersIn(text: string): string[] {
  const lines = text.split(/[\r\n]+/).filter((line) => /^(PID|MRG)/.test(line))
  const words = lines.flatMap((line) => line.split(/[|^~&]/)).map((word) => word.trim())
  const numbers = words.flatMap((word) => [word, word.replace(/[\s-]/g, '')])
  return [...new Set(numbers.filter((word) => /\d/.test(word) && word.length <= 60))].slice(0, 200)
}
