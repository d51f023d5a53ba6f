/** What two sources may both have said: a code of some system, or the same words. */
export type Named = { code: string | null; code_system: string | null; title: string | null }

/** One thing, and everyone who said it, in the order given. Never empty. */
export type Group<Item> = { items: [Item, ...Item[]] }

/**
 * Brings together what several sources say of one thing, so that a list is read once and no source is dropped.
 *
 * | two items | one thing? |
 * |---|---|
 * | the same code of the same system | yes, whatever the words |
 * | the same words, but for case and spaces | yes, unless each has a code of one system and they differ |
 * | neither | no: likeness of words is a judgement, which is the reader's |
 *
 * Through a third item two may come together that share nothing themselves.
 */
export function grouped<Item extends Named>(items: readonly Item[]): Group<Item>[] {
  const groups: Item[][] = []
  for (const item of items) {
    const same = groups.filter((group) => group.some((other) => isSame(item, other)))
    const [first, ...others] = same
    if (!first) {
      groups.push([item])
      continue
    }
    for (const other of others) {
      first.push(...other)
      groups.splice(groups.indexOf(other), 1)
    }
    first.push(item)
  }
  return groups.map((group) => ({ items: group as [Item, ...Item[]] }))
}

function isSame(one: Named, other: Named): boolean {
  const bothCoded = one.code !== null && other.code !== null && one.code_system === other.code_system
  if (bothCoded) return one.code === other.code
  const words = folded(one.title)
  return words !== '' && words === folded(other.title)
}

/** As compared: lower case, single spaces. Punctuation stays, for in medicines it may matter. */
export const folded = (words: string | null): string =>
  (words ?? '').normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

/** The different values of a group, in order, each once. */
export function said<Item>(group: Group<Item>, of: (item: Item) => string | null | undefined): string[] {
  const seen = new Map<string, string>()
  for (const item of group.items) {
    const words = of(item)?.trim()
    if (words && !seen.has(folded(words))) seen.set(folded(words), words)
  }
  return [...seen.values()]
}
