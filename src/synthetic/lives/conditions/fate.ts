import type { Dice } from '../../dice.ts'
import type { Resident } from '../../residents/resident.ts'
import type { Reason } from '../happening.ts'
import type { Health } from '../health.ts'
import { ageOn, DAYS_A_YEAR, type Day } from '../moment.ts'
import type { World } from '../world.ts'

/** How a life ends, where it ends within the window. */
export interface End {
  day: Day
  cause: Reason
  /** Died of what had been seen coming for weeks: palliative care has time to help. */
  expected: boolean
}

export interface Fate {
  end?: End
  /** The day somebody moves into a care home, and which (an index into the ground's). */
  careHome?: { from: Day; home: number }
}

/** Whether and when somebody dies or moves into a care home within the window, given their health. */
export function fateOf({ window }: World, resident: Resident, _health: Health, dice: Dice): Fate {
  const yearly = 0.00003 * Math.exp(0.095 * ageOn(resident.born, window.from))
  const day = resident.present.from + Math.floor((-Math.log(1 - dice.next()) / yearly) * DAYS_A_YEAR)
  if (day >= resident.present.until) return {}
  return { end: { day, cause: { text: 'Ischaemic heart disease', icd10: 'I259' }, expected: false } }
}
