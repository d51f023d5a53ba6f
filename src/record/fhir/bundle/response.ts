import type { Fault } from '../../../platform/index.ts'
import type { Prefer } from '../prefer.ts'
import type { Outcome } from './perform.ts'

/** What is answered to one entry, as text, since a resource in it is. */
export type Answered = { status: number; response: string; resource?: string | undefined; fullUrl?: string }

const phrases: Record<number, string> = { 200: 'OK', 201: 'Created', 204: 'No Content', 304: 'Not Modified' }
const statusLine = (status: number): string =>
  phrases[status] === undefined ? `${status}` : `${status} ${phrases[status]}`

export const answered = (status: number, more: Record<string, unknown>, resource?: string): Answered => ({
  status,
  response: JSON.stringify({ status: statusLine(status), ...more }),
  resource,
})

/** The answer to a change. */
export function changed(outcome: Outcome, now: Date, prefer: Prefer['returns']): Answered {
  const lastModified = now.toISOString()
  if ('removed' in outcome) {
    const { removed } = outcome
    return answered(204, removed ? { etag: `W/"${removed.version}"`, lastModified } : {})
  }
  const { written, notes = [] } = outcome
  const { type, id, version, created, body } = written
  const said = notes.length > 0 || prefer === 'OperationOutcome' ? { outcome: outcomeOf(notes) } : {}
  return answered(
    created ? 201 : 200,
    { location: `${type}/${id}/_history/${version}`, etag: `W/"${version}"`, lastModified, ...said },
    prefer === 'representation' ? body : undefined,
  )
}

/** What was kept otherwise than it was meant; or that all is well. */
export const outcomeOf = (notes: readonly Fault[]) => ({
  resourceType: 'OperationOutcome',
  issue:
    notes.length === 0
      ? [{ severity: 'information', code: 'informational', diagnostics: 'All OK' }]
      : notes.map(({ path, words, code, severity = 'information' }) => ({
          severity,
          code: code ?? 'informational',
          diagnostics: words,
          ...(path !== '' && { expression: [path] }),
        })),
})

/** The answer to a bundle: one entry for each, in its order. */
export function responseBundle(
  type: 'transaction-response' | 'batch-response',
  answers: readonly Answered[],
): string {
  const entry = answers.map(({ response, resource, fullUrl }) => {
    const url = fullUrl === undefined ? '' : `"fullUrl":${JSON.stringify(fullUrl)},`
    return `{${url}${resource === undefined ? '' : `"resource":${resource},`}"response":${response}}`
  })
  return `{"resourceType":"Bundle","type":"${type}"${entry.length > 0 ? `,"entry":[${entry.join(',')}]` : ''}}`
}
