import type { Place } from '../access/index.ts'
import type { Job, Route } from '../platform/index.ts'
import { fhirApi } from './fhir/api.ts'
import { recordPages } from './pages/routes.ts'
import { fillSearch } from './search/index.ts'

/** @param messages the messages that the place takes besides, for the statement of what it can do */
export const recordRoutes = (place: Place, messages: readonly { url: string }[]): Route[] => [
  ...fhirApi(place, messages),
  ...recordPages(place),
]

export const recordJobs: readonly Job[] = [fillSearch]
