import { randomUUID } from 'node:crypto'
import type { AuditEntry } from './keeper.ts'

/** What the audit will keep of one act, and how what runs notes whom it showed and what was asked. */
export function auditNotes(purpose: string, action: string) {
  const entry: AuditEntry = {
    request: randomUUID(),
    purpose,
    action,
    outcome: 'allowed',
    people: [],
    detail: {},
  }
  const shown = (files: readonly string[], detail: Record<string, unknown> = {}): void => {
    entry.people = [...new Set([...entry.people, ...files])]
    entry.detail = { ...entry.detail, ...detail }
  }
  return { entry, shown }
}
