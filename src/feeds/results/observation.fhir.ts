import type { Hl7Message, Hl7Segment } from '@medplum/core'
import type { CodeableConcept, Observation, ObservationReferenceRange } from '@medplum/fhirtypes'
import { repetitionsIn, textIn } from '../hl7/hl7.ts'
import { timeIn } from '../reading/envelope.ts'
import type { Envelope } from '../reading/reading.ts'
import { codeIn } from './code.fhir.ts'
import { numberOf, unitIn, valueIn } from './value.fhir.ts'

/** One result; `key` is OBX-3 and OBX-4, by which a correction finds it. */
export type Tested = { key: string; observation: Partial<Observation> }

type Fallback = {
  effective: string | undefined
  issued: string | undefined
  category: CodeableConcept | undefined
}
type Context = Hl7Message['context']

/** Running text comes as a row of OBX with one code; the lines are one result. */
const textTypes = new Set(['TX', 'FT', 'ST', ''])

/** The results among the segments after an OBR, each with the comments (NTE) that follow it. */
export function observationsIn(
  segments: Hl7Segment[],
  context: Context,
  fallback: Fallback,
  envelope: Envelope,
): Tested[] {
  const found: (Tested & { isText: boolean })[] = []
  const times = new Map<string, number>()
  let last: Tested | undefined
  for (const segment of segments) {
    if (segment.name === 'NTE' && last) addNote(last.observation, textIn(segment, 3, context))
    if (segment.name !== 'OBX') {
      if (segment.name !== 'NTE' && segment.name !== 'PRT') last = undefined
      continue
    }
    const type = first(segment, 2, context).toUpperCase()
    const code = codeIn(repetitionsIn(segment, 3, context)[0])
    if (type === 'ED' || type === 'RP' || code === undefined) {
      last = undefined
      continue
    }
    const name = `${first(segment, 3, context) || code.text}/${first(segment, 4, context)}`
    const before = found.at(-1)
    const isText = textTypes.has(type)
    if (isText && before?.isText && before.key === name) {
      addLine(before.observation, textIn(segment, 5, context))
      last = before
      continue
    }
    const count = (times.get(name) ?? 0) + 1
    times.set(name, count)
    // The same test twice in one report and nothing to tell the two apart by: the first, the second.
    const key = count === 1 ? name : `${name}/${count}`
    last = { key, observation: observationIn(segment, type, code, context, fallback, envelope) }
    found.push({ ...last, isText })
    last = found.at(-1)
  }
  return found.map(({ key, observation }) => ({ key, observation }))
}

function observationIn(
  segment: Hl7Segment,
  type: string,
  code: CodeableConcept,
  context: Context,
  fallback: Fallback,
  { notes }: Envelope,
): Partial<Observation> {
  const status = statuses[first(segment, 11, context).toUpperCase()] ?? 'unknown'
  const effective = timeIn(first(segment, 14, context), 'OBX-14', notes)?.fhir ?? fallback.effective
  const interpretation = repetitionsIn(segment, 8, context).flatMap((each) => flagOf(each(1)))
  const range = rangeIn(textIn(segment, 7, context), unitIn(segment, context))
  const [laboratory] = repetitionsIn(segment, 15, context)
  const performer = laboratory?.(2) || laboratory?.(1)
  const value = valueIn(segment, type, context)
  return {
    status,
    code,
    ...(fallback.category && { category: [fallback.category] }),
    ...(effective && { effectiveDateTime: effective }),
    ...(fallback.issued && { issued: fallback.issued }),
    ...value,
    ...(Object.keys(value).length === 0 && { dataAbsentReason: notGiven }),
    ...(interpretation.length > 0 && { interpretation }),
    ...(range && { referenceRange: [range] }),
    ...(performer && { performer: [{ display: performer }] }),
  }
}

const notGiven: CodeableConcept = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
      code: 'unknown',
      display: 'Unknown',
    },
  ],
  text: 'No value was sent',
}

const first = (segment: Hl7Segment, field: number, context: Context): string =>
  repetitionsIn(segment, field, context)[0]?.(1) ?? ''

/** HL7 table 0085. A result that was wrong or deleted stays, marked as such. */
const statuses: Record<string, Observation['status']> = {
  F: 'final',
  U: 'final',
  C: 'corrected',
  P: 'preliminary',
  S: 'preliminary',
  R: 'preliminary',
  I: 'registered',
  X: 'cancelled',
  D: 'entered-in-error',
  W: 'entered-in-error',
}

const meanings: Record<string, string> = {
  H: 'High',
  HH: 'Critical high',
  L: 'Low',
  LL: 'Critical low',
  N: 'Normal',
  A: 'Abnormal',
  AA: 'Critical abnormal',
  '<': 'Off scale low',
  '>': 'Off scale high',
  U: 'Significant change up',
  D: 'Significant change down',
  B: 'Better',
  W: 'Worse',
  S: 'Susceptible',
  R: 'Resistant',
  I: 'Intermediate',
  POS: 'Positive',
  NEG: 'Negative',
}

/** HL7 table 0078, whose codes FHIR took over. Anything else is shown as it came. */
function flagOf(written: string): CodeableConcept[] {
  if (written === '') return []
  const code = written.toUpperCase()
  const display = meanings[code]
  const system = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation'
  return [display ? { coding: [{ system, code, display }] } : { text: written }]
}

/** `49 - 92`, `[ 150 - 450 ]`, `70_105`, `< 0.21`. The text is kept as it came; `[ ]` is none. */
function rangeIn(written: string, unit: { unit?: string }): ObservationReferenceRange | undefined {
  const text = written.replace(/^\[\s*|\s*\]$/g, '').trim()
  if (text === '') return undefined
  const both = /^(-?\d+(?:\.\d+)?)\s*(?:-|–|_|to)\s*(-?\d+(?:\.\d+)?)$/i.exec(text)
  const limit = /^([<>])=?\s*(-?\d+(?:\.\d+)?)$/.exec(text)
  const quantity = (value: string | undefined) => ({ value: numberOf(value ?? ''), ...unit })
  return {
    ...(both && { low: quantity(both[1]), high: quantity(both[2]) }),
    ...(limit?.[1] === '<' && { high: quantity(limit[2]) }),
    ...(limit?.[1] === '>' && { low: quantity(limit[2]) }),
    text,
  }
}

function addNote(observation: Partial<Observation>, text: string): void {
  if (text === '') return
  const [before] = observation.note ?? []
  observation.note = [{ text: before?.text ? `${before.text}\n${text}` : text }]
}

function addLine(observation: Partial<Observation>, text: string): void {
  observation.valueString = `${observation.valueString ?? ''}\n${text}`.trim()
  if (observation.valueString !== '') delete observation.dataAbsentReason
  else delete observation.valueString
}
