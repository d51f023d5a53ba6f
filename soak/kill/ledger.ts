/**
 * What was sent to the product, and what it has acknowledged. Each thing carries a mark that nothing else has; `kept` once it was
 * acknowledged. What was not may be there or not, but never twice and never in part.
 */
export type Ledger = {
  /** HL7 messages by control id. */
  messages: Map<string, Sent>
  /** Resources created, by the value of their identifier; `at` is what the answer called them. */
  creates: Map<string, Sent & { at?: string }>
  /** Transactions by the mark that their entries begin with. */
  transactions: Map<string, Sent & { entries: number }>
  /** Versions written one after another, by `Type/id version`; the mark is in the body. */
  updates: Map<string, Sent & { at: string; version: number; mark: string }>
  /** Files by their name. */
  files: Map<string, Sent & { lines: number }>
  /** Reasons stated, by their words. */
  reasons: Map<string, Sent>
  /** Glasses broken, by their words. */
  glasses: Map<string, Sent>
  /** Items reported as somebody else's, by the words of the report. */
  reports: Map<string, Sent & { at: string }>
  /** Under which id the audit must hold each answer that showed or wrote. */
  answers: Set<string>
}

type Sent = { kept: boolean }

export const emptyLedger = (): Ledger => ({
  messages: new Map(),
  creates: new Map(),
  transactions: new Map(),
  updates: new Map(),
  files: new Map(),
  reasons: new Map(),
  glasses: new Map(),
  reports: new Map(),
  answers: new Set(),
})

/** How many of each were acknowledged. */
export const countsOf = (ledger: Ledger): Record<string, number> =>
  Object.fromEntries(
    Object.entries(ledger).map(([what, all]) => [
      what,
      all instanceof Set
        ? all.size
        : [...(all as Map<string, Sent>).values()].filter(({ kept }) => kept).length,
    ]),
  )
