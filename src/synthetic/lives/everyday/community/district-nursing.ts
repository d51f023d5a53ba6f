import { isKnownOn } from '../../health.ts'
import { frailtyOn } from '../../living.ts'
import { dayOf } from '../../moment.ts'
import { episode, episodesOf, standing } from '../episodes.ts'
import type { Everyday } from '../hospital-story.ts'
import { ageAt } from '../standing.ts'
import { AFTER_HOSPITAL, FRAIL, INSULIN } from './nursing-needs.ts'

/** Of people with diabetes who are frail or live with dementia, the share to whom nurses give insulin. */
const GIVEN_INSULIN = 0.02

function insulin(life: Everyday): void {
  const { health, resident, dice } = life
  const from = resident.present.from
  const diabetic = health.illnesses.find(
    ({ condition, found }) =>
      (condition === 'type2Diabetes' || condition === 'type1Diabetes') &&
      found !== undefined &&
      found <= from,
  )
  if (!diabetic || ageAt(life, from) < 60) return
  if (frailtyOn(life, from) < 0.2 && !isKnownOn(health, 'dementia', from)) return
  if (!dice.chance(GIVEN_INSULIN)) return
  const need = dice.pick(INSULIN)
  const since = from - dice.whole(30, 1200)
  // Insulin visits end when somebody starts to manage again, when a relative takes over, or with the life.
  standing(life, need, diabetic.condition, since, from + dice.whole(200, 2200))
}

function frailNeeds(life: Everyday): void {
  const { resident, health } = life
  const { from, until } = resident.present
  const frailty = frailtyOn(life, (from + until) / 2)
  if (frailty < 0.12) return
  const weight = Math.min(4, (frailty / 0.25) ** 2) * health.propensity
  for (const need of FRAIL) episodesOf(life, need, undefined, need.perYear * weight, from, until)
}

function afterHospital(life: Everyday): void {
  const { dice, hospital } = life
  for (const stay of hospital.discharges) {
    if (stay.method === 'maternity') continue
    const kind = stay.procedures.length > 0 ? 'operation' : 'emergency'
    for (const need of AFTER_HOSPITAL)
      if (need.after === kind && dice.chance(need.chance))
        episode(life, need, undefined, dayOf(stay.discharged), stay)
  }
}

export function districtNursing(life: Everyday): void {
  afterHospital(life)
  frailNeeds(life)
  insulin(life)
}
