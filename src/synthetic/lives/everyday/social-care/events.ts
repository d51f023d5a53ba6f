import { isWorkday } from '../../bank-holidays.ts'
import type { SocialCareEvent } from '../../happening.ts'
import { isAtHome, tell } from '../../living.ts'
import { type Day, dayOf, momentOn } from '../../moment.ts'
import type { Everyday } from '../hospital-story.ts'

type Told = Omit<SocialCareEvent, 'kind' | 'carer'> & { carer?: boolean }

/** Writes down what the council did; nothing before somebody came, or after they died or left. */
export function note(life: Everyday, event: Told): SocialCareEvent | undefined {
  if (event.at >= life.hospital.ends || dayOf(event.at) < life.resident.present.from) return undefined
  const told: SocialCareEvent = { kind: 'social care', carer: false, ...event }
  tell(life, told)
  return told
}

/** The first day from this one on which an office is open and the person is at home. */
export function openDay(life: Everyday, from: Day): Day | undefined {
  const { present } = life.resident
  for (let day = Math.max(from, present.from); day < present.until; day++)
    if (isWorkday(day) && isAtHome(life, day)) return day
  return undefined
}

export const officeHours = (life: Everyday, day: Day): number => momentOn(day, 9) + life.dice.whole(0, 450)

/** The last day of something planned to end then: cut short by death or a move; none, for what goes on after the window. */
export function lastDay({ resident }: Everyday, planned: Day): { until: Day } | undefined {
  if (planned < resident.present.until) return { until: planned }
  return resident.leaves === undefined ? undefined : { until: resident.present.until - 1 }
}
