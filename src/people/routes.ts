import type { Place } from '../access/index.ts'
import type { Route } from '../platform/index.ts'
import { findRoutes } from './find.page.tsx'
import { reasonRoutes } from './reason.page.tsx'
import { reviewRoutes } from './reviews.page.tsx'

export const peopleRoutes = (place: Place): Route[] => [
  ...findRoutes,
  ...reasonRoutes(place),
  ...reviewRoutes(place),
]
