export { type Clock, stoppedClock, systemClock } from './clock.ts'
export { type Config, type RegionalEndpoint, readConfig } from './config.ts'
export { dayOf } from './day.ts'
export {
  appSignIn,
  attempt,
  type Columns,
  type Database,
  type DB,
  type Db,
  type EmbeddedPostgres,
  isDatabaseTrouble,
  migrate,
  openDatabase,
  placeDatabase,
  plannedAnew,
  rowsAs,
  type Settings,
  settled,
  varied,
} from './db/index.ts'
export * from './door/index.ts'
export {
  addingFaults,
  Conflict,
  type Fault,
  Gone,
  Invalid,
  Misasked,
  NotAllowed,
  NotFound,
  Stale,
  Unavailable,
} from './errors.ts'
export { type EventType, emit, type PlatformEvent } from './events.ts'
export { gatherer } from './gather.ts'
export { idFor } from './ids.ts'
export { type Subscribers, startWorker } from './jobs.ts'
export { londonOffsetAt } from './london.ts'
export { madeOnce } from './made-once.ts'
export { scannerOf } from './scan.ts'
export {
  type Figures,
  type Histogram,
  type Metric,
  metricsText,
  openFigures,
  startTracing,
  traced,
  traceHeaders,
  traceId,
} from './telemetry/index.ts'
