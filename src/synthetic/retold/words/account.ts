import type { Particular } from './particulars.ts'

/** A sentence, or one said of some people only. */
export type Sentence = string | Particular

/** How a ward tells of a stay: one sentence of each list. {side} is the side that is hurt, {nights} how long the stay was. */
export interface Account {
  came: readonly Sentence[]
  found: readonly Sentence[]
  done: readonly Sentence[]
  /** What the practice is asked to do. */
  asks: readonly Sentence[]
}

export const only = (text: string, who: Omit<Particular, 'text'>): Particular => ({ text, ...who })

/** Asked of a practice where nothing more is needed. */
export const NOTHING = 'No action needed.'

/** What a clinic found, and what it does about it where the person is not put on a list. The first row that fits what is said wins. */
export interface Finding {
  when: RegExp
  found: readonly string[]
  plan: readonly string[]
}

export const finding = (when: RegExp, found: readonly string[], plan: readonly string[]): Finding => ({
  when,
  found,
  plan,
})
