import { numberWithCommas } from '../../../platform/ui/index.ts'

type Test = { code: string | null; title: string | null }

/** How a test is named in an address: its code, or its words where its source gave none. */
export const testKey = ({ code, title }: Test): string => code ?? wordsAsKey(title ?? '')

/** "Wound assessment" to "wound-assessment"; the query has the same rule. */
export const wordsAsKey = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

export type Value = {
  value_number: string | null
  value_text: string | null
  unit: string | null
  comparator: string | null
  absent_reason: string | null
  components: readonly {
    title: string | null
    value_number: string | number | null
    value_text: string | null
    unit: string | null
  }[]
}

/**
 * A result in words, with the digits as the source sent them: 1.50 is not 1.5. Two pressures are written as everyone writes them; other parts
 * one after another. A result that is missing says so and says why.
 */
export function valueInWords(result: Value): string {
  const { value_number, value_text, unit, comparator, absent_reason, components } = result
  if (value_number !== null) return withUnit(`${comparator ?? ''}${digits(value_number)}`, unit)
  if (value_text !== null) return value_text
  const pressure = bloodPressure(components)
  if (pressure) return pressure
  const parts = components.flatMap((part) => {
    const value =
      part.value_number !== null ? withUnit(digits(String(part.value_number)), part.unit) : part.value_text
    return value ? [`${part.title ?? 'Part'} ${value}`] : []
  })
  if (parts.length > 0) return parts.join(', ')
  return absent_reason ? `No result: ${absent_reason.toLowerCase()}` : 'No result given'
}

function bloodPressure(components: Value['components']): string | undefined {
  const of = (name: RegExp) =>
    components.find((part) => part.value_number !== null && name.test(part.title ?? ''))
  const [systolic, diastolic] = [of(/systolic/i), of(/diastolic/i)]
  return systolic && diastolic && components.length === 2
    ? `${systolic.value_number}/${diastolic.value_number} ${systolic.unit ?? 'mmHg'}`
    : undefined
}

/** "97%", "4.2 mmol/L". */
const withUnit = (number: string, unit: string | null): string =>
  unit === '%' ? `${number}%` : [number, unit].filter(Boolean).join(' ')

/** Commas from 1,000; what stands behind the point is left as it was sent. */
function digits(number: string): string {
  const [whole = '', ...fraction] = number.split('.')
  return /^-?\d{4,15}$/.test(whole) ? [numberWithCommas(Number(whole)), ...fraction].join('.') : number
}

export type Flag = 'Very high' | 'High' | 'Very low' | 'Low' | 'Abnormal' | 'Usual' | undefined

type Judged = {
  value_number: string | null
  comparator: string | null
  reference_low: string | null
  reference_high: string | null
  interpretation_code: string | null
}

const interpretations: Record<string, Flag> = {
  HH: 'Very high',
  HU: 'Very high',
  H: 'High',
  '>': 'High',
  LL: 'Very low',
  LU: 'Very low',
  L: 'Low',
  '<': 'Low',
  A: 'Abnormal',
  AA: 'Abnormal',
  N: 'Usual',
}

/**
 * Whether a result is out of the ordinary. The laboratory's own word counts; only where it gave none is the number held against the usual
 * range that came with it. A range of one end judges that end alone, and a number that is not exact ("<5") is not judged.
 *
 * | interpretation | value | usual range | flag |
 * |---|---|---|---|
 * | H | 121 | 45 to 105 | High |
 * | N | 121 | 45 to 105 | Usual: the laboratory knows the person's age and sex |
 * | none | 121 | 45 to 105 | High |
 * | none | 105 | 45 to 105 | Usual: the range includes its ends |
 * | none | 8 | up to 5 | High |
 * | none | <5 | up to 3 | none |
 * | none | 8 | none | none |
 */
export function flagOf(result: Judged): Flag {
  const said = interpretations[result.interpretation_code ?? '']
  if (said) return said
  if (result.value_number === null || result.comparator !== null) return undefined
  const [value, low, high] = [result.value_number, result.reference_low, result.reference_high].map(
    (number) => (number === null ? undefined : Number(number)),
  )
  if (value === undefined || (low === undefined && high === undefined)) return undefined
  if (high !== undefined && value > high) return 'High'
  return low !== undefined && value < low ? 'Low' : 'Usual'
}

export const isOutOfOrdinary = (flag: Flag): boolean => flag !== undefined && flag !== 'Usual'

/** "45 to 105", "up to 5", "60 or more". */
export function usualRange({
  reference_low: low,
  reference_high: high,
  reference_text: words,
}: {
  reference_low: string | null
  reference_high: string | null
  reference_text: string | null
}): string | undefined {
  if (low !== null && high !== null) return `${low} to ${high}`
  if (high !== null) return `up to ${high}`
  if (low !== null) return `${low} or more`
  return words ?? undefined
}
