/** A code and what it means. A file may carry either; the code is what is kept. */
export type CodeList = { name: string; codes: Readonly<Record<string, string>> }

export type ColumnType =
  | { kind: 'text'; most: number }
  /** 2026-09-30, or 30/09/2026 as British spreadsheets write it. */
  | { kind: 'date' }
  | { kind: 'nhs number' }
  | { kind: 'postcode' }
  | { kind: 'integer'; least: number; most: number }
  | { kind: 'code'; list: CodeList }
  /** The code of an organisation in the Organisation Data Service. */
  | { kind: 'ods code' }
  /** The code of one of the place's teams. */
  | { kind: 'team' }

/** What the columns of a line say, by the column's name. Dates are YYYY-MM-DD; what is empty is not there. */
export type Said = Readonly<Record<string, string>>

export type Column = {
  name: string
  /** As the header of a file writes it; capitals, spaces and underscores do not matter. */
  title: string
  type: ColumnType
  /** In every line; or in some, and which is said in words too. */
  needed: 'always' | 'never' | { when: string; holds(said: Said): boolean }
  means: string
}

/** What must hold between the columns of one line. */
export type Rule = { words: string; column: string; holds(said: Said): boolean }

export type Dataset = {
  id: string
  name: string
  /** What one line is. */
  line: string
  /** Who sends it, and how often. */
  from: string
  cadence: string
  /** What it is modelled on, and in what it departs from that. */
  modelledOn: string
  /**
   * Whether each file is the whole list. What a full list leaves out has ended; what a file of news leaves out has not changed.
   */
  isFullList: boolean
  columns: readonly Column[]
  rules: readonly Rule[]
  /** The columns that together name what a line is about: a line with the same key says the same thing again, or anew. */
  key: readonly string[]
  /** The columns that are the source's own number for the person; none: the NHS number is. */
  personKey: readonly string[]
  /** The columns that speak of the file and not of the line: the same in every line. The last says as of which day the file speaks. */
  aboutFile: readonly [...string[], string]
}

export const text = (most = 200): ColumnType => ({ kind: 'text', most })
export const date: ColumnType = { kind: 'date' }
const nhsNumber: ColumnType = { kind: 'nhs number' }
export const postcode: ColumnType = { kind: 'postcode' }
export const odsCode: ColumnType = { kind: 'ods code' }
export const team: ColumnType = { kind: 'team' }
export const code = (list: CodeList): ColumnType => ({ kind: 'code', list })

/** One of these days is not after the other, where both are there. ISO dates compare as text. */
export const inOrder = (first: string, then: string, words: string): Rule => ({
  words,
  column: then,
  holds: (said) => !said[first] || !said[then] || said[first] <= said[then],
})

/** Numbers and names by which a person is found. `names`: whether each line must carry the name. */
export function aboutThePerson(number: 'always' | 'never', names: Column['needed']): Column[] {
  return [
    {
      name: 'nhs_number',
      title: 'NHS number',
      type: nhsNumber,
      needed: number,
      means: 'Ten digits; spaces are allowed. A number alone never finds a person.',
    },
    {
      name: 'family_name',
      title: 'Family name',
      type: text(100),
      needed: names,
      means: 'Compared with what others hold under the NHS number.',
    },
    {
      name: 'given_name',
      title: 'Given name',
      type: text(100),
      needed: 'never',
      means: 'First names, separated by spaces.',
    },
    {
      name: 'date_of_birth',
      title: 'Date of birth',
      type: date,
      needed: 'always',
      means: 'The second identifier beside the NHS number.',
    },
  ]
}

/** As of which day the file speaks. */
export const extractDate: Column = {
  name: 'extract_date',
  title: 'Extract date',
  type: date,
  needed: 'always',
  means: 'The day of which the file speaks, the same in every line. A file of a later day counts for more.',
}

export const bornBefore = (column: string, words: string): Rule => inOrder('date_of_birth', column, words)
