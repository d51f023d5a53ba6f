/** What a way in demands. There is no default: a route without one does not compile. */
export type May =
  | { kind: 'anyone'; why: string }
  | { kind: 'reads'; categories: readonly string[]; purposes: readonly string[] }
  | { kind: 'lists'; categories: readonly string[]; purposes: readonly string[] }
  | { kind: 'holds'; capability: string; purposes: readonly string[] }

/** The purpose; several where practitioners and systems use one way in, each for its own. */
type About = { purpose: string | readonly string[] }
const all = (given: string | readonly string[]): readonly string[] =>
  typeof given === 'string' ? [given] : given

/** No sign-in needed; `why` stands in docs/routes.md. Never for anything about a person. */
export const anyone = (why: string): May => ({ kind: 'anyone', why })

/** One of these categories about the person named by `input.person`: the decision is made before the page runs. */
export const reads = (categories: string | readonly string[], about: About): May => ({
  kind: 'reads',
  categories: all(categories),
  purposes: all(about.purpose),
})

/** Items of these categories about many people: the query asks with the scope, and row-level security asks again. */
export const lists = (categories: string | readonly string[], about: About): May => ({
  kind: 'lists',
  categories: all(categories),
  purposes: all(about.purpose),
})

/** A capability of the role, such as tracing or breaking glass. */
export const holds = (capability: string, about: About): May => ({
  kind: 'holds',
  capability,
  purposes: all(about.purpose),
})

/** The policy in words, for docs/routes.md. */
export function policyInWords(may: May): string {
  switch (may.kind) {
    case 'anyone':
      return `anyone: ${may.why}`
    case 'reads':
      return `reads ${may.categories.join(' or ')} about the person, for ${may.purposes.join(' or ')}`
    case 'lists':
      return `lists ${may.categories.join(' or ')} within scope, for ${may.purposes.join(' or ')}`
    case 'holds':
      return `holds “${may.capability}”, for ${may.purposes.join(' or ')}`
  }
}
