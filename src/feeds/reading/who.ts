import type { Hl7Message } from '@medplum/core'
import { faultInWords, readNhsNumber } from '../../people/index.ts'
import { type Fault, Invalid } from '../../platform/index.ts'
import { type Repetition, repetitionsOf } from '../hl7/hl7.ts'
import type { Who } from './reading.ts'

export const longestIdentifier = 60

/**
 * PID-3: `9990001235^^^NHS^NH~R1400017^^^RFR^MR`. A number that cannot be an NHS number is left out and noted, as long as the sender's own
 * number says who is meant; alone it says nothing. Versions before 2.3 have the sender's number in PID-2.
 * @throws Invalid when the message names nobody
 */
export function whoIn(message: Hl7Message, notes: Fault[]): Who {
  const own = repetitionsOf(message, 'PID', 3)
  return whoAt(own.length > 0 ? own : repetitionsOf(message, 'PID', 2), 'PID-3', notes)
}

/** MRG-1: the number that no longer counts, and MRG-4 in versions before 2.3. */
export function formerWho(message: Hl7Message, notes: Fault[]): Who {
  const prior = repetitionsOf(message, 'MRG', 1)
  return whoAt(prior.length > 0 ? prior : repetitionsOf(message, 'MRG', 4), 'MRG-1', notes)
}

function whoAt(identifiers: Repetition[], path: string, notes: Fault[]): Who {
  let nhsNumber: string | undefined
  const faults: Fault[] = []
  const locals: { value: string; rank: number }[] = []
  for (const identifier of identifiers) {
    const value = identifier(1)
    if (value === '') continue
    if (isNhs(identifier)) {
      const read = readNhsNumber(value)
      if ('number' in read) nhsNumber ??= read.number
      else faults.push({ path, words: faultInWords[read.fault], code: 'value' })
      continue
    }
    const rank = localTypes.indexOf(typeOf(identifier))
    if (rank >= 0 && value.length <= longestIdentifier) locals.push({ value, rank })
  }
  const localNumber = locals.sort((one, other) => one.rank - other.rank)[0]?.value
  const number = localNumber ?? (nhsNumber === undefined ? undefined : `nhs ${nhsNumber}`)
  if (number === undefined) {
    const words = 'The message names nobody: neither an NHS number nor a local number'
    throw new Invalid([faults[0] ?? { path, words, code: 'missing' }])
  }
  notes.push(...faults)
  return { number, nhsNumber, localNumber }
}

const isNhs = (identifier: Repetition): boolean =>
  ['NH', 'NHS', 'NHSNO', 'NHSNMBR'].includes(identifier(5).toUpperCase()) ||
  ['NHS', 'NHSNBR', 'NHSNO'].includes(identifier(4).toUpperCase())

/** What is no code but words, such as the name of a hospital, was put into the wrong place and says nothing of the kind of number. */
const typeOf = (identifier: Repetition): string => {
  const type = identifier(5).toUpperCase()
  if (/^USSSA$/i.test(identifier(4)) || /^USSSA$/i.test(identifier(6))) return 'SS'
  return /^[A-Z0-9]{1,7}$/.test(type) ? type : ''
}

/** What a sender calls its own number, the surest first; many say nothing. */
const localTypes = ['MR', 'MRN', 'PI', 'PT', 'PAS', 'HOSP', 'DIST', 'LR', '']
