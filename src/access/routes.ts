import type { Job, Route } from '../platform/index.ts'
import { sealAudit } from './audit-seal/sealing.job.ts'
import { healthRoutes } from './health.page.ts'
import { homeRoute } from './home.page.tsx'
import type { Issuer } from './issuer.ts'
import { noticeRoutes } from './notices.page.tsx'
import { keepPartitions } from './partitions.job.ts'
import type { Place } from './place.ts'
import { tellPrivacyOfficer } from './privacy-officer.job.ts'
import { signInRoutes } from './sign-in.page.tsx'
import { smartConfiguration } from './smart/configuration.page.ts'

export const accessRoutes = (
  place: Place,
  issuer: () => Issuer,
  publicUrl: () => string,
  dataDir: string,
): Route[] => [
  homeRoute(place),
  ...healthRoutes(dataDir),
  ...signInRoutes(place, issuer, publicUrl),
  ...noticeRoutes(place),
  smartConfiguration(issuer),
]

export const accessJobs = (dataDir: string): Job[] => [sealAudit(dataDir), keepPartitions, tellPrivacyOfficer]
