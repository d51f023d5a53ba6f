import type { Place } from '../../access/index.ts'
import type { Route } from '../../platform/index.ts'
import { fileApi } from './api.page.ts'
import { decideRoutes } from './decide.page.ts'
import { fileRoutes } from './one-file.page.tsx'
import { quarantineRoutes } from './quarantine.page.tsx'
import { receivedList } from './received.page.tsx'
import { sendRoutes } from './send.page.tsx'

export const fileSendingRoutes = (place: Place): Route[] => [
  receivedList,
  ...sendRoutes(place),
  ...fileRoutes(place),
  ...decideRoutes(place),
  ...quarantineRoutes,
  fileApi(place),
]
