import type { Dice } from '../../dice.ts'
import { MINUTES_A_DAY } from '../../lives/moment.ts'
import type { Message } from './message.ts'
import { hl7Time } from './segments.ts'

/**
 * How often real feeds go wrong, as shares of messages. Chosen so that a day of a small place shows each; published
 * figures for NHS feeds differ from hospital to hospital.
 */
export const DIRT = {
  late: 0.02,
  repeated: 0.01,
  /** A stay's first message names another ward, and an update puts it right. */
  corrected: 0.01,
  /** An admission that never was: sent, and taken back. */
  cancelled: 0.004,
  withoutNhsNumber: 0.02,
  /** One digit wrong, so that the check digit fails. */
  wrongNhsNumber: 0.003,
} as const

const NHS = /(^|\|)(999\d{7})\^\^\^NHS\^NH~/

const changePid = (message: Message, change: (pid: string) => string): Message => ({
  ...message,
  segments: message.segments.map((each) => (each.startsWith('PID|') ? change(each) : each)),
})

const withoutNumber = (message: Message): Message => changePid(message, (pid) => pid.replace(NHS, '$1'))

/** One more in the last digit of the nine: the tenth no longer fits. */
function withWrongNumber(message: Message): Message {
  return changePid(message, (pid) =>
    pid.replace(NHS, (_all, before: string, number: string) => {
      const changed = `${number.slice(0, 8)}${(Number(number[8]) + 1) % 10}${number[9]}`
      return `${before}${changed}^^^NHS^NH~`
    }),
  )
}

/** The same news told as another event, some minutes on. */
function retold(message: Message, event: string, minutes: number): Message {
  const at = message.at + minutes
  const control = `${message.control}-${event}`
  return {
    at,
    control,
    segments: message.segments.map((each) => {
      const fields = each.split('|')
      if (fields[0] === 'MSH') {
        fields[6] = hl7Time(at)
        fields[8] = `ADT^${event}`
        fields[9] = control
      } else if (fields[0] === 'EVN') {
        fields[1] = event
        fields[2] = hl7Time(at)
      }
      return fields.join('|')
    }),
  }
}

const isAdmission = (message: Message) => message.segments[0]?.includes('ADT^A01') ?? false

function inWrongWard(message: Message): Message {
  return {
    ...message,
    segments: message.segments.map((each) =>
      each.startsWith('PV1|') ? each.replace(/^(PV1\|1\|I\|)[^|]*/, '$1B4^^^RFR') : each,
    ),
  }
}

/** An admission begun for the wrong visit, under a number of its own, and taken back before the true one is sent. */
function mistaken(message: Message): Message[] {
  const other = (each: string) => {
    const fields = each.split('|')
    if (fields[0] === 'PV1') fields[19] = `${fields[19]}9`
    return fields.join('|')
  }
  return [retold(message, 'A01', -20), retold(message, 'A11', -10)].map((each) => ({
    ...each,
    segments: each.segments.map(other),
  }))
}

/** What a real line would carry in place of one message: late, twice, wrong first, or with the wrong number. */
function soiled(message: Message, dice: Dice): Message[] {
  let clean = message
  if (dice.chance(DIRT.withoutNhsNumber)) clean = withoutNumber(clean)
  else if (dice.chance(DIRT.wrongNhsNumber)) clean = withWrongNumber(clean)
  const sent = [clean]
  if (isAdmission(message) && dice.chance(DIRT.corrected))
    sent.splice(0, 1, inWrongWard(clean), retold(clean, 'A08', 35))
  if (isAdmission(message) && dice.chance(DIRT.cancelled)) sent.unshift(...mistaken(clean))
  if (dice.chance(DIRT.late))
    return sent.map((each) => ({ ...each, at: each.at + dice.whole(60, 2 * MINUTES_A_DAY) }))
  if (dice.chance(DIRT.repeated)) return [...sent, { ...clean, at: clean.at + dice.whole(1, 300) }]
  return sent
}

/** Messages with the dirt of real feeds, in the order in which they arrive. */
export function withDirt(messages: readonly Message[], dice: Dice): Message[] {
  return messages.flatMap((message) => soiled(message, dice)).sort((a, b) => a.at - b.at)
}
