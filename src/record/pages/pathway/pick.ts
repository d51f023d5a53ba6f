import type { ViewSection } from './view-file.ts'

/** What a view asks of an item, whatever kind it is. */
export type Pickable = {
  code: string | null
  words: readonly (string | null | undefined)[]
  at: Date | null
  now: boolean
}

const day = 86_400_000

/**
 * Whether an item belongs in a section of a view.
 *
 * | the section says | the item | belongs |
 * |---|---|---|
 * | codes 763264000 | has that code | yes, whatever its words |
 * | words "fall" | "Recurrent falls" | yes: a word begins with it |
 * | words "fall" | "Rainfall gauge" | no: it stands inside a word |
 * | neither codes nor words | any | yes |
 * | months 12 | of 13 months ago, or without a date | no |
 * | now | that no longer holds | no |
 */
export function belongs(
  item: Pickable,
  section: Pick<ViewSection, 'codes' | 'words' | 'months' | 'now'>,
  now: Date,
): boolean {
  if (section.now && !item.now) return false
  // A month is counted as 30.44 days: a view draws no line on which a day more or less would matter.
  if (
    section.months !== undefined &&
    (item.at === null || now.getTime() - item.at.getTime() > section.months * 30.44 * day)
  )
    return false
  if (section.codes.length === 0 && section.words.length === 0) return true
  if (item.code !== null && section.codes.includes(item.code)) return true
  return section.words.some((word) => item.words.some((words) => hasWord(words ?? '', word)))
}

/** Whether a word of the text begins with this one, whatever its case. */
export function hasWord(text: string, word: string): boolean {
  const pattern = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}`, 'iu').test(text)
}
