import { type Context, NotAllowed, NotFound } from '../../../platform/index.ts'
import type { Change } from './act.ts'
import type { Outcome } from './perform.ts'

export type Audited = { act: Change; index: number; outcome: Outcome }
type Asking = Pick<Context<unknown>, 'act'>

const actionOf = (change: Change): string => {
  if (change.kind === 'remove') return 'fhir.delete'
  if (change.kind === 'patch') return 'fhir.patch'
  return change.write.fresh ? 'fhir.create' : 'fhir.update'
}

/**
 * Every entry stands in the audit. Those that do the same about the same person share a row, which names each: a transaction of thousands
 * about one person is read as what it was.
 */
export function auditChanges({ act }: Asking, changes: readonly Audited[]): void {
  const rows = Map.groupBy(changes, ({ act: change, outcome }) => {
    const file = 'written' in outcome ? outcome.written.file : outcome.removed?.file
    return `${actionOf(change)} ${file ?? ''}`
  })
  for (const [key, those] of rows) {
    const [action = '', file = ''] = key.split(' ')
    const resources = those.map(({ index, outcome }) => {
      const at = 'written' in outcome ? outcome.written : outcome.removed
      return at ? `${index}: ${at.type}/${at.id}/_history/${at.version}` : `${index}: nothing was there`
    })
    act(action)(file === '' ? [] : [file], { resources })
  }
}

/** What is refused, as a request of its own would be: not what is wrong with what was sent. */
export function auditRefusal({ act }: Asking, change: Change, index: number, problem: unknown): void {
  if (problem instanceof NotAllowed) act(actionOf(change), 'refused')([], { entry: index, why: problem.why })
  if (problem instanceof NotFound && problem.about.length > 0)
    act(actionOf(change), 'refused')(problem.about, { entry: index, why: 'out of scope' })
}
