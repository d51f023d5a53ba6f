import { dateInWords, instantInWords, isDateOnly, londonDate } from '../../../platform/ui/index.ts'

/** A date or moment as its source wrote it, and the moment at which it starts. */
export type Written = { text: string | null; at: Date | null }

/** "20 November 2015": the day, as precisely as the source knew it; undefined where it gave none. */
export function dayInWords({ text, at }: Written): string | undefined {
  if (text !== null && isDateOnly(text) && at !== null) return dateInWords(text)
  return at === null ? undefined : dateInWords(londonDate(at))
}

/** "20 November 2015, 11am", or the day where the source gave no time. */
export function momentInWords({ text, at }: Written): string | undefined {
  if (text !== null && isDateOnly(text) && at !== null) return dateInWords(text)
  return at === null ? undefined : instantInWords(at)
}

/** For components that show a date as whole as it was known. */
export function instantAsKnown({ text, at }: Written): string | Date | undefined {
  if (text !== null && isDateOnly(text) && at !== null) return text
  return at ?? undefined
}

/** "Since 2005", "February 2026 to March 2026": a stretch of time in days. */
export function stretchInWords(from: Written, to: Written): string | undefined {
  const [started, ended] = [dayInWords(from), dayInWords(to)]
  if (started && ended) return started === ended ? started : `${started} to ${ended}`
  if (started) return `since ${started}`
  return ended && `until ${ended}`
}
