import type { Place } from '../access/index.ts'
import type { Route } from '../platform/index.ts'
import { findRoutes } from './find.page.tsx'
import { decidedRoutes } from './matching/decided.page.tsx'
import { pairRoutes } from './matching/pair.page.tsx'
import { personRoutes } from './matching/person.page.tsx'
import { supersededRoutes } from './matching/superseded.page.tsx'
import { worklistRoutes } from './matching/worklist.page.tsx'
import { reasonRoutes } from './reason.page.tsx'
import { reviewRoutes } from './reviews.page.tsx'
import { traceListRoutes } from './trace-list/trace-list.page.tsx'

export const peopleRoutes = (place: Place): Route[] => [
  ...findRoutes,
  ...reasonRoutes(place),
  ...reviewRoutes(place),
  ...worklistRoutes(place),
  ...decidedRoutes(place),
  ...pairRoutes(place),
  ...personRoutes(place),
  ...supersededRoutes,
  ...traceListRoutes,
]
