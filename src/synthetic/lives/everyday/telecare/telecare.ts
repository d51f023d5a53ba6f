import { livesAloneOn } from '../../../residents/resident.ts'
import { workdayFrom } from '../../bank-holidays.ts'
import type { HomeSignal } from '../../happening.ts'
import { isKnownOn } from '../../health.ts'
import { frailtyOn, isAtHome, tell } from '../../living.ts'
import { DAYS_A_YEAR, type Day, dayOf, type Moment, momentOn } from '../../moment.ts'
import { see, seeOn, takeOn, type Visit } from '../caseload.ts'
import type { Everyday } from '../hospital-story.ts'
import { ageAt, comings } from '../standing.ts'

/**
 * An alarm around the neck, answered day and night. About 8,000 people in a borough of this size have one: no plan gives the figure;
 * Gateshead, with three quarters of the people, answers for 7,497 (its local account of 2023-24). Uptake rises with age, frailty and
 * living alone.
 */
const UPTAKE: readonly (readonly [below: number, share: number])[] = [
  [60, 0],
  [70, 0.035],
  [80, 0.115],
  [90, 0.275],
  [Number.POSITIVE_INFINITY, 0.38],
]
const ALONE = 1.9
const FRAIL_AT_A_QUARTER = 0.55
const PRESSED_A_YEAR = 5
const DOOR_AT_NIGHT_A_YEAR = 14
const WITH_DOOR_SENSOR = 0.3
/** Of falls for which an ambulance came to somebody with a pendant, the share in which the pendant called it. */
const PRESSED_WHEN_FALLEN = 0.6

/** Half of all presses are mistakes or to ask something. */
const OUTCOMES = [
  ['answered, no help needed', 70],
  ['family asked to call', 18],
  ['response sent', 12],
] as const
const AT_THE_DOOR = [
  ['answered, no help needed', 62],
  ['family asked to call', 30],
  ['response sent', 8],
] as const

const fitted: Visit = { what: 'Alarm fitted', mode: 'home', minutes: 60, rounds: [[9, 17]] }
const responder: Visit = {
  what: 'Responder: helped up or made safe',
  mode: 'home',
  minutes: 35,
  rounds: [[0, 24]],
  weekends: true,
}

interface Alarm {
  since: Day
  from: Day
  until: Day
}

function shareOn(life: Everyday, day: Day): number {
  const age = ageAt(life, day)
  const share = UPTAKE.find(([below]) => age < below)?.[1] ?? 0
  if (share === 0) return 0
  const frail = 0.45 + (FRAIL_AT_A_QUARTER * frailtyOn(life, day)) / 0.25
  return Math.min(0.9, share * frail * (livesAloneOn(life.resident, day) ? ALONE : 0.75))
}

/** As in long-term support: each has a threshold, and the alarm is fitted when what makes people ask for one passes it. */
function alarmOf(life: Everyday): Alarm | undefined {
  const { resident, fate, dice } = life
  const { present } = resident
  const until = Math.min(present.until, fate.careHome?.from ?? present.until)
  if (ageAt(life, until - 1) < 60 || resident.homes[0]?.household.careHome !== undefined) return undefined
  const threshold = dice.next()
  if (shareOn(life, present.from) > threshold)
    return { since: present.from - dice.whole(20, 2500), from: present.from, until }
  // Not all move at once: whoever passes it by the end did so on some day between.
  if (shareOn(life, until - 1) <= threshold) return undefined
  const from = dice.whole(present.from, until - 1)
  return { since: from, from, until }
}

function signal(life: Everyday, at: Moment, device: HomeSignal['device'], outcome: HomeSignal['outcome']) {
  const told: HomeSignal = { kind: 'home signal', at, device }
  if (outcome) told.outcome = outcome
  tell(life, told)
  return told
}

/** Falls by which an ambulance came: it was the pendant that called it. */
function calledByPendant(life: Everyday, from: Moment, until: Moment): void {
  for (const ambulance of life.hospital.ambulances) {
    if (
      ambulance.because ||
      !/^fall/i.test(ambulance.reason.text) ||
      ambulance.at - 10 < from ||
      ambulance.at > until
    )
      continue
    if (!isAtHome(life, dayOf(ambulance.at) - 1) || !life.dice.chance(PRESSED_WHEN_FALLEN)) continue
    ambulance.because = signal(life, ambulance.at - life.dice.whole(2, 10), 'pendant', 'ambulance called')
  }
}

export function telecare(life: Everyday): void {
  const { dice, health, hospital } = life
  const alarm = alarmOf(life)
  if (!alarm) return
  const day = alarm.since < alarm.from ? alarm.from : workdayFrom(alarm.from)
  if (day >= alarm.until || !isAtHome(life, day)) return
  const caseload = takeOn(life, {
    service: 'telecare',
    from: dice.chance(0.6) ? 'self' : 'social care',
    reason: { text: 'Alarm at home' },
    at: momentOn(day, 9) + dice.whole(0, 400),
    since: alarm.since,
    ...(alarm.until < life.resident.present.until && { until: alarm.until - 1 }),
  })
  if (!caseload) return
  if (caseload.since === undefined) seeOn(life, caseload, fitted, day + dice.whole(1, 12))
  const ends = Math.min(caseload.closed ?? hospital.ends, hospital.ends)
  const last = dayOf(ends)
  for (let test = day + dice.whole(1, 30); test < last; test += DAYS_A_YEAR / 12)
    if (isAtHome(life, Math.floor(test)))
      signal(life, momentOn(Math.floor(test), 9) + dice.whole(0, 600), 'pendant', 'monthly test')
  for (const on of comings(dice, PRESSED_A_YEAR * health.propensity, day + 1, last)) {
    if (!isAtHome(life, on)) continue
    const outcome = dice.weighted(OUTCOMES)
    const pressed = signal(
      life,
      momentOn(on, 0) + dice.whole(0, 1439),
      dice.chance(0.85) ? 'pendant' : 'fall detector',
      outcome,
    )
    const comes = outcome === 'response sent' && pressed.at + dice.whole(15, 50)
    if (comes && comes < ends && isAtHome(life, dayOf(comes))) helped(life, caseload, comes, pressed)
  }
  atTheDoor(life, day + 1, last)
  calledByPendant(life, caseload.at, ends)
}

function helped(
  life: Everyday,
  caseload: NonNullable<ReturnType<typeof takeOn>>,
  at: Moment,
  because: HomeSignal,
): void {
  const contact = see(life, caseload, responder, at)
  if (contact) contact.because = because
}

/** People with dementia who go out at night. */
function atTheDoor(life: Everyday, from: Day, until: Day): void {
  const { dice, health } = life
  if (!isKnownOn(health, 'dementia', from) || !dice.chance(WITH_DOOR_SENSOR)) return
  for (const day of comings(dice, DOOR_AT_NIGHT_A_YEAR, from, until))
    if (isAtHome(life, day))
      signal(life, momentOn(day, 0) + dice.whole(0, 330), 'door sensor', dice.weighted(AT_THE_DOOR))
}
