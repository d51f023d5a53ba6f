import type { Place } from '../../access/index.ts'
import type { Route } from '../../platform/index.ts'
import { readingRoutes } from './reading.page.ts'
import { writingRoutes } from './writing.page.ts'

/** The FHIR API: every way in declares what it may and what is audited. */
export const fhirApi = (
  place: Place,
  messages: readonly { url: string }[],
  security: () => Promise<Record<string, unknown>>,
): Route[] => [...readingRoutes(messages, security), ...writingRoutes(place)]
