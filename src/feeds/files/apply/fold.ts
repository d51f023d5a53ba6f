/**
 * What a set says now is a fold over the lines of its accepted files in the order of what they speak of, not of when they came: a file that
 * comes late changes nothing that a later one said, and any order of arrival ends the same.
 */

/** A file's place in that order: the day it speaks of, then the order of arrival, so that a file sent again for the same day counts for more. */
export type Order = { extractDate: string; number: number }

export const isLater = (one: Order, other: Order): boolean =>
  one.extractDate > other.extractDate || (one.extractDate === other.extractDate && one.number > other.number)

/** What is held of a key: its newest line, and the first later full list that left it out. */
export type Fact = Order & { digest: string; ended: Order | undefined }

export type Outcome = { kind: 'older' } | { kind: 'unchanged' | 'write'; fact: Fact }

/**
 * | what is held | the line | outcome |
 * |---|---|---|
 * | nothing | any | written |
 * | a later line | any | older: nothing happens |
 * | an earlier line | says something else | written |
 * | an earlier line | says the same, and is ended as before or not at all | unchanged: only its place in the order moves |
 * | an earlier line that had ended | says the same, after that end | written: it is back |
 * @param leftOut the first accepted full list later than the line that has no line with its key
 */
export function fold(
  held: Fact | undefined,
  line: Order & { digest: string },
  leftOut: Order | undefined,
): Outcome {
  if (held && isLater(held, line)) return { kind: 'older' }
  const fact: Fact = { ...line, ended: leftOut }
  const same = held?.digest === line.digest && held.ended?.extractDate === leftOut?.extractDate
  return { kind: same ? 'unchanged' : 'write', fact }
}

/** What a full list that lacks the key does to what is held; undefined when nothing. */
export function leaveOut(held: Fact, list: Order): Outcome | undefined {
  if (isLater(held, list) || (held.ended && !isLater(held.ended, list))) return undefined
  const same = held.ended?.extractDate === list.extractDate
  return { kind: same ? 'unchanged' : 'write', fact: { ...held, ended: list } }
}
