import type { FlagRow } from './frame.queries.ts'

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

const rank = ({ category, category_code }: Pick<FlagRow, 'category' | 'category_code'>): number => {
  if (category === 'safeguarding') return -1
  const place = order.indexOf(category_code ?? '')
  return place === -1 ? order.indexOf('clinical') : place
}

export const graveFirst = <Flag extends Pick<FlagRow, 'category' | 'category_code'>>(
  flags: readonly Flag[],
): Flag[] => [...flags].sort((one, other) => rank(one) - rank(other))
