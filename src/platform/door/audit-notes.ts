import { randomUUID } from 'node:crypto'
import type { AuditEntry } from './keeper.ts'

/** What the audit will keep of one act, and how what runs notes whom it showed and what was asked. */
export function auditNotes(purpose: string, action: string, request: string = randomUUID()) {
  const begin = (name: string, outcome: AuditEntry['outcome']): AuditEntry => ({
    request,
    purpose,
    action: name,
    outcome,
    people: [],
    detail: {},
  })
  const shownIn =
    (entry: AuditEntry) =>
    (files: readonly string[], detail: Record<string, unknown> = {}): void => {
      entry.people = [...new Set([...entry.people, ...files])]
      entry.detail = { ...entry.detail, ...detail }
    }
  const entry = begin(action, 'allowed')
  const acts: AuditEntry[] = []
  return {
    entry,
    /** The acts that the request consisted of, where it was several. */
    acts,
    shown: shownIn(entry),
    act(name: string, outcome: AuditEntry['outcome'] = 'allowed') {
      const one = begin(name, outcome)
      acts.push(one)
      return shownIn(one)
    },
    /** A transaction that is tried again starts its notes anew. */
    forget() {
      entry.people = []
      entry.detail = {}
      acts.length = 0
    },
  }
}
