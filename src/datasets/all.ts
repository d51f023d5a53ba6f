import { adultSocialCare } from './adult-social-care.ts'
import { careHomeResidents } from './care-home-residents.ts'
import { caseloads } from './caseloads.ts'
import { childrenSend } from './children-send.ts'
import { gpRegistrations } from './gp-registrations.ts'
import { hospice } from './hospice.ts'
import type { Dataset } from './schema.ts'

/** Every data set that may be sent as a file. */
export const allDatasets: readonly Dataset[] = [
  adultSocialCare,
  careHomeResidents,
  gpRegistrations,
  caseloads,
  childrenSend,
  hospice,
]
