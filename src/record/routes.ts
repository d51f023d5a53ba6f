import type { AppDesk, Place } from '../access/index.ts'
import type { Job, Route } from '../platform/index.ts'
import { askingRoutes } from './apps/asking.page.tsx'
import { fhirApi } from './fhir/api.ts'
import { recordPages } from './pages/routes.ts'
import { fillSearch } from './search/index.ts'

type Around = {
  /** The messages that the place takes besides, for the statement of what it can do. */
  messages: readonly { url: string }[]
  /** How one signs in, for the same. */
  security(): Promise<Record<string, unknown>>
  publicUrl(): string
  /** Where apps wait for their practitioner's answer; none with an issuer that asks by itself. */
  appDesk(): AppDesk | undefined
}

export const recordRoutes = (place: Place, { messages, security, publicUrl, appDesk }: Around): Route[] => [
  ...fhirApi(place, messages, security),
  ...recordPages(place, publicUrl),
  ...askingRoutes(place, appDesk),
]

export const recordJobs: readonly Job[] = [fillSearch]
