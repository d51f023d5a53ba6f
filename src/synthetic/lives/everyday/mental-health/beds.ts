import type { ConditionId } from '../../../health/conditions.ts'
import { conditionFacts } from '../../../health/conditions.ts'
import type { Caseload } from '../../happening.ts'
import { isAtHome } from '../../living.ts'
import { type Day, dayOf, momentOn } from '../../moment.ts'
import { seeEvery, seeOn, takeOn, type Visit } from '../caseload.ts'
import type { Everyday } from '../hospital-story.ts'
import { comings } from '../standing.ts'

/**
 * Crisis teams and mental health wards. New crises a year for each who has the illness; about one in five ends in a bed. England
 * has about 83,000 adult admissions a year (Mental Health Services Data Set 2023-24), 390 for a borough of 267,000, of about 38
 * days in the middle.
 */
const CRISES: Partial<Record<ConditionId, number>> = {
  schizophrenia: 0.2,
  bipolar: 0.16,
  personalityDisorder: 0.16,
  depression: 0.012,
  selfHarm: 0.08,
  drugDependence: 0.06,
  alcoholDependence: 0.04,
}
const ADMITTED = { schizophrenia: 0.5, bipolar: 0.45, others: 0.16 }

const crisis: Visit = {
  what: 'Crisis team: visit',
  mode: 'home',
  minutes: 50,
  rounds: [[8, 22]],
  weekends: true,
  missed: 0.06,
}
const crisisCall: Visit = { ...crisis, what: 'Crisis team: call', mode: 'telephone', minutes: 20 }
const onWard: Visit = { what: 'Ward round', mode: 'ward', minutes: 25, rounds: [[9, 13]] }
const named: Visit = {
  what: 'Named nurse: one to one',
  mode: 'ward',
  minutes: 30,
  rounds: [[9, 20]],
  weekends: true,
}
const discharged: Visit = {
  what: 'Follow-up within 72 hours of leaving the ward',
  mode: 'home',
  minutes: 45,
  rounds: [[9, 17]],
  weekends: true,
}

/** The first day on which somebody is taken to a general hospital or leaves: no other bed is theirs from then on. */
function freeUntil({ away, resident }: Everyday, from: Day): Day {
  let until = resident.present.until
  for (const span of away) if (span.from > from && span.from < until) until = span.from
  return until
}

function stayOnWard(life: Everyday, day: Day, condition: ConditionId, because: Caseload): Day {
  const { dice } = life
  const wanted = day + Math.max(3, Math.round(-Math.log(1 - dice.next() * 0.97) * 34))
  const until = Math.min(wanted, freeUntil(life, day) - 1)
  if (until <= day + 1) return day
  const caseload = takeOn(life, {
    service: 'mental health inpatient',
    from: 'hospital',
    reason: { text: conditionFacts(condition).text, condition },
    at: momentOn(day, 20) + dice.whole(0, 200),
    because,
    until,
  })
  if (!caseload) return day
  life.away.push({ from: day + 1, until: until - 1 })
  seeEvery(life, caseload, onWard, 3.5, day + 1, until)
  seeEvery(life, caseload, named, 2, day + 1, until)
  return until
}

function crisisOf(life: Everyday, day: Day, condition: ConditionId): Day {
  const { dice } = life
  const admitted = dice.chance(
    condition === 'schizophrenia' || condition === 'bipolar' ? ADMITTED[condition] : ADMITTED.others,
  )
  const before = admitted ? dice.whole(0, 6) : 0
  const days = dice.whole(8, 34)
  const at = momentOn(day, 8) + dice.whole(0, 660)
  const caseload = takeOn(life, {
    service: 'crisis and home treatment',
    from: dice.weighted([
      ['GP', 40],
      ['self', 30],
      ['hospital', 20],
      ['co-ordination centre', 10],
    ] as const),
    reason: { text: `Crisis: ${conditionFacts(condition).text.toLowerCase()}`, condition },
    at,
    until: day + days + before,
  })
  if (!caseload) return day
  const left = admitted ? stayOnWard(life, day + before, condition, caseload) : day
  if (admitted && left > day) {
    // The team hands over to the ward, and the ward back to it for the first days at home.
    if (left + 3 < dayOf(life.hospital.ends)) caseload.closed = momentOn(left + dice.whole(7, 21), 17)
    if (caseload.closed !== undefined && caseload.closed > life.hospital.ends)
      caseload.closed = life.hospital.ends
    seeOn(life, caseload, discharged, left + dice.whole(1, 3))
  }
  const end = admitted ? day + before : day + days
  seeEvery(life, caseload, crisis, 2, day, end)
  seeEvery(life, caseload, crisisCall, 3, day + 1, end)
  return Math.max(left, end)
}

/** Told before anything at home is: whoever is on a ward is not at home. */
export function mentalHealthBeds(life: Everyday): void {
  const { health, resident, dice } = life
  const { present } = resident
  let busy = present.from
  for (const { condition, since, until, severity } of health.illnesses) {
    const rate = CRISES[condition]
    if (rate === undefined) continue
    const from = Math.max(since, present.from, resident.born + 18 * 366)
    const end = Math.min(until ?? present.until, present.until)
    for (const day of comings(dice, rate * health.propensity * (0.5 + severity), from, end))
      if (day >= busy && isAtHome(life, day)) busy = crisisOf(life, day, condition) + 14
  }
}
