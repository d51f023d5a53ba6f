import type { Place } from '../../access/index.ts'
import type { Route } from '../../platform/index.ts'
import { bundleRoute } from './bundle/bundle.page.ts'
import { exportRoutes } from './export/export.page.ts'
import { readingRoutes } from './reading.page.ts'
import { viewRoutes } from './view-run/view-run.page.ts'
import { writingRoutes } from './writing.page.ts'

/** The FHIR API: every way in declares what it may and what is audited. */
export const fhirApi = (place: Place, messages: readonly { url: string }[]): Route[] => {
  const reading = readingRoutes(messages)
  return [...reading, ...writingRoutes(place), bundleRoute(place, reading), ...exportRoutes, ...viewRoutes]
}
