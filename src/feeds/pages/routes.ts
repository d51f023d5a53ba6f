import type { Place } from '../../access/index.ts'
import type { Route } from '../../platform/index.ts'
import type { FeedsDesk } from './desk.ts'
import { healthRoutes } from './health/health.page.tsx'
import { metricsRoute } from './health/metrics.page.ts'
import { messagesRoutes } from './inbox/messages.page.tsx'
import { messageRoutes } from './message/message.page.tsx'
import { quarantineRoutes } from './quarantine/quarantine.page.tsx'
import { replayAllRoutes } from './quarantine/replay-all.page.tsx'

/** The pages of whoever looks after feeds. */
export const feedRoutes = (place: Place, desk: () => FeedsDesk): Route[] => [
  ...messagesRoutes(place),
  ...messageRoutes(place, desk),
  ...quarantineRoutes(place),
  ...replayAllRoutes(place, desk),
  ...healthRoutes(place, desk),
  metricsRoute(place, desk),
]
