import type { Particular } from './particulars.ts'

/** A sentence, or one said of some people only, or only where the reason is said in such words. */
export type Sentence = string | (Particular & { of?: RegExp })

/** How a ward tells of a stay: one sentence of each list. {side} is the side that is hurt, {nights} how long the stay was. */
export interface Account {
  came: readonly Sentence[]
  found: readonly Sentence[]
  done: readonly Sentence[]
  /** What the practice is asked to do. */
  asks: readonly Sentence[]
}

/** Of whom and of what a sentence is to be said. */
export interface About {
  age: number
  sex: 'female' | 'male'
  said: string
}

/** Whether a sentence may be said of somebody of an age and sex, of what is said to be the matter. */
export const suits = (each: Sentence, { age, sex, said }: About): boolean =>
  typeof each === 'string' ||
  ((each.sex ?? sex) === sex &&
    (each.from ?? 0) <= age &&
    age < (each.to ?? 200) &&
    (each.of?.test(said) ?? true))

export const only = (text: string, who: Omit<Exclude<Sentence, string>, 'text'>): Sentence => ({
  text,
  ...who,
})

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
