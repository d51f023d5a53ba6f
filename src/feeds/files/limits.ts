/** How many lines of each kind a file has, compared with what its set says now. */
export type Counts = {
  lines: number
  added: number
  changed: number
  unchanged: number
  /** Lines of which a later file has spoken already. */
  older: number
  /** Held now and left out by this full list. */
  ended: number
  refused: number
  /** Refused lines of which it cannot even be told what they are about. */
  unreadable: number
  /** What the set holds now. */
  held: number
}

/** More of what is held ends than ever does in a day. A list cut short on the way looks just like that. */
const mostEnded = 0.2
/** So much is refused that the file is more likely of another set, or its columns have moved. */
const mostRefused = 0.9
const mostChanged = 0.5

/**
 * Why a file must be looked at twice before it is accepted, in words; none when it is like any other.
 *
 * | what | more than |
 * |---|---|
 * | of what is held, ended | 20% |
 * | of the lines, refused | 90% |
 * | of what is held, changed | 50% |
 * | lines that cannot be told apart, while something ends | none |
 */
export function limitsPassed(counts: Counts): string[] {
  const { lines, held, ended, refused, changed, unreadable } = counts
  const found: string[] = []
  if (ended > held * mostEnded)
    found.push(`${ended} of ${held} that are held now would end. Is this the whole list?`)
  if (refused > lines * mostRefused)
    found.push(`${refused} of ${lines} lines are refused. Is this the right file?`)
  if (changed > held * mostChanged && held > 0)
    found.push(`${changed} of ${held} that are held now would change. Have columns moved?`)
  if (unreadable > 0 && ended > 0)
    found.push(
      `${unreadable} refused lines do not say what they are about. Some of the ${ended} that would end may be among them.`,
    )
  return found
}
