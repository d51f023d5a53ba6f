import type { Place } from '../../../access/index.ts'

export type Section = {
  id: string
  text: string
  path: string
  categories: readonly string[]
  /** Only for these roles, where a view says for whom it is. */
  roles?: readonly string[]
}

/** The sections of a record, in the order of the navigation; the place's own views come before the last. */
export const sections = {
  summary: { id: 'summary', text: 'Summary', path: '', categories: ['demographics'] },
  timeline: { id: 'timeline', text: 'Timeline', path: '/timeline', categories: ['demographics'] },
  problems: {
    id: 'problems',
    text: 'Problems',
    path: '/problems',
    categories: ['clinical', 'mental-health', 'social-care'],
  },
  medicines: { id: 'medicines', text: 'Medicines', path: '/medicines', categories: ['medicines'] },
  results: {
    id: 'results',
    text: 'Results',
    path: '/results',
    categories: ['results', 'mental-health', 'social-care'],
  },
  encounters: {
    id: 'encounters',
    text: 'Contacts and stays',
    path: '/encounters',
    categories: ['activity', 'mental-health'],
  },
  documents: {
    id: 'documents',
    text: 'Documents',
    path: '/documents',
    categories: ['document', 'mental-health', 'social-care'],
  },
  looked: { id: 'looked', text: 'Who has looked', path: '/looked', categories: ['demographics'] },
  print: { id: 'print', text: 'Print', path: '/print', categories: ['demographics'] },
} as const satisfies Record<string, Section>

const { looked, print: _, ...clinical } = sections

/** The sections that this role may open. */
export function sectionsFor(
  name: string,
  role: Place['roles'][string],
  views: readonly Section[],
): Section[] {
  const all: Section[] = [...Object.values(clinical), ...views, looked]
  const holds = (section: Section) =>
    section.categories.some((category) => role.categories.includes(category))
  return all.filter((section) => holds(section) && (section.roles?.includes(name) ?? true))
}
