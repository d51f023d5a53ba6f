import type { Place } from '../../access/index.ts'
import type { Route } from '../../platform/index.ts'
import { bundleRoute } from './bundle/bundle.page.ts'
import { mustKnowExpected } from './expected.ts'
import { exportRoutes } from './export/export.page.ts'
import { readingRoutes } from './reading.page.ts'
import { searchingRoutes } from './searching.page.ts'
import { validatingRoutes } from './validating.page.ts'
import { viewRoutes } from './view-run/view-run.page.ts'
import { writingRoutes } from './writing.page.ts'

/** The FHIR API: every way in declares what it may and what is audited. */
export const fhirApi = (place: Place, messages: readonly { url: string }[]): Route[] => {
  mustKnowExpected(place)
  const reading = [...readingRoutes(messages), ...searchingRoutes]
  return [
    ...reading,
    ...writingRoutes(place),
    bundleRoute(place, reading),
    ...validatingRoutes(place),
    ...exportRoutes,
    ...viewRoutes,
  ]
}
