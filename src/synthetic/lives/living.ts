import type { Dice } from '../dice.ts'
import { householdOn, type Resident } from '../residents/resident.ts'
import type { Fate } from './conditions/fate.ts'
import type { Happening } from './happening.ts'
import { frailtyAfter, type Health } from './health.ts'
import { type Day, dayOf, type Span } from './moment.ts'
import type { World } from './world.ts'

/** A life while it is being told: each part of the telling adds what its services did, seeing what was told before. */
export interface Living {
  world: World
  resident: Resident
  health: Health
  fate: Fate
  /** Chance of this part's own, so that a longer story in one part changes nothing in another. */
  dice: Dice
  /** In the order told; put in order of time at the end. */
  happenings: Happening[]
  /** Days in a hospital or hospice bed: nobody is visited at home or goes to a surgery then. */
  away: Span[]
}

/** Present in the place, alive and not in a hospital bed. */
export function isAtHome({ resident, away }: Living, day: Day): boolean {
  if (day < resident.present.from || day >= resident.present.until) return false
  for (const span of away) if (span.from <= day && day <= span.until) return false
  return true
}

export const frailtyOn = ({ health, world }: Living, day: Day): number =>
  frailtyAfter(health, world.window.from, day)

export const livesInCareHomeOn = ({ resident, fate }: Living, day: Day): boolean =>
  (fate.careHome !== undefined && day >= fate.careHome.from) ||
  householdOn(resident, day).careHome !== undefined

export function tell(living: Living, happening: Happening): void {
  living.happenings.push(happening)
  if (happening.kind !== 'admission' || happening.method === 'day case' || happening.method === 'regular')
    return
  const until = happening.discharged === undefined ? living.world.window.until : dayOf(happening.discharged)
  living.away.push({ from: dayOf(happening.at), until })
}
