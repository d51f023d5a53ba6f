import type { Place } from '../../access/index.ts'
import type { Route } from '../../platform/index.ts'
import { listMessageDefinitions } from './message-definitions.page.ts'
import { processMessage } from './process-message.page.ts'

/** FHIR messages. They are mounted with the record’s role, which alone may write the record. */
export const messageRoutes = (place: Place): Route[] => [processMessage(place), listMessageDefinitions]
