import type { ConditionId } from '../health/conditions.ts'
import type { Death } from '../lives/happening.ts'
import { ageOn, type Day, dayOf, type Moment } from '../lives/moment.ts'
import type { LifeStory } from '../lives/story.ts'
import { raiseFlag, writePlan } from '../record/plans.ts'
import { aGp } from '../record/staff.ts'
import { instantOf, officeHours } from './instant.ts'
import { chapter, type Telling } from './telling.ts'

/** Illnesses whose last year can be seen coming (Gold Standards Framework, proactive identification guidance). */
const FORESEEN: ReadonlySet<ConditionId> = new Set([
  'lungCancer',
  'bowelCancer',
  'breastCancer',
  'prostateCancer',
  'otherCancer',
  'dementia',
  'copd',
  'heartFailure',
  'severeFrailty',
  'parkinsons',
  'liverDisease',
])

const PLACES: Record<Death['where'], string> = {
  home: 'Home',
  'care home': 'The care home',
  hospice: 'The hospice',
  hospital: 'Home if it can be managed',
  elsewhere: 'Home',
}

interface Planned {
  on: Day
  place: string
}

/**
 * When a practice sits down with somebody about their end: in the months before most deaths that were to be expected, and with four in ten
 * of the very frail who live on. Both shares are chosen; no national figure says how many have such a plan.
 */
function planned({ resident, health, happenings }: LifeStory): Planned | undefined {
  const death = happenings.find((each) => each.kind === 'death')
  const isKnown = (by: Day) =>
    health.illnesses.some(
      ({ condition, found }) => found !== undefined && found <= by && FORESEEN.has(condition),
    )
  if (death?.kind === 'death') {
    const on = dayOf(death.at) - 20 - ((resident.serial * 37) % 150)
    return resident.serial % 10 < 7 && on > resident.present.from && isKnown(on)
      ? { on, place: PLACES[death.where] }
      : undefined
  }
  const frail = health.illnesses.find(({ condition }) => condition === 'severeFrailty')?.found
  if (frail === undefined || resident.serial % 10 >= 4 || ageOn(resident.born, frail) < 70) return undefined
  return {
    on: frail + 60,
    place: resident.serial % 3 === 0 ? 'Hospital only for what can be put right' : 'Home',
  }
}

/** When the plan is written, where there is one. */
export function advanceCareAt(story: LifeStory): Moment | undefined {
  const plan = planned(story)
  return plan && officeHours(plan.on, story.resident.serial)
}

/** What was agreed for the end of life: a plan, and a flag that resuscitation is not to be attempted. */
export function advanceCarePlan(telling: Telling): void {
  const { story } = telling
  const plan = planned(story)
  if (!plan) return
  const at = officeHours(plan.on, story.resident.serial)
  if (at > telling.now) return
  chapter(telling, 'general-practice', 'advance care plan', (file, dice) => {
    const author = aGp(dice, file.organisation.code)
    const on = instantOf(at)
    writePlan(file, {
      kind: 'Advance care plan',
      aim: dice.pick([
        'To be comfortable, and with family.',
        'Not to go back into hospital unless something simple can be put right.',
        'To stay in familiar surroundings to the end.',
      ]),
      actions: [
        `Preferred place of care and of death: ${plan.place}`,
        'ReSPECT form at home; CPR not to be attempted',
        'On the palliative care register; reviewed each month',
        dice.pick(['Anticipatory medicines in the house', 'Anticipatory medicines when needed']),
      ],
      on,
      author,
    })
    raiseFlag(file, {
      kind: 'advance-directive',
      text: 'CPR attempts not recommended: see advance care plan',
      on,
      author,
    })
  })
}
