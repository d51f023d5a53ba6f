import type { Observation } from '@medplum/fhirtypes'
import type { Answer, Asked, Caller, Who } from './caller.ts'
import type { Ledger } from './ledger.ts'

export const markSystem = 'https://golden-thread.example/Id/soak'

/** Somebody whom the streams write about: their Patient, and how pages call them. */
export type Known = { patient: string; ref: string }

export type Parts = {
  caller: Caller
  mllpPort: number
  ledger: () => Ledger
  people: readonly Known[]
  random: () => number
  /** Told of an answer that none of them should ever get. */
  wrong(words: string): void
}
export type Stream = () => Promise<void>

export const practice: Who = { client: 'demo-practice' }
export const community: Who = { client: 'demo-community' }

let marks = 0
export const nextMark = (kind: string): string => `${kind}-${String(++marks).padStart(7, '0')}`

export function fhir(
  method: 'POST' | 'PUT',
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Asked {
  const type = { 'content-type': 'application/fhir+json' }
  return { method, path, as: practice, body: JSON.stringify(body), headers: { ...type, ...headers } }
}

export function observation(patient: string, mark: string): Observation {
  return {
    resourceType: 'Observation',
    identifier: [{ system: markSystem, value: mark }],
    subject: { reference: `Patient/${patient}` },
    status: 'final',
    code: { text: 'Soak' },
    effectiveDateTime: '2026-06-01',
    valueQuantity: { value: 7.4, unit: 'mmol/L' },
    note: [{ text: mark }],
  }
}

export const form = (path: string, as: Who, fields: Record<string, string>): Asked => ({
  method: 'POST',
  path,
  as,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
})

/** Trouble that passes: the server said that it could not, or that somebody else was first. */
export const mustPass = ({ status }: Answer): boolean => status === 503 || status === 401
