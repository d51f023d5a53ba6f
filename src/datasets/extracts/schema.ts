import type { Column, ColumnType } from '../schema.ts'

/**
 * What the population plane is built from: flat tables, one row for each thing that a service wrote down. Unlike a data set that is sent
 * as a file to the feeds, an extract is read by machines only: one way to write each value, and a column means what its name says.
 */
export type ExtractType =
  | Extract<ColumnType, { kind: 'text' | 'date' | 'nhs number' | 'postcode' | 'integer' }>
  /** 2026-09-30T14:05, as a clock on a wall in London shows it. */
  | { kind: 'moment' }
  | { kind: 'decimal'; decimals: number }
  /** A whole number of pence. */
  | { kind: 'pence' }
  /** true or false. */
  | { kind: 'boolean' }
  /** One of a few words, written out. */
  | { kind: 'one of'; words: readonly string[] }

export interface ExtractColumn extends Omit<Column, 'type' | 'title' | 'needed'> {
  type: ExtractType
  /** Whether every row has it. */
  needed: 'always' | 'never'
}

export interface FlatExtract {
  /** The name of the file, and of the table in SQL. */
  id: string
  name: string
  /** What one row is. */
  line: string
  /** The national set it is modelled on, and in what it departs from that. */
  modelledOn: string
  /** The columns that together are in no two rows. */
  key: readonly string[]
  columns: readonly ExtractColumn[]
}

export const text: ExtractType = { kind: 'text', most: 200 }
export const date: ExtractType = { kind: 'date' }
export const moment: ExtractType = { kind: 'moment' }
export const postcode: ExtractType = { kind: 'postcode' }
export const pence: ExtractType = { kind: 'pence' }
export const boolean: ExtractType = { kind: 'boolean' }
export const whole = (least = 0, most = Number.MAX_SAFE_INTEGER): ExtractType => ({
  kind: 'integer',
  least,
  most,
})
export const decimal = (decimals: number): ExtractType => ({ kind: 'decimal', decimals })
export const oneOf = (...words: string[]): ExtractType => ({ kind: 'one of', words })
const nhsNumber: ExtractType = { kind: 'nhs number' }

export const always = (name: string, type: ExtractType, means: string): ExtractColumn => ({
  name,
  type,
  needed: 'always',
  means,
})
export const maybe = (name: string, type: ExtractType, means: string): ExtractColumn => ({
  name,
  type,
  needed: 'never',
  means,
})

export const person: readonly ExtractColumn[] = [
  maybe('nhs_number', nhsNumber, 'From the 999 range, which no real person has. A few people have none.'),
  always('person_id', whole(), 'The place’s own number for the person.'),
]

/** What each row of activity begins with. */
export const activity = (what: string): readonly ExtractColumn[] => [
  always('event_id', whole(), `Of the ${what}; in no other row of any extract.`),
  ...person,
]

/** What each row of activity ends with. */
export const causeAndCost: readonly ExtractColumn[] = [
  maybe(
    'because_id',
    whole(),
    'The event_id of what led to it, in whichever extract that is, for the same person.',
  ),
  always('cost_pence', pence, 'By the table of unit costs, at their own years’ prices.'),
]

/** Of what may have begun before the window. */
export const began: ExtractColumn = always(
  'began_date',
  date,
  'The day it truly began; before the window, or the person’s first day here, for what went on already.',
)

export const reason: readonly ExtractColumn[] = [
  always('reason', text, 'What brought the person, in the service’s words.'),
  maybe('icd10', text, 'The diagnosis, four characters without the dot, where one is made.'),
  maybe('condition', text, 'The lasting condition it belongs to; see condition_names.'),
]
