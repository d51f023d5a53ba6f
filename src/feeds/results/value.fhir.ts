import type { Hl7Message, Hl7Segment } from '@medplum/core'
import type { Observation, Quantity } from '@medplum/fhirtypes'
import { parseLossless } from '../../record/index.ts'
import { type Repetition, repetitionsIn, textIn } from '../hl7/hl7.ts'
import { readTime } from '../hl7/hl7-time.ts'
import { codeIn, systemOf } from './code.fhir.ts'

type Value = Pick<Observation, 'valueQuantity' | 'valueString' | 'valueCodeableConcept' | 'valueDateTime'>

/**
 * OBX-5, as OBX-2 says it is. What is not as it says is kept as text: a number is never guessed.
 *
 * | type | written | value |
 * |---|---|---|
 * | NM | 98.00 | 98.00, with its precision |
 * | NM | <15 | less than 15 |
 * | NM | haemolysed | the text |
 * | SN | ^182 | 182 |
 * | SN | >^5 | more than 5 |
 * | SN | ^1^:^128 | the text 1:128 |
 * | CE, CWE | code^text^system | the code |
 * | TX, FT, ST | text | the text, lines and all |
 */
export function valueIn(segment: Hl7Segment, type: string, context: Hl7Message['context']): Value {
  const text = textIn(segment, 5, context)
  if (text === '') return {}
  const repetitions = repetitionsIn(segment, 5, context)
  const [value] = repetitions
  const unit = unitIn(segment, context)
  if (repetitions.length === 1 && value) {
    if (type === 'NM' || (type === '' && unit.unit !== undefined)) {
      const quantity = quantityOf(text, unit)
      if (quantity) return { valueQuantity: quantity }
    }
    if (type === 'SN') return structured(value, unit)
    if (['CE', 'CWE', 'CNE', 'CF', 'IS', 'ID'].includes(type)) {
      const coded = codeIn(value)
      if (coded) return { valueCodeableConcept: coded }
    }
    if (['TS', 'DT', 'DTM'].includes(type)) {
      const moment = readTime(value(1))
      if (moment) return { valueDateTime: moment.fhir }
    }
  }
  return { valueString: withUnit(text, type, unit.unit) }
}

/** Text in a number’s place loses its unit otherwise. */
const withUnit = (text: string, type: string, unit: string | undefined): string =>
  unit && type !== 'TX' && type !== 'FT' ? `${text} ${unit}` : text

const comparators = { '<': '<', '>': '>', '<=': '<=', '>=': '>=', '≤': '<=', '≥': '>=' } as const

function quantityOf(text: string, unit: Unit): Quantity | undefined {
  const match = /^(<=|>=|<|>|≤|≥)?\s*([+-]?\d+(?:\.\d+)?)$/.exec(text)
  if (!match) return undefined
  const comparator = match[1] && comparators[match[1] as keyof typeof comparators]
  return { value: numberOf(match[2] ?? ''), ...(comparator && { comparator }), ...unit }
}

/** SN: comparator ^ number ^ separator ^ number. */
function structured(value: Repetition, unit: Unit): Value {
  const [comparator, low, between, high] = [value(1), value(2), value(3), value(4)]
  const quantity = between === '' && high === '' ? quantityOf(`${comparator}${low}`, unit) : undefined
  if (quantity) return { valueQuantity: quantity }
  return {
    valueString: [comparator, low, between, high, unit.unit && ` ${unit.unit}`].filter(Boolean).join(''),
  }
}

/** With the precision that was written: 98.00 is not 98. */
export function numberOf(written: string): number {
  const plain = written.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1')
  return parseLossless(plain) as number
}

type Unit = Pick<Quantity, 'unit' | 'code' | 'system'>

/** OBX-6. Only UCUM is a system of units that others can compute with. */
export function unitIn(segment: Hl7Segment, context: Hl7Message['context']): Unit {
  const [written] = repetitionsIn(segment, 6, context)
  if (!written) return {}
  const unit = written(2) || written(1)
  const system = systemOf(written(3))
  if (unit === '') return {}
  const isUcum = system === 'http://unitsofmeasure.org' && written(1) !== ''
  return { unit, ...(isUcum && { system, code: written(1) }) }
}
