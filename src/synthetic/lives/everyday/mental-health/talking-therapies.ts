import { workdayFrom } from '../../bank-holidays.ts'
import { hasOn } from '../../health.ts'
import { isAtHome } from '../../living.ts'
import { type Day, momentOn } from '../../moment.ts'
import { seeOn, takeOn, type Visit } from '../caseload.ts'
import type { Everyday } from '../hospital-story.ts'
import { ageAt, comings } from '../standing.ts'

/**
 * Talking therapies in Rotherham, July 2022 to May 2023 (NHS Digital, by sub-ICB): 765 referrals a month, 494 people starting
 * treatment, 256 finishing a course of at least two contacts; 50 per cent of courses end in recovery and 68 per cent in
 * improvement, 6 per cent in deterioration; 95 per cent start within six weeks.
 */
const REFERRED = { depressed: 0.11, anxious: 0.11, others: 0.02 }
const STARTS = 0.65
const PROMPT = 0.95
const FINISHES = 0.52
const RECOVERS = 0.51
const IMPROVES = 0.18
const WORSENS = 0.06

/** The young ask most and the old hardly: shares of referrals by age beside shares of the people (annual report 2022-23). */
const BY_AGE: readonly (readonly [below: number, factor: number])[] = [
  [18, 0.5],
  [26, 1.7],
  [36, 1.5],
  [50, 1.15],
  [65, 0.8],
  [Number.POSITIVE_INFINITY, 0.3],
]

const assessment: Visit = {
  what: 'Talking therapies: assessment',
  mode: 'telephone',
  minutes: 45,
  rounds: [[8, 18]],
  missed: 0.12,
  cancelled: 0.06,
}
/** Whoever starts comes in the end: a first appointment to which they did not come is offered again a week later. */
const again: Visit = { ...assessment, missed: 0, cancelled: 0 }
const session: Visit = {
  what: 'Talking therapies: treatment session',
  mode: 'telephone',
  minutes: 45,
  rounds: [[8, 19]],
  missed: 0.1,
  cancelled: 0.08,
}
const MODES = [
  [session, 50],
  [{ ...session, mode: 'video' }, 20],
  [{ ...session, mode: 'clinic' }, 30],
] as const

/** Where a score starts and ends; above the first it is called a case (PHQ-9 from 10, GAD-7 from 8). */
interface Course {
  mood: readonly [number, number]
  worry: readonly [number, number]
}

const within = (low: number, value: number, high: number) => Math.round(Math.max(low, Math.min(high, value)))

/** Drawn so that who recovers falls below both thresholds, and who does not stays above one. */
function courseOf({ dice }: Everyday): Course {
  const mood = within(10, dice.near(16, 5), 27)
  const worry = within(8, dice.near(14, 4), 21)
  const chance = dice.next()
  if (chance < RECOVERS) return { mood: [mood, dice.whole(1, 9)], worry: [worry, dice.whole(0, 7)] }
  if (chance < RECOVERS + IMPROVES)
    return {
      mood: [mood, Math.max(10, mood - dice.whole(6, 9))],
      worry: [worry, Math.max(4, worry - dice.whole(4, 7))],
    }
  if (chance > 1 - WORSENS)
    return {
      mood: [mood, Math.min(27, mood + dice.whole(6, 8))],
      worry: [worry, Math.min(21, worry + dice.whole(1, 4))],
    }
  return {
    mood: [mood, Math.max(10, mood - dice.whole(0, 4))],
    worry: [worry, Math.max(5, worry - dice.whole(0, 3))],
  }
}

const along = ([from, to]: readonly [number, number], share: number, wander: number, most: number) =>
  within(0, share >= 1 ? to : from + (to - from) * share + wander, most)

/** Scores are taken at every session, as the service must. */
const scoresAt = (course: Course, share: number, wander: number) =>
  [
    { test: 'moodScore', value: along(course.mood, share, wander, 27) },
    { test: 'worryScore', value: along(course.worry, share, wander, 21) },
  ] as const

function referred(life: Everyday, day: Day, text: string, snomed: string): void {
  const { dice } = life
  const open = workdayFrom(day)
  const starts = dice.chance(STARTS)
  const finishes = starts && dice.chance(FINISHES)
  const first = open + (dice.chance(PROMPT) ? dice.whole(5, 32) : dice.whole(44, 110))
  const sessions = finishes ? dice.whole(2, 12) : starts ? dice.whole(0, 1) : 0
  const spacing = dice.chance(0.7) ? 7 : 14
  const closes = starts ? first + 14 + sessions * spacing + 10 : open + dice.whole(7, 50)
  const caseload = takeOn(life, {
    service: 'talking therapies',
    from: dice.chance(0.62) ? 'self' : 'GP',
    reason: { text, snomed },
    at: momentOn(open, 8) + dice.whole(0, 600),
    until: closes,
  })
  if (!caseload || !starts) return
  const course = courseOf(life)
  const treated = dice.weighted(MODES)
  if (seeOn(life, caseload, assessment, first, scoresAt(course, 0, 0))?.status !== 'attended')
    seeOn(life, caseload, again, first + 7, scoresAt(course, 0, 0))
  for (let nth = 1; nth <= sessions; nth++) {
    const last = nth === sessions
    // A course ends with a session to which the person comes.
    const visit = last && finishes ? { ...treated, missed: 0, cancelled: 0 } : treated
    const share = finishes ? nth / sessions : 0.2 * nth
    seeOn(
      life,
      caseload,
      visit,
      first + 14 + nth * spacing,
      scoresAt(course, share, last ? 0 : dice.near(0, 1.2)),
    )
  }
}

export function talkingTherapies(life: Everyday): void {
  const { resident, health, dice } = life
  const { from, until } = resident.present
  const age = ageAt(life, from)
  if (age < 14) return
  const depressed = hasOn(health, 'depression', from)
  const anxious = hasOn(health, 'anxiety', from)
  const factor = BY_AGE.find(([below]) => age < below)?.[1] ?? 1
  const rate = depressed ? REFERRED.depressed : anxious ? REFERRED.anxious : REFERRED.others
  const perYear = rate * factor * (resident.sex === 'female' ? 1.3 : 0.7) * health.propensity
  for (const day of comings(dice, perYear, from, until)) {
    if (day - resident.born < 16 * 365.25 || !isAtHome(life, day)) continue
    if (depressed || dice.chance(0.45)) referred(life, day, 'Depression', '35489007')
    else referred(life, day, 'Anxiety', '197480006')
  }
}
