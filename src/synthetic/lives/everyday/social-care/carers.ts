import { isAtHome } from '../../living.ts'
import { DAYS_A_YEAR } from '../../moment.ts'
import type { Everyday } from '../hospital-story.ts'
import { comings } from '../standing.ts'
import { lastDay, note, officeHours, openDay } from './events.ts'

/**
 * Carers’ assessments: England’s councils supported, advised or assessed about 320,000 carers in 2023-24 (SALT LTS003), 1,500 for the
 * borough, and more the more hours they care. A third got direct payments, services or respite; most of the others advice.
 */
const ASSESSED = { 'under 20': 0.016, '20 to 49': 0.058, '50 or more': 0.098 } as const

const GIVEN = [
  ['Information and advice', 52],
  ['Carer direct payment', 26],
  ['Respite for the person cared for', 14],
  ['Carers emergency plan', 8],
] as const
const WEEK: Readonly<Record<string, number>> = {
  'Carer direct payment': 8,
  'Respite for the person cared for': 45,
}

export function carersSupport(life: Everyday): void {
  const { resident, dice } = life
  const { cares, present, born } = resident
  if (!cares) return
  const from = Math.max(present.from, born + Math.ceil(18 * DAYS_A_YEAR))
  // Nobody cares any more for whoever has died or gone.
  const until = Math.min(present.until, cares.for.present.until)
  const of = {
    reason: { text: 'Caring for somebody', icd10: 'Z636' },
    support: 'SOC-CARER',
    carer: true,
  } as const
  for (const day of comings(dice, ASSESSED[cares.hours], from, until)) {
    if (!isAtHome(life, day)) continue
    const open = openDay(life, day)
    const met = open === undefined ? undefined : openDay(life, open + dice.whole(5, 40))
    if (open === undefined || met === undefined || met >= until) return
    const request = note(life, {
      at: officeHours(life, open),
      event: 'request',
      ...of,
      route: 'Carer',
      outcome: 'Carer’s assessment',
    })
    if (!request) return
    const given = dice.weighted(GIVEN)
    const assessment = note(life, {
      at: Math.max(officeHours(life, met), request.at),
      because: request,
      event: 'assessment',
      ...of,
      outcome: given,
    })
    if (!assessment || given === 'Information and advice') continue
    note(life, {
      at: assessment.at + 30,
      because: assessment,
      event: 'service',
      ...of,
      service: 'CARER',
      component: given,
      weeklyCost: WEEK[given] ?? 0,
      ...lastDay(life, Math.min(met + 365, until)),
    })
  }
}
