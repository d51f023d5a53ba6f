import { isAtHome, type Living, tell } from '../living.ts'
import { DAYS_A_YEAR, momentOn } from '../moment.ts'

/** What services outside hospital do: practices, community, mental health, social care, and homes themselves. */
export function everydayCare(living: Living): void {
  const { resident, health, dice } = living
  if (!resident.practice) return
  const gap = DAYS_A_YEAR / (5.6 * health.propensity)
  let day = resident.present.from
  for (;;) {
    day += Math.ceil(-Math.log(1 - dice.next()) * gap)
    if (day >= resident.present.until) return
    if (!isAtHome(living, day)) continue
    const at = momentOn(day, dice.whole(8, 17), dice.whole(0, 5) * 10)
    tell(living, {
      kind: 'gp contact',
      at,
      practice: resident.practice,
      mode: dice.chance(0.65) ? 'face to face' : 'telephone',
      by: dice.chance(0.45) ? 'GP' : 'practice nurse',
      booked: at - dice.whole(0, 20) * 1440,
      status: 'attended',
      minutes: 10,
      reason: { text: 'Upper respiratory tract infection', icd10: 'J069' },
      planned: false,
    })
  }
}
