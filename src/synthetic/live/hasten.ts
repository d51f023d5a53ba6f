import type { CareContact, Caseload, Happening, OutpatientAppointment, Referral } from '../lives/happening.ts'
import type { Moment } from '../lives/moment.ts'
import type { LifeStory } from '../lives/story.ts'

/** Turns a moment of a life into the moment at which it is played. */
export type Pace = (moment: Moment) => Moment

/**
 * From `start` on, lives go `speed` times as fast: what would come in an hour comes in a minute at 60, and says that it came then, so
 * that nothing played lies in the future. What lies before the start stays where it is.
 */
export function paceFrom(start: Moment, speed: number): Pace {
  return (moment) => (moment <= start ? moment : start + Math.ceil((moment - start) / speed))
}

type Times = Partial<
  Record<'booked' | 'seen' | 'decided' | 'left' | 'ready' | 'discharged' | 'closed', Moment>
>
const TIMES = ['booked', 'seen', 'decided', 'left', 'ready', 'discharged', 'closed'] as const

function played(happening: Happening, pace: Pace): Happening {
  const copy = { ...happening, at: pace(happening.at), lived: happening.at } as Happening & Times
  for (const time of TIMES) {
    const moment = copy[time]
    if (moment !== undefined) copy[time] = pace(moment)
  }
  if (copy.kind === 'admission')
    return { ...copy, wards: copy.wards.map((each) => ({ ...each, from: pace(each.from) })) }
  return copy
}

/** Links between happenings lead to the copies, so that a visit is still of its caseload. */
function relinked(copies: ReadonlyMap<Happening, Happening>): void {
  const copyOf = <T extends Happening>(original: T): T => (copies.get(original) ?? original) as T
  for (const copy of copies.values()) {
    if (copy.because) copy.because = copyOf(copy.because)
    if (copy.kind === 'care contact') copy.caseload = copyOf<Caseload>((copy as CareContact).caseload)
    if ((copy.kind === 'outpatient' || copy.kind === 'admission') && copy.referral)
      copy.referral = copyOf<Referral>((copy as OutpatientAppointment).referral ?? copy.referral)
  }
}

export function hastened(story: LifeStory, pace: Pace): LifeStory {
  const copies = new Map(story.happenings.map((each) => [each, played(each, pace)]))
  relinked(copies)
  return { ...story, happenings: [...copies.values()] }
}
