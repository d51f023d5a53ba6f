import type { Place } from '../access/index.ts'
import type { Route } from '../platform/index.ts'
import { fhirApi } from './fhir/api.ts'
import { recordPages } from './pages/routes.ts'

export const recordRoutes = (place: Place): Route[] => [...fhirApi(place), ...recordPages(place)]
