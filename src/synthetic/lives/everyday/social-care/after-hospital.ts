import type { Happening, Reason } from '../../happening.ts'
import { isAtHome, livesInCareHomeOn } from '../../living.ts'
import { type Day, dayOf, type Moment, momentOn } from '../../moment.ts'
import type { Discharge, Everyday } from '../hospital-story.ts'
import { ageAt } from '../standing.ts'
import { lastDay, note } from './events.ts'
import { arranged, type Supported } from './long-term.ts'

/**
 * Enablement: help to manage alone again, free for up to six weeks (Care Act 2014, intermediate care and reablement). England's
 * councils began 257,000 episodes of short-term support to maximise independence for new clients in 2023-24 (ASC-FR); what came after is
 * the sequel of STS002a: about two thirds need nothing more or only something small, one in seven long-term support.
 */
const ENABLED = 0.64
const MOST_DAYS = 42
const SEQUELS = [
  ['No ongoing support', 48],
  ['Ongoing low level support', 18],
  ['Long term support: community', 15],
  ['Support declined or ended early', 12],
  ['Universal services or signposted', 7],
] as const

const EQUIPMENT = [
  'Equipment: grab rails and raised seat',
  'Equipment: bed, hoist or commode',
  'Adaptation: level access shower',
  'Telecare alarm',
] as const

/** Pounds a week of an hour's enablement (Unit Costs of Health and Social Care 2023, local authority home care worker). */
const HOUR = 36

/** The first day after this on which somebody is not at home any more. */
function homeUntil(life: Everyday, from: Day, until: Day): Day {
  for (let day = from + 1; day <= until; day++) if (!isAtHome(life, day)) return day
  return until
}

/** Enablement on from a first visit; long-term support for some whom it leaves needing it. */
export function enabled(
  life: Everyday,
  because: Happening,
  reason: Reason,
  at: Moment,
  supported: boolean,
): Supported | undefined {
  const { dice } = life
  const day = dayOf(at)
  const planned = day + Math.min(MOST_DAYS, dice.whole(12, 34) + (dice.chance(0.25) ? 12 : 0))
  const until = homeUntil(life, day, planned)
  const sequel = until < planned ? 'Support declined or ended early' : dice.weighted(SEQUELS)
  const hoursAWeek = dice.whole(7, 24) / 2
  const service = note(life, {
    at,
    because,
    event: 'service',
    reason,
    support: 'PHY-CARE',
    service: 'ST-MAX',
    component: 'Enablement at home',
    hoursAWeek,
    weeklyCost: Math.round(hoursAWeek * HOUR),
    outcome: sequel,
    ...lastDay(life, until),
  })
  if (!service || supported || sequel !== 'Long term support: community') return undefined
  const need = { support: 'PHY-CARE', reason, share: 1, from: day }
  return arranged(life, need, service, until - day, 'hospital')
}

/** Equipment or an alarm at once, without an assessment of everything. */
export function equipped(life: Everyday, because: Happening, reason: Reason, day: Day): void {
  const component = life.dice.pick(EQUIPMENT)
  note(life, {
    at: Math.max(because.at, momentOn(day, 9)),
    because,
    event: 'service',
    reason,
    support: 'PHY-ACC',
    service: 'ST-LOW',
    component,
    weeklyCost: component === 'Telecare alarm' ? 5 : 3,
    ...lastDay(life, day + 365),
  })
}

function requestAfter(life: Everyday, stay: Discharge, outcome: string) {
  return note(life, {
    // The ward asks when somebody is well enough to go.
    at: Math.min(stay.ready ?? stay.discharged, stay.discharged),
    because: stay,
    event: 'request',
    reason: stay.reason,
    support: 'PHY-CARE',
    route: 'Discharge from hospital',
    outcome,
  })
}

function after(life: Everyday, stay: Discharge, supported: boolean): Supported | undefined {
  const { dice } = life
  const day = dayOf(stay.discharged)
  if (stay.destination !== 'usual home' || livesInCareHomeOn(life, day) || ageAt(life, day) < 18)
    return undefined
  if (stay.pathway === 1 && dice.chance(ENABLED)) {
    const request = supported ? stay : requestAfter(life, stay, 'Short term support to maximise independence')
    // The first visit is some hours after going home.
    return request && enabled(life, request, stay.reason, stay.discharged + 180, supported)
  }
  if (stay.pathway !== 1 && stay.pathway !== 2) return undefined
  if (supported) return undefined
  const equipment = dice.chance(0.5)
  const request = requestAfter(life, stay, equipment ? 'Ongoing low level support' : 'Assessed: no services')
  if (request && equipment) equipped(life, request, stay.reason, day)
  return undefined
}

/** @returns the long-term support that a stay in hospital led to */
export function supportAfterHospital(
  life: Everyday,
  supported: Supported | undefined,
): Supported | undefined {
  let now = supported
  for (const stay of life.hospital.discharges) {
    const day = dayOf(stay.discharged)
    now = after(life, stay, now !== undefined && now.from <= day && day < now.until) ?? now
  }
  return now
}
