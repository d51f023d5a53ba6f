import { Hl7Message, type Hl7Segment } from '@medplum/core'
import { Invalid } from '../../platform/index.ts'

/** What MSH says, as it was written: still escaped, so that an acknowledgement can repeat it. */
export type Header = {
  separators: string
  sendingApplication: string
  sendingFacility: string
  receivingApplication: string
  receivingFacility: string
  time: string
  messageType: string
  event: string
  controlId: string
  processingId: string
  version: string
  charset: string
}

const longestName = 200
const punctuation = /^[!-/:-@[-`{-~]+$/

/** Reads MSH alone, so that even a message that makes no sense can be answered by its control id. Undefined without an MSH. */
export function readHeader(text: string): Header | undefined {
  const line = text.split(/[\r\n]/, 1)[0] ?? ''
  const separator = line.charAt(3)
  if (!line.startsWith('MSH') || !punctuation.test(separator)) return undefined
  const fields = line.split(separator)
  const encoding = fields[1] ?? ''
  // These are repeated in an acknowledgement, where a control character could end its frame.
  const field = (number: number): string =>
    (fields[number - 1] ?? '').slice(0, longestName).replace(/\p{Cc}/gu, ' ')
  const [messageType = '', event = ''] = field(9).split(encoding.charAt(0) || '^')
  return {
    separators: separator + (punctuation.test(encoding.slice(0, 5)) ? encoding.slice(0, 5) : ''),
    sendingApplication: field(3),
    sendingFacility: field(4),
    receivingApplication: field(5),
    receivingFacility: field(6),
    time: field(7),
    messageType: messageType.trim(),
    event: event.trim(),
    controlId: field(10).trim(),
    processingId: field(11),
    version: field(12),
    charset: field(18),
  }
}

/** The name in a field such as MSH-3, without its universal id. */
export const nameIn = (header: Header, field: string): string =>
  (field.split(header.separators.charAt(1))[0] ?? '').trim()

/** @throws Invalid when it has not the structure of an HL7 v2 message */
export function parseMessage(text: string): Hl7Message {
  const encoding = readHeader(text)?.separators.slice(1) ?? ''
  if (encoding.length < 4 || new Set(encoding).size !== encoding.length) {
    throw wrongStructure(
      'MSH-2',
      'The message must begin with MSH and name four different encoding characters',
    )
  }
  return Hl7Message.parse(oneSegmentALine(text))
}

export const wrongStructure = (path: string, words: string): Invalid =>
  new Invalid([{ path, words, code: 'structure' }])

/**
 * Segments end with CR. Where a sender ends some with LF those count too, but an LF inside a field, as typed into a form, is only a new
 * line of text.
 */
function oneSegmentALine(text: string): string {
  if (!text.includes('\r')) return text.replace(/\n+$/, '')
  return text
    .replace(/\r\n/g, '\r')
    .replace(/\n(?=[A-Z][A-Z0-9]{2}\|)/g, '\r')
    .replace(/\n/g, (_line, at: number, whole: string) =>
      whole.charAt(4) === '^' && whole.charAt(6) === '\\' && at > 8 ? '\\.br\\' : ' ',
    )
    .replace(/\r+$/, '')
}

/** One repetition of a field: its component and subcomponent, both counted from 1, without escapes. Empty when there is none. */
export type Repetition = (component: number, subcomponent?: number) => string

/** Two quotation marks: the sender knows that there is no value. An empty field says nothing. */
const noValue = '""'

/** Every repetition of a field of one segment; none when it is empty or not there. */
export function repetitionsIn(
  segment: Hl7Segment | undefined,
  field: number,
  context: Hl7Message['context'],
): Repetition[] {
  return (segment?.getField(field)?.components ?? [])
    .filter((components) => components.some((component) => component !== ''))
    .map((components) => (component, subcomponent = 1) => {
      const value =
        (components[component - 1] ?? '').split(context.subcomponentSeparator)[subcomponent - 1] ?? ''
      return value === noValue ? '' : withoutEscapes(value, context).trim()
    })
}

/** A field of running text, whole: people type ^ and & into text, and not every sender escapes them. Repetitions are lines. */
export const textIn = (
  segment: Hl7Segment | undefined,
  field: number,
  context: Hl7Message['context'],
): string =>
  (segment?.getField(field)?.components ?? [])
    .map((components) => withoutEscapes(components.join(context.componentSeparator), context).trim())
    .filter((line) => line !== noValue)
    .join('\n')
    .trim()

/** Every repetition of a field; none when the segment or the field is not there. */
export const repetitionsOf = (message: Hl7Message, segment: string, field: number): Repetition[] =>
  repetitionsIn(message.getSegment(segment), field, message.context)

/**
 * A message in pieces, each begun by a segment of this name and led by what stands before the first: several people in one message, several
 * orders about one person.
 */
export function piecesOf(message: Hl7Message, begunBy: string): Hl7Message[] {
  const first = message.segments.findIndex((segment) => segment.name === begunBy)
  if (first < 0) return []
  const head = message.segments.slice(0, first)
  const pieces: Hl7Segment[][] = []
  for (const segment of message.segments.slice(first)) {
    if (segment.name === begunBy) pieces.push([])
    pieces.at(-1)?.push(segment)
  }
  return pieces.map((segments) => new Hl7Message([...head, ...segments], message.context))
}

/** The first component of the first repetition, such as `PV1-19`. */
export const fieldOf = (message: Hl7Message, segment: string, field: number): string =>
  repetitionsOf(message, segment, field)[0]?.(1) ?? ''

export const isCleared = (message: Hl7Message, segment: string, field: number): boolean =>
  message.getSegment(segment)?.getField(field)?.toString() === noValue

/** HL7 v2.5, chapter 2.7. An escape that is not known is left as it stands, so that nothing disappears. */
export function withoutEscapes(value: string, context: Hl7Message['context']): string {
  const mark = context.escapeCharacter
  if (!value.includes(mark)) return value
  const pieces = value.split(mark)
  let text = pieces[0] ?? ''
  for (let at = 1; at < pieces.length; at += 2) {
    const code = pieces[at] ?? ''
    const closed = at + 1 < pieces.length
    text += closed ? (meaningOf(code, context) ?? mark + code + mark) : mark + code
    text += pieces[at + 1] ?? ''
  }
  return text
}

function meaningOf(code: string, context: Hl7Message['context']): string | undefined {
  const separators: Record<string, string> = {
    F: context.fieldSeparator,
    S: context.componentSeparator,
    T: context.subcomponentSeparator,
    R: context.repetitionSeparator,
    E: context.escapeCharacter,
    H: '',
    N: '',
  }
  if (Object.hasOwn(separators, code)) return separators[code]
  // Chapter 2.7.6: commands to a printer. Those that begin a line do so here; those that indent or fill do nothing.
  if (/^\.(?:br|ce|sp\+?\d*)$/i.test(code)) return '\n'
  if (/^\.(?:fi|nf|in[+-]?\d*|ti[+-]?\d*|sk[+-]?\d*)$/i.test(code)) return ' '
  if (!/^X(?:[0-9A-F]{2})+$/i.test(code)) return undefined
  return Buffer.from(code.slice(1), 'hex')
    .toString('latin1')
    .replace(/\p{Cc}/gu, ' ')
}
