import type { Place } from '../../access/index.ts'
import type { Route } from '../../platform/index.ts'
import type { Section } from '../pages/frame/sections.ts'
import { moveRoutes } from './move.page.tsx'
import { notTheirsRoutes } from './not-theirs.page.tsx'
import { reportRoutes } from './report.page.tsx'
import { worklistRoutes } from './worklist.page.tsx'

export const wrongPersonRoutes = (place: Place, views: readonly Section[]): Route[] => [
  ...notTheirsRoutes(place, views),
  ...worklistRoutes(place),
  ...reportRoutes(place),
  ...moveRoutes(place),
]
