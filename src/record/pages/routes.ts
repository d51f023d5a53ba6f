import type { Place } from '../../access/index.ts'
import type { Route } from '../../platform/index.ts'
import { appRoutes, appSections } from '../apps/apps.page.tsx'
import { wrongPersonRoutes } from '../wrong-person/routes.ts'
import { caseloadRoutes } from './caseload/caseload.page.tsx'
import { addRoutes } from './documents/add.page.tsx'
import { documentRoutes } from './documents/document.page.tsx'
import { documentListRoutes } from './documents/documents.page.tsx'
import type { Section } from './frame/sections.ts'
import { encounterRoutes } from './lists/encounters.page.tsx'
import { medicineRoutes } from './lists/medicines.page.tsx'
import { problemRoutes } from './lists/problems.page.tsx'
import { oneTestRoutes } from './lists/result.page.tsx'
import { resultRoutes } from './lists/results.page.tsx'
import { lookedRoute } from './looked/looked.page.tsx'
import { pathwayRoute, sectionOf } from './pathway/pathway.page.tsx'
import { readViews } from './pathway/view-file.ts'
import { printRoute } from './summary/print.page.tsx'
import { summaryRoute } from './summary/summary.page.tsx'
import { timelineRoute } from './timeline/timeline.page.tsx'

/** The pages about one person's record, and the list of who is in hospital. */
export function recordPages(place: Place, publicUrl: () => string): Route[] {
  const files = readViews(place)
  const views: Section[] = [...files.map(sectionOf), ...appSections(place)]
  const each = [
    problemRoutes,
    medicineRoutes,
    resultRoutes,
    oneTestRoutes,
    encounterRoutes,
    documentListRoutes,
    documentRoutes,
    addRoutes,
    timelineRoute,
    lookedRoute,
    printRoute,
    wrongPersonRoutes,
  ]
  return [
    summaryRoute(place, views),
    ...each.flatMap((routes) => routes(place, views)),
    ...files.map((view) => pathwayRoute(place, views, view)),
    ...appRoutes(place, views, publicUrl),
    ...caseloadRoutes(place),
  ]
}
