export type Freshness = 'never heard' | 'late' | 'up to date'

/**
 * Whether a source keeps the record up to date: it is late once nothing of it was kept for as long as the place allows it. Records say so of
 * the sources they are made of, and the feed health page of its senders, by this one rule.
 */
export function freshnessOf(
  { lateAfterHours }: { lateAfterHours: number },
  lastKept: Date | null | undefined,
  now: Date,
): Freshness {
  if (!lastKept) return 'never heard'
  return now.getTime() - lastKept.getTime() > lateAfterHours * 3_600_000 ? 'late' : 'up to date'
}
