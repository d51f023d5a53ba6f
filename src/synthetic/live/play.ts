import type { InventedFile } from '../care-home-list.ts'
import { medicineFacts } from '../health/medicines.ts'
import type { Happening } from '../lives/happening.ts'
import { MINUTES_A_DAY, type Moment, momentOn } from '../lives/moment.ts'
import type { LifeStory } from '../lives/story.ts'
import type { Place } from '../place.ts'
import { advanceCareAt } from '../retold/advance-care.ts'
import { instantOf, momentOf } from '../retold/instant.ts'
import { REPEATS_LAPSE } from '../retold/practice.ts'
import { councilFile } from './council-file.ts'
import { hastened, paceFrom } from './hasten.ts'
import { lineFrom, type Unfolding, type Update, unfolding } from './news.ts'

/** Where a living place sends what it says. */
export interface Stage {
  /** The hospital's line: resolves with the acknowledgement. */
  line(text: string): Promise<string>
  /** A source's transaction: why it was not taken, where it was not. */
  transact(update: Update): Promise<string | undefined>
  /** A file dropped into a sender's folder. */
  drop(file: InventedFile): Promise<void>
}

export interface Playing {
  stories: readonly LifeStory[]
  seed: string
  place: Place
  /** The instant up to which everything is on the record already. */
  start: Date
  /** How many times as fast as life. */
  speed: number
}

interface Due {
  at: Moment
  who: number
}

/** The later moments at which something written of a happening changes: it ends, or its letter follows. */
function afterwards(happening: Happening): Moment[] {
  switch (happening.kind) {
    case 'admission':
      return happening.discharged === undefined ? [] : [happening.discharged, happening.discharged + 60]
    case 'emergency attendance':
      return [happening.at + 120, happening.left]
    case 'outpatient':
      return [happening.at + 20, happening.at + 2 * MINUTES_A_DAY]
    case 'caseload':
      return happening.closed === undefined ? [] : [happening.closed]
    case 'care contact':
    case 'gp contact':
      return [happening.at + happening.minutes]
    case 'prescription':
      return [1, REPEATS_LAPSE].map(
        (times) => happening.at + times * medicineFacts(happening.medicine).days * MINUTES_A_DAY + 1,
      )
    case 'social care':
    case 'care home stay':
      return happening.until === undefined ? [] : [momentOn(happening.until + 1, 0)]
    default:
      return []
  }
}

/** Moments at which somebody's file outside the hospital's line may have news. */
function duesOf(story: LifeStory, who: number, start: Moment): Due[] {
  const { resident, health, happenings } = story
  const agreed = advanceCareAt(story)
  const days = [
    ...health.illnesses.flatMap(({ found, until }) => [found, until]),
    ...resident.homes.map(({ from }) => from),
    resident.present.from,
  ].flatMap((day) => (day === undefined ? [] : [momentOn(day + 1, 0)]))
  const moments = happenings.flatMap((each) => [each.at, ...afterwards(each)])
  return [...days, ...moments, ...(agreed === undefined ? [] : [agreed])]
    .filter((at) => at > start)
    .map((at) => ({ at, who }))
}

export interface Played {
  messages: number
  updates: number
  files: number
  /** Whatever was not taken, in the words of the answer. */
  refused: string[]
}

/**
 * A place that goes on living. Each call of `until` sends everything that has happened since the last, in order of time.
 */
export function livingPlace({ stories, seed, place, start, speed }: Playing) {
  const from = momentOf(start)
  const pace = paceFrom(from, speed)
  const going = stories.map((story) => hastened(story, pace))
  const line = going.flatMap((story) => lineFrom(story, place, from, speed)).sort((a, b) => a.at - b.at)
  const dues = going.flatMap((story, who) => duesOf(story, who, from)).sort((a, b) => a.at - b.at)
  const people = new Map<number, Unfolding>()
  let sentTo = 0
  let toldTo = 0
  let filedTo = from
  const fileEvery = Math.max(Math.round(MINUTES_A_DAY / speed), 5)

  async function hospital(until: Moment, stage: Stage, played: Played): Promise<void> {
    for (let next = line[sentTo]; next && next.at <= until; next = line[++sentTo]) {
      const answer = await stage.line(next.text)
      if (/\rMSA\|AA/.test(answer)) played.messages += 1
      else played.refused.push(answer)
    }
  }

  async function others(until: Moment, stage: Stage, played: Played): Promise<void> {
    const due = new Set<number>()
    for (let next = dues[toldTo]; next && next.at <= until; next = dues[++toldTo]) due.add(next.who)
    for (const who of due) {
      const story = going[who]
      if (!story) continue
      const person = people.get(who) ?? unfolding(story, { seed, place, start })
      people.set(who, person)
      for (const update of person.updates(new Date(instantOf(until)))) {
        const problem = await stage.transact(update)
        if (problem === undefined) played.updates += 1
        else played.refused.push(problem)
      }
    }
  }

  async function files(until: Moment, stage: Stage, played: Played): Promise<void> {
    if (until < filedTo + fileEvery) return
    const file = councilFile(going, filedTo, until)
    filedTo = until
    if (!file) return
    await stage.drop(file)
    played.files += 1
  }

  return {
    /** When the next thing happens, undefined when there is no more. */
    next: (): Moment | undefined => {
      const moments = [line[sentTo]?.at, dues[toldTo]?.at].filter((each) => each !== undefined)
      return moments.length > 0 ? Math.min(...moments) : undefined
    },
    async until(moment: Moment, stage: Stage): Promise<Played> {
      const played: Played = { messages: 0, updates: 0, files: 0, refused: [] }
      await hospital(moment, stage, played)
      await others(moment, stage, played)
      await files(moment, stage, played)
      return played
    },
  }
}
