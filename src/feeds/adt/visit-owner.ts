type Told = { order: string; by: string; from?: string; does: string }

/** Whether two numbers are one person’s. */
export type IsSame = (one: string, other: string) => boolean

/**
 * Whose visit it is. An A45 hands it from one person to another, and counts for what was said before it and after. Without one, whom most of
 * the messages name; of equally many, whom the earliest names: one message with a mistyped visit number takes nobody's visit away.
 *
 * | messages | whose |
 * |---|---|
 * | all name P | P |
 * | P, P, Q | P; Q's waits |
 * | Q, P, P, by time | P; Q's waits |
 * | P, Q, and Q's number was merged with P's | P, with all of them |
 * | P, P, then A45 from P to Q, Q | Q |
 * | P, A45 from P to Q, A45 from Q back to P | P |
 *
 * @param told in order
 */
export function ownerOf<Event extends Told>(
  told: readonly Event[],
  isSame: IsSame,
): { owner: string; others: Event[] } {
  const handed = told.filter((each) => each.does === 'hand over')
  const events = told.filter((each) => each.does !== 'hand over')
  const now = (by: string): string =>
    handed.reduce((owner, each) => (isSame(each.from ?? '', owner) ? each.by : owner), by)
  const votes: { person: string; count: number }[] = []
  for (const each of events) {
    const person = now(each.by)
    const known = votes.find((vote) => isSame(vote.person, person))
    if (known) known.count += 1
    else votes.push({ person, count: 1 })
  }
  const most = votes.reduce((best, vote) => (vote.count > best.count ? vote : best), { person: '', count: 0 })
  const owner = handed.at(-1)?.by ?? most.person
  return { owner, others: events.filter((each) => !isSame(now(each.by), owner)) }
}
