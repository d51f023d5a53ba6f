import { drawGround } from './ground/draw.ts'
import { livesOf } from './lives/lives.ts'
import { type Day, dayOf } from './lives/moment.ts'
import type { LifeStory } from './lives/story.ts'
import type { World } from './lives/world.ts'
import { characters } from './people/characters.ts'
import type { Place } from './place.ts'
import { beginLife, type Sent, sendAll } from './record/file.ts'
import { momentOf } from './retold/instant.ts'
import { retell } from './retold/retell.ts'
import { tellCharacter } from './stories/characters-lives.ts'
import { closeOnDeath } from './stories/death.ts'

export interface Invention {
  /** About how many residents beside the characters; births, deaths and moves make it a little more or less. */
  people: number
  seed: string
  now: Date
  place: Place
}

const DAYS_BEFORE = 3 * 365
/** Lives are told beyond now, so that whoever plays the place from here on plays the same ones. */
const DAYS_AFTER = 120

function worldAround({ people, seed, now }: Omit<Invention, 'place'>): World {
  const today = dayOf(momentOf(now))
  const window = { from: today - DAYS_BEFORE, until: today + DAYS_AFTER }
  return { seed, ground: drawGround({ people, seed }), window }
}

/** Whether somebody is known to the place now: here, or dead since the window began; not gone, and not still to come. */
function isKnown({ resident }: LifeStory, today: Day): boolean {
  const { present, leaves } = resident
  return present.from <= today && (leaves === 'died' || today < present.until)
}

/** The lives of an invented place, those that go on beyond now and those still to come included. */
export function* storiesOfPlace(asked: Omit<Invention, 'place'>): Generator<LifeStory> {
  if (asked.people === 0) return
  const world = worldAround(asked)
  for (let index = 0; index < world.ground.neighbourhoods.length; index++) yield* livesOf(world, index)
}

/**
 * An invented place: what every source would have sent by now about every resident, one message for each person
 * and source. First the characters, the same whatever the seed; then the lives of a small borough. The same arguments always
 * give the same bytes. Nobody in it is real: NHS numbers, telephone numbers and addresses lead nowhere.
 */
export function* inventPlace({ people, seed, now, place }: Invention): Generator<Sent> {
  for (const { id, person } of characters(now)) {
    // The dead are told as of the day they died: no visit, test or prescription comes later.
    const life = beginLife(person, person.died ? new Date(person.died) : now, place)
    tellCharacter(id, life)
    closeOnDeath(life)
    yield* sendAll(life, now)
  }
  const today = dayOf(momentOf(now))
  for (const story of storiesOfPlace({ people, seed, now }))
    if (isKnown(story, today)) yield* retell(story, { seed, place, now })
}
