import type { Place } from '../../access/index.ts'
import type { Route } from '../../platform/index.ts'
import type { Section } from './frame/sections.ts'
import { summaryRoute } from './summary/summary.page.tsx'

/** The pages about one person's record, and the list of who is in hospital. */
export function recordPages(place: Place): Route[] {
  const views: Section[] = []
  return [summaryRoute(place, views)]
}
