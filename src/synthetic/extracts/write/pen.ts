import type { Death, Happening } from '../../lives/happening.ts'
import type { LifeStory } from '../../lives/story.ts'
import type { World } from '../../lives/world.ts'
import type { Resident } from '../../residents/resident.ts'
import type { Rows } from './rows.ts'
import type { Sheets } from './sheets.ts'

/** The most that may happen to one person: an event's number is the person's with five figures after it. */
const MOST_EVENTS = 99_999
const PREFIX = 64

/** What is seldom or never a cause of something else, and too frequent to be remembered. */
const LEAVES: ReadonlySet<Happening['kind']> = new Set([
  'prescription',
  'test',
  'vaccination',
  'home signal',
  'care contact',
])

/** A safeguarding concern is in no extract, and a death is in its person’s row: neither can be named as a cause. */
const isWritten = (happening: Happening): boolean =>
  happening.kind !== 'death' &&
  !(happening.kind === 'social care' && happening.event === 'safeguarding concern')

/** Writes the rows of one life after another. What all rows of a person begin with is put into bytes once and copied. */
export class Pen {
  readonly sheets: Sheets
  readonly world: World
  readonly networks: ReadonlyMap<string, string>
  /** Whose lives have been written, and how they ended. */
  readonly told: { resident: Resident; death: Death | undefined }[] = []
  private happenings: readonly Happening[] = []
  private readonly places = new Map<Happening, number>()
  private readonly eventStart = Buffer.alloc(PREFIX)
  private eventSize = 0
  private readonly personStart = Buffer.alloc(PREFIX)
  private personSize = 0

  constructor(sheets: Sheets, world: World) {
    this.sheets = sheets
    this.world = world
    this.networks = new Map(world.ground.practices.map(({ code, network }) => [code, network]))
  }

  take({ resident, happenings }: LifeStory): void {
    if (happenings.length > MOST_EVENTS)
      throw new Error(`${happenings.length} things happened to resident ${resident.serial}`)
    this.happenings = happenings
    // One more than the serial, so that no number begins with noughts.
    this.eventSize = this.eventStart.write(String(resident.serial + 1))
    this.personSize = this.personStart.write(`${resident.nhsNumber ?? ''},${resident.serial},`)
    this.places.clear()
    let death: Death | undefined
    for (let nth = 0; nth < happenings.length; nth++) {
      const happening = happenings[nth] as Happening
      if (!LEAVES.has(happening.kind) && isWritten(happening)) this.places.set(happening, nth)
      if (happening.kind === 'death') death = happening
    }
    this.told.push({ resident, death })
  }

  /** NHS number and the place's own. */
  numbers(rows: Rows): void {
    rows.ready(this.personStart, this.personSize)
  }

  /** What each row of activity begins with. */
  begin(rows: Rows, nth: number): void {
    rows.ready(this.eventStart, this.eventSize)
    rows.five(nth)
    rows.ready(this.personStart, this.personSize)
  }

  /** The number of something else that happened to the same person; nothing, for what happened to somebody else. */
  event(rows: Rows, happening: Happening | undefined): void {
    const nth = happening === undefined ? -1 : this.placeOf(happening)
    if (nth < 0) {
      rows.none()
      return
    }
    rows.ready(this.eventStart, this.eventSize)
    rows.five(nth)
  }

  private placeOf(happening: Happening): number {
    return (
      this.places.get(happening) ?? (LEAVES.has(happening.kind) ? this.happenings.indexOf(happening) : -1)
    )
  }

  /** Cause and cost, and the end of the row. */
  end(rows: Rows, { because }: Happening, pence: number): void {
    this.event(rows, because)
    rows.whole(pence)
    rows.end()
  }
}
