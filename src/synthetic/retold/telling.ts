import type { Dice } from '../dice.ts'
import type { Happening } from '../lives/happening.ts'
import type { Moment } from '../lives/moment.ts'
import type { LifeStory } from '../lives/story.ts'
import type { SourceKind } from '../place.ts'
import { fileAt, type Life, type PersonFile } from '../record/file.ts'

/** A life while services write it down: what happened up to now, in the words and resources of the record. */
export interface Telling {
  story: LifeStory
  life: Life
  now: Moment
  /** Chance of one happening's own: what was written of it does not change when more becomes known. */
  diceFor: (chapter: string) => Dice
}

/**
 * By which minute a happening is told apart from the person's others, at whatever pace it is played: ids, chance and numbers grow from
 * it, so that whoever plays it quicker, or again, speaks of the same.
 */
export const minuteOf = ({ at, lived = at }: Pick<Happening, 'at' | 'lived'>): Moment => lived

/** Writes a chapter into a source's file; nothing where the place has no such source. */
export function chapter(
  telling: Telling,
  kind: SourceKind,
  name: string,
  write: (file: PersonFile, dice: Dice) => void,
): void {
  const file = fileAt(telling.life, kind)
  const before = file.chapter
  file.chapter = name
  write(file, telling.diceFor(name))
  if (before === undefined) delete file.chapter
  else file.chapter = before
}

/** Whether something that ends has ended by now. */
export const ended = (telling: Telling, until: Moment | undefined): until is Moment =>
  until !== undefined && until <= telling.now
