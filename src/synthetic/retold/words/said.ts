import { hash } from '../../dice.ts'
import type { Happening, Reason } from '../../lives/happening.ts'
import { ageOn, dayOf } from '../../lives/moment.ts'
import type { LifeStory } from '../../lives/story.ts'
import { minuteOf } from '../telling.ts'
import { PARTICULARS, type Particular } from './particulars.ts'

type WithReason = Extract<Happening, { reason: Reason }>

const hasOperation = ({ happenings }: LifeStory, group: string, code: string) =>
  happenings.some(
    (each) => each.kind === 'admission' && each.reason.text === group && each.procedures.includes(code),
  )

/** Whoever has the operation or condition that a wording names is told that one; everybody else one of those that name none. */
function fitting(story: LifeStory, group: string, all: readonly Particular[], day: number) {
  const age = ageOn(story.resident.born, day)
  const fits = ({ from = 0, to = 200, sex = story.resident.sex }: Particular) =>
    from <= age && age < to && sex === story.resident.sex
  const known = new Set(
    story.health.illnesses.flatMap(({ condition, found }) =>
      found !== undefined && found <= day ? [condition] : [],
    ),
  )
  const theirs = all.find(
    (each) =>
      fits(each) &&
      (each.operated
        ? hasOperation(story, group, each.operated)
        : each.with?.some((condition) => known.has(condition))),
  )
  return theirs ? [theirs] : all.filter((each) => fits(each) && !each.with && !each.operated)
}

/** The first happening of a chain with the same reason: a referral, its clinics and its operation are about the same knee. */
function rootOf(happening: Happening, reason: Reason): Happening {
  let root = happening
  for (let next = root.because; next; next = next.because)
    if ('reason' in next && next.reason.text === reason.text) root = next
  return root
}

/** The same for everything that is about the same thing, and the same whenever it is told; clinics say the same of a person each time. */
function chanceOf(story: LifeStory, happening: Happening, reason: Reason) {
  const planned =
    happening.kind === 'outpatient' ||
    happening.kind === 'referral' ||
    (happening.kind === 'admission' && happening.method !== 'emergency')
  const root = planned ? undefined : rootOf(happening, reason)
  return {
    day: dayOf((root ?? happening).at),
    chance: hash(`${story.resident.serial}/${reason.text}/${root ? minuteOf(root) : ''}`),
  }
}

/** Which side of the body it is about, where it is about one. */
export const sideOf = (story: LifeStory, happening: Happening, reason: Reason): 'left' | 'right' =>
  (chanceOf(story, happening, reason).chance >>> 8) % 2 === 0 ? 'left' : 'right'

/** What is written of a reason: the group in which it is counted, made particular. */
export function saidOf(story: LifeStory, happening: Happening, reason: Reason): string {
  const all = PARTICULARS[reason.text]
  if (!all) return reason.text
  const { day, chance } = chanceOf(story, happening, reason)
  const choices = fitting(story, reason.text, all, day)
  const { text } = choices[chance % choices.length] ?? { text: reason.text }
  const said = text.replaceAll('{side}', sideOf(story, happening, reason))
  return said.charAt(0).toUpperCase() + said.slice(1)
}

/** The same as the record's writers want it; the code is kept only while it still says the same. */
export function reasonSaid(story: LifeStory, happening: WithReason): { text: string; code?: string } {
  const { reason } = happening
  const text = saidOf(story, happening, reason)
  return { text, ...(text === reason.text && reason.snomed && { code: reason.snomed }) }
}
