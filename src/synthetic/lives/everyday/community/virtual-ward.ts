import type { Caseload, Happening, HomeSignal } from '../../happening.ts'
import { frailtyOn, isAtHome, tell } from '../../living.ts'
import { type Day, dayOf, momentOn } from '../../moment.ts'
import { seeEvery, takeOn, type Visit } from '../caseload.ts'
import type { Everyday } from '../hospital-story.ts'

/**
 * Hospital care at home. England had about 20 virtual-ward beds for each 100,000 people registered in 2024, four fifths of them
 * taken (NHS England, virtual ward statistics): some 43 people at a time in a borough of 267,000, for about eight days each.
 */
const LASTS = { least: 4, most: 13 }
/** Of emergency stays that end at home, by what the stay was for. */
const STEPS_DOWN = { breathing: 0.28, heart: 0.2, frail: 0.14, other: 0.015 }

const ward: Visit = {
  what: 'Virtual ward: daily review',
  mode: 'telephone',
  minutes: 20,
  rounds: [[9, 13]],
  weekends: true,
}
const visitHome: Visit = {
  what: 'Virtual ward: visit',
  mode: 'home',
  minutes: 40,
  rounds: [[10, 17]],
  weekends: true,
}

function shareFor(life: Everyday, diagnosis: string, day: Day): number {
  if (diagnosis.startsWith('J')) return STEPS_DOWN.breathing
  if (diagnosis.startsWith('I5')) return STEPS_DOWN.heart
  return frailtyOn(life, day) > 0.24 ? STEPS_DOWN.frail : STEPS_DOWN.other
}

const READ_AT = [8, 13, 19]

/** Whoever steps down is unwell at first and better at the end; readings wander about that. */
function readings(life: Everyday, caseload: Caseload, from: Day, until: Day): void {
  const { dice, health } = life
  const worn = health.illnesses.some(({ condition }) => condition === 'copd') ? 90 : 95
  const pressure = dice.near(136, 12)
  for (let day = from; day < until; day++) {
    if (!isAtHome(life, day) || momentOn(day, 20) >= life.hospital.ends) continue
    const better = (day - from) / Math.max(1, until - from)
    for (const hour of READ_AT) {
      if (dice.chance(0.08)) continue
      const at = momentOn(day, hour) + dice.whole(0, 55)
      if (at < caseload.at || at > (caseload.closed ?? at)) continue
      const signal = (
        device: HomeSignal['device'],
        test: HomeSignal['test'],
        value: number,
        second?: number,
      ) => {
        const said: HomeSignal = { kind: 'home signal', at, device, because: caseload, value }
        if (test) said.test = test
        if (second !== undefined) said.second = second
        tell(life, said)
      }
      signal(
        'pulse oximeter',
        'oxygenSaturation',
        Math.min(99, Math.round(worn - 3 + 4 * better + dice.near(0, 1.2))),
      )
      if (hour === READ_AT[0]) {
        const upper = Math.round(pressure + dice.near(0, 8))
        signal('blood pressure monitor', 'bloodPressure', upper, Math.round(upper * 0.58 + dice.near(0, 4)))
      }
    }
  }
}

function stay(life: Everyday, at: number, because: Happening, text: string): void {
  const { dice } = life
  const from = dayOf(at)
  const days = dice.whole(LASTS.least, LASTS.most)
  const caseload = takeOn(life, {
    service: 'virtual ward',
    from: 'hospital',
    reason: { text },
    at,
    because,
    until: from + days,
  })
  if (!caseload) return
  seeEvery(life, caseload, ward, 1, from + 1, from + days)
  seeEvery(life, caseload, visitHome, 3, from + 1, from + days)
  readings(life, caseload, from + 1, from + days)
}

export function virtualWard(life: Everyday): void {
  for (const discharge of life.hospital.discharges) {
    if (discharge.method !== 'emergency' || (discharge.pathway ?? 0) > 1) continue
    const day = dayOf(discharge.discharged)
    if (day - life.resident.born < 18 * 366) continue
    if (life.dice.chance(shareFor(life, discharge.diagnoses[0] ?? '', day)))
      stay(life, discharge.discharged + 1, discharge, discharge.reason.text)
  }
}
