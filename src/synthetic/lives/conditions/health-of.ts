import type { Dice } from '../../dice.ts'
import type { Resident } from '../../residents/resident.ts'
import type { Health } from '../health.ts'
import { ageOn } from '../moment.ts'
import type { World } from '../world.ts'

/** What is true of somebody's body and mind, from the place and time they were born into; nobody's chance but their own. */
export function healthOf(world: World, resident: Resident, dice: Dice): Health {
  const age = ageOn(resident.born, world.window.from)
  return {
    illnesses: dice.chance(age / 150)
      ? [
          {
            condition: 'hypertension',
            since: world.window.from - 900,
            found: world.window.from - 700,
            severity: 0.3,
          },
        ]
      : [],
    propensity: 0.4 + dice.next() * 1.2,
    smoking: dice.chance(0.16) ? 'current' : 'never',
    bodyMass: dice.near(27, 5),
    height: 1.7,
    alcohol: dice.whole(0, 20),
    active: dice.chance(0.6),
    frailty: age < 65 ? 0.02 : (age - 60) * 0.006,
    frailtyGrowth: 0.01,
  }
}
