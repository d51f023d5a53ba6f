export { isBookingRequest } from './booking-standard.ts'
export { type DoorParts, type Mounted, openDoor } from './door.ts'
export { namedProblem, refusalOf } from './fhir-answer.ts'
export { type FileKind, kindsInWords } from './file-kinds.ts'
export type { Actor, AppUse, AuditEntry, Credentials, Keeper, Person, Way } from './keeper.ts'
export type { Frame } from './page-answer.tsx'
export { anyone, holds, lists, type May, policyInWords, reads } from './policy.ts'
export {
  type Answer,
  type Context,
  type Download,
  type FhirAnswer,
  type FhirRequest,
  fhirRoute,
  type Job,
  job,
  page,
  personRef,
  type Redirect,
  type Route,
  type View,
} from './route.ts'
export { type Scan, type Uploaded, uploaded, uploadTried } from './uploads.ts'
