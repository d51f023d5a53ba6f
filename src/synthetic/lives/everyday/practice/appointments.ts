import type { Dice } from '../../../dice.ts'
import type { GpContact, Happening, Reason } from '../../happening.ts'
import { isKnownOn } from '../../health.ts'
import { tell } from '../../living.ts'
import { type Day, dayOf, MINUTES_A_DAY } from '../../moment.ts'
import { ARRANGEMENTS, type Arrangement, type ArrangementId, type Upto } from './arrangements.ts'
import type { Patient } from './patient.ts'

function drawn<T>(dice: Dice, from: Upto<T>): T {
  const thrown = dice.next()
  for (const [thing, upto] of from) if (thrown < upto) return thing
  throw new Error('Shares of an arrangement do not reach 1')
}

/** Any number of days of the class that was drawn: above the one before it, up to its own. */
function waitOf(dice: Dice, from: Arrangement['wait']): number {
  const thrown = dice.next()
  let before = -1
  for (const [most, upto] of from) {
    if (thrown < upto) return dice.whole(before + 1, most)
    before = most
  }
  return before
}

/** Blood is not taken, nor a vaccine given, by telephone. */
const isHandsOn = ({ mode }: Arrangement): boolean => mode.length === 1

/** Of what else would be seen at the surgery, the share for which a practice goes to somebody housebound; it rings about the rest (chosen). */
const HOUSEBOUND_VISITED = 0.08

const startOf = (day: Day) => day * MINUTES_A_DAY

/** Surgeries run from 8:00 to 18:30, most in the morning; what is sent online is answered from home too. */
function minuteOf(dice: Dice, online: boolean): number {
  if (online) return dice.whole(7 * 60, 21 * 60)
  const morning = dice.next() < 0.56
  return morning ? 8 * 60 + 5 * dice.whole(0, 50) : 13 * 60 + 5 * dice.whole(0, 63)
}

/** Minutes with the person: about a third up to 5, a third to 10, the rest longer (same source); reviews and visits take longest. */
function lengthOf(dice: Dice, mode: GpContact['mode'], planned: boolean): number {
  const usual = mode === 'home visit' ? 22 : mode === 'face to face' ? (planned ? 14 : 10) : 6
  return Math.max(1, Math.round(usual * (0.4 + dice.next() + 0.4 * dice.next())))
}

/** Who cannot get to the surgery is visited or rung. */
function isHousebound(patient: Patient, day: Day): boolean {
  return day >= patient.inCareHome || isKnownOn(patient.living.health, 'severeFrailty', day)
}

/** Missed more often where it is poorer and by younger adults: 4 to 5% of all, none of calls to a house. */
function statusOf(patient: Patient, dice: Dice, mode: GpContact['mode'], day: Day): GpContact['status'] {
  const thrown = dice.next()
  if (mode === 'home visit' || mode === 'online') return 'attended'
  const young = day - patient.born > 16 * 365 && day - patient.born < 45 * 365 ? 1.6 : 0.9
  const missed = (0.028 + 0.035 * patient.deprivation) * young
  return thrown < missed ? 'did not attend' : thrown < missed + 0.012 ? 'cancelled' : 'attended'
}

/** Books, and holds, one contact on a day on which the surgery is open and the person can come. */
export function meet(
  patient: Patient,
  kind: ArrangementId,
  day: Day,
  reason: Reason,
  because?: Happening,
): GpContact {
  const { living, practice } = patient
  const { dice } = living
  const arrangement: Arrangement = ARRANGEMENTS[kind]
  let mode = drawn(dice, arrangement.mode)
  const by = drawn(dice, arrangement.by)
  if (mode === 'face to face' && isHousebound(patient, day))
    mode = isHandsOn(arrangement) || dice.next() < HOUSEBOUND_VISITED ? 'home visit' : 'telephone'
  let at = startOf(day) + minuteOf(dice, mode === 'online')
  if (because && at <= because.at) at = because.at + 5 + dice.whole(0, 20)
  const wait = waitOf(dice, arrangement.wait)
  const asked = wait === 0 ? at - dice.whole(5, 60) : startOf(day - wait) + dice.whole(480, 1000)
  const earliest = because ? because.at : startOf(patient.from)
  const contact: GpContact = {
    kind: 'gp contact',
    at,
    practice,
    mode,
    by,
    booked: Math.min(Math.max(asked, earliest), at),
    status: statusOf(patient, dice, mode, day),
    minutes: lengthOf(dice, mode, arrangement.planned),
    reason,
    planned: arrangement.planned,
  }
  if (because) contact.because = because
  tell(living, contact)
  return contact
}

export const wasSeen = (contact: GpContact): boolean => contact.status === 'attended'
export const dayOfContact = (contact: GpContact): Day => dayOf(contact.at)
