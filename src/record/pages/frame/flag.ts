import type { FlagRow } from './frame.queries.ts'

/** A safeguarding concern, in whatever form: on the screen of whoever may see it, and never on paper, which is left on kitchen tables. */
export const isConcern = ({ category }: { category?: string }): boolean => category === 'safeguarding'

/** The FHIR flag categories in the order of what a mistake would cost; how to get in at the door comes last. */
const order = [
  'advance-directive',
  'safety',
  'clinical',
  'drug',
  'behavioral',
  'research',
  'admin',
  'contact',
]

const rank = (flag: Pick<FlagRow, 'category' | 'category_code'>): number => {
  if (isConcern(flag)) return -1
  const place = order.indexOf(flag.category_code ?? '')
  return place === -1 ? order.indexOf('clinical') : place
}

export const graveFirst = <Flag extends Pick<FlagRow, 'category' | 'category_code'>>(
  flags: readonly Flag[],
): Flag[] => [...flags].sort((one, other) => rank(one) - rank(other))
