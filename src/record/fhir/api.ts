import type { Place } from '../../access/index.ts'
import type { Route } from '../../platform/index.ts'
import { mustKnowExpected } from './expected.ts'
import { readingRoutes } from './reading.page.ts'
import { searchingRoutes } from './searching.page.ts'
import { validatingRoutes } from './validating.page.ts'
import { writingRoutes } from './writing.page.ts'

/** The FHIR API: every way in declares what it may and what is audited. */
export const fhirApi = (place: Place, messages: readonly { url: string }[]): Route[] => {
  mustKnowExpected(place)
  return [...readingRoutes(messages), ...searchingRoutes, ...writingRoutes(place), ...validatingRoutes(place)]
}
