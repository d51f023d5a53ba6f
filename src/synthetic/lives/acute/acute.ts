import { type Living, tell } from '../living.ts'
import { DAYS_A_YEAR, momentOn } from '../moment.ts'

/** What brings somebody to hospital and what hospitals do: emergencies, planned care, childbirth, and the last days. */
export function acuteCare(living: Living): void {
  const { resident, health, dice } = living
  const gap = DAYS_A_YEAR / (0.35 * health.propensity)
  let day = resident.present.from
  for (;;) {
    day += Math.ceil(-Math.log(1 - dice.next()) * gap)
    if (day >= resident.present.until) break
    const at = momentOn(day, dice.whole(7, 23), dice.whole(0, 59))
    tell(living, {
      kind: 'emergency attendance',
      at,
      department: 1,
      arrival: 'walked in',
      acuity: 3,
      reason: { text: 'Injured wrist', icd10: 'S609' },
      seen: at + dice.whole(20, 200),
      left: at + 240,
      outcome: 'discharged',
      investigations: 1,
    })
  }
  if (living.fate.end)
    tell(living, {
      kind: 'death',
      at: momentOn(living.fate.end.day, dice.whole(0, 23), dice.whole(0, 59)),
      where: 'home',
      cause: living.fate.end.cause,
    })
}
