import type { Dice } from '../../dice.ts'
import { householdOn, type Resident } from '../../residents/resident.ts'
import type { Health, Illness } from '../health.ts'
import { DAYS_A_YEAR, type Day } from '../moment.ts'
import type { World } from '../world.ts'
import { frailtyOf, stagesOf } from './frailty.ts'
import { illnessesOf, type Subject } from './onset.ts'
import {
  alcoholOf,
  type Bearer,
  bodyMassOf,
  heightOf,
  isActive,
  isObese,
  normal,
  smokingOf,
} from './risks.ts'

/** NHS data dictionary: Indian, Pakistani, Bangladeshi. */
const SOUTH_ASIAN = new Set(['H', 'J', 'K'])

/** Not half of those who are obese have it written down: QOF counts 14.4 per cent of adults in Rotherham, the survey 32. */
const OBESITY_FOUND = 0.53

function bearerOf({ window }: World, resident: Resident, begin: Day, dice: Dice): Bearer {
  const body = normal(dice)
  const mind = 0.35 * body + 0.937 * normal(dice)
  return {
    age: (begin - resident.born) / DAYS_A_YEAR,
    sex: resident.sex,
    deprivation: householdOn(resident, Math.max(window.from, resident.present.from)).neighbourhood
      .deprivation,
    southAsian: SOUTH_ASIAN.has(resident.ethnicity),
    body,
    mind,
  }
}

function obesityOf({ dice, born, begin, end, age, bodyMass }: Subject): Illness[] {
  if (!isObese(age, bodyMass)) return []
  const since = Math.max(
    born + Math.round(2 * DAYS_A_YEAR),
    begin - Math.floor(dice.next() * 12 * DAYS_A_YEAR),
  )
  const found = since + Math.floor(-Math.log(1 - dice.next()) * 2 * DAYS_A_YEAR)
  const illness: Illness = {
    condition: 'obesity',
    since: Math.min(since, begin),
    severity: Math.min(1, Math.max(0, (bodyMass - 30) / 20)),
  }
  if (dice.chance(age < 18 ? 0.15 : OBESITY_FOUND) && found < end)
    illness.found = Math.max(found, illness.since)
  return [illness]
}

/** What is true of somebody's body and mind, from the place and time they were born into; nobody's chance but their own. */
export function healthOf(world: World, resident: Resident, dice: Dice): Health {
  const begin = Math.max(world.window.from, resident.born)
  const bearer = bearerOf(world, resident, begin, dice)
  // Of women who smoke, about a quarter stop when they are with child (NHS England, smoking at delivery against smoking before).
  const stops = resident.givesBirth.length > 0 && resident.serial % 11 < 3
  const habit = smokingOf(dice, bearer)
  const smoking = stops && habit === 'current' ? 'former' : habit
  const bodyMass = bodyMassOf(dice, bearer)
  const subject: Subject = {
    ...bearer,
    born: resident.born,
    begin,
    end: world.window.until,
    smoking,
    bodyMass,
    inCareHome: householdOn(resident, begin).careHome !== undefined,
    dice,
  }
  const illnesses = illnessesOf(subject)
  const drinks = alcoholOf(dice, bearer)
  const dependent = illnesses.some((each) => each.condition === 'alcoholDependence')
  const frailty = frailtyOf(subject, illnesses)
  illnesses.push(...stagesOf(subject, frailty), ...obesityOf(subject))
  return {
    illnesses,
    propensity: Math.exp(0.6 * normal(dice) - 0.18) * (resident.sex === 'female' ? 1.06 : 0.94),
    smoking,
    bodyMass,
    height: heightOf(dice, bearer),
    // Dependent drinkers take 15 units a day at the middle (NICE CG115).
    alcohol: dependent ? Math.max(drinks, 60 + dice.next() * 100) : drinks,
    active: isActive(dice, bearer, bodyMass),
    ...frailty,
  }
}
