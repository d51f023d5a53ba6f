import type { Bundle, Resource } from '@medplum/fhirtypes'
import { attempt, type Db, refusalOf } from '../../platform/index.ts'
import type { Sending } from '../store/row.ts'
import { keepTransaction, type Outcome } from './transaction.ts'

export type BatchOutcome = Outcome | { status: string; outcome: Resource }

/** Keeps each entry by itself: what is wrong with one is said at its place and keeps no other out. */
export async function keepBatch(db: Db, sending: Sending, bundle: Bundle): Promise<BatchOutcome[]> {
  const outcomes: BatchOutcome[] = []
  for (const [index, entry] of (bundle.entry ?? []).entries()) {
    const alone: Bundle = { resourceType: 'Bundle', type: 'transaction', entry: [entry] }
    try {
      outcomes.push(...(await attempt(db, () => keepTransaction(db, sending, alone, index))))
    } catch (problem) {
      const { status, outcome } = refusalOf(problem)
      // Not the entry's fault: then nothing is kept, and the whole may be sent again.
      if (status >= 500) throw problem
      outcomes.push({ status: String(status), outcome: outcome as unknown as Resource })
    }
  }
  return outcomes
}
