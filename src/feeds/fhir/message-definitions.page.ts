import { z } from 'zod'
import { fhirRoute, holds, idFor, type Route } from '../../platform/index.ts'
import { bookingEvents, messageDefinitions } from './message-events.ts'

/** Which messages are taken here, for a sender to look up before it sends. */
export const listMessageDefinitions: Route = fhirRoute({
  method: 'GET',
  path: '/fhir/MessageDefinition',
  may: holds('send', { purpose: 'feed' }),
  audit: 'fhir.message-definitions',
  input: z.object({}),
  run: async ({ base }) => {
    const entry = messageDefinitions.map(({ url, name, event, focus }) => ({
      fullUrl: `${base}/MessageDefinition/${idFor(url)}`,
      resource: {
        resourceType: 'MessageDefinition',
        id: idFor(url),
        url,
        name,
        status: 'active',
        date: '2026-01-01',
        eventCoding: { system: bookingEvents, code: event },
        focus: [{ code: focus, min: 1 }],
      },
      search: { mode: 'match' },
    }))
    const bundle = { resourceType: 'Bundle', type: 'searchset', total: entry.length, entry }
    return { status: 200, body: JSON.stringify(bundle) }
  },
})
