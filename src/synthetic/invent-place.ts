import { characters } from './people/characters.ts'
import { randomPeople } from './people/households.ts'
import type { Place } from './place.ts'
import { beginLife, type Sent, sendAll } from './record/file.ts'
import { tellCharacter } from './stories/characters-lives.ts'
import { closeOnDeath } from './stories/death.ts'
import { ordinaryLife } from './stories/ordinary-lives.ts'

export interface Invention {
  /** How many residents in all, the characters included; never fewer than the characters. */
  people: number
  seed: string
  now: Date
  place: Place
}

/**
 * An invented place: what every source would have sent by now about every resident, one message for each person
 * and source. First the characters, the same whatever the seed; then random people. The same arguments always
 * give the same bytes. Nobody in it is real: NHS numbers, telephone numbers and addresses lead nowhere.
 */
export function* inventPlace({ people, seed, now, place }: Invention): Generator<Sent> {
  const cast = characters(now)
  for (const { id, person } of cast) {
    // The dead are told as of the day they died: no visit, test or prescription comes later.
    const life = beginLife(person, person.died ? new Date(person.died) : now, place)
    tellCharacter(id, life)
    closeOnDeath(life)
    yield* sendAll(life, now)
  }
  const others = randomPeople(seed, now)
  for (let told = cast.length; told < people; told++) {
    const next = others.next()
    if (next.done) return
    const life = beginLife(next.value, now, place)
    ordinaryLife(life)
    yield* sendAll(life, now)
  }
}
