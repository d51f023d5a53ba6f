import type { Place } from '../../access/index.ts'
import type { Route } from '../../platform/index.ts'
import { fileApi } from './api.page.ts'
import { decideRoutes } from './pages/decide.page.ts'
import { fileRoutes } from './pages/one-file.page.tsx'
import { quarantineRoutes } from './pages/quarantine.page.tsx'
import { receivedList } from './pages/received.page.tsx'
import { sendRoutes } from './pages/send.page.tsx'

export const fileSendingRoutes = (place: Place): Route[] => [
  receivedList,
  ...sendRoutes(place),
  ...fileRoutes(place),
  ...decideRoutes(place),
  ...quarantineRoutes,
  fileApi(place),
]
