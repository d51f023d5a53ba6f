import { caseloadExtracts } from './caseloads.ts'
import { hospitalExtracts } from './hospital.ts'
import { peopleExtracts } from './people.ts'
import { primaryCareExtracts } from './primary-care.ts'
import { referenceExtracts } from './reference.ts'
import type { FlatExtract } from './schema.ts'
import { socialCareExtracts } from './social-care.ts'
import { urgentCareExtracts } from './urgent-care.ts'

/** Every flat extract, people first and what they are joined with last. */
export const allExtracts: readonly FlatExtract[] = [
  ...peopleExtracts,
  ...primaryCareExtracts,
  ...urgentCareExtracts,
  ...hospitalExtracts,
  ...caseloadExtracts,
  ...socialCareExtracts,
  ...referenceExtracts,
]
