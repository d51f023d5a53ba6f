import { sql } from 'kysely'
import type { Db } from '../../platform/index.ts'
import type { Reason } from './rules.ts'

/** What somebody who matches records sees of one file. `key` is never shown; `hidden` where either side's address is protected. */
export type Side = {
  key: string
  ref: string
  source: string
  local: string
  opened: string
  nhs_number: string | null
  number_verified: boolean | null
  family: string
  given: string
  title: string | null
  birth_date: string | null
  gender: string | null
  postcode: string | null
  died: boolean
  hidden: boolean
}

/** contradicted: a source said “same”, and since then the two carry different NHS numbers. */
export type Verdict = 'same' | 'contradicted' | 'parted' | 'never the same' | 'not sure'

/** Two files that may be one person, as far as the list needs to know to be narrowed, ordered and counted. Keys are never shown. */
export type Waiting = {
  one_key: string
  other_key: string
  number_agreement: 'same' | 'differs' | null
  score: number
  raised_at: Date
  verdict: Verdict | null
  verdict_id: number | null
  /** Who said the verdict. */
  said_by: string | null
}

/** The same, with what each of the two says and why they are alike. */
export type Doubt = Waiting & {
  one: Side
  other: Side
  rule: 'same' | 'doubt' | 'different'
  reasons: Reason[]
  why: string | null
  said_at: Date | null
}

/** Every pair that waits for somebody, one for each two persons. */
export async function openDoubts(db: Db): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`select * from people.worklist(false)`.execute(db)
  return rows
}

/** What was decided lately, the latest first: where a decision is found again that must be undone. */
export async function decidedLately(db: Db): Promise<Doubt[]> {
  const { rows } = await sql<Waiting>`
    select * from people.worklist(true) order by verdict_id desc`.execute(db)
  return withSides(db, rows)
}

/** One pair by the references of its files, however it stands. */
export async function pairOf(db: Db, one: string, other: string): Promise<Doubt | undefined> {
  const { rows } = await sql<Waiting>`
    select * from people.one_pair(${one}::uuid, ${other}::uuid)`.execute(db)
  return (await withSides(db, rows))[0]
}

/** What stands on both sides, for the pairs that are shown; in the order given. */
export async function withSides(db: Db, pairs: readonly Waiting[]): Promise<Doubt[]> {
  if (pairs.length === 0) return []
  const { rows } = await sql<Omit<Doubt, keyof Waiting> & Pick<Waiting, 'one_key' | 'other_key'>>`
    select * from people.sides(${pairs.map((pair) => pair.one_key)}::uuid[], ${pairs.map((pair) => pair.other_key)}::uuid[])`.execute(
    db,
  )
  const found = new Map(rows.map((row) => [`${row.one_key} ${row.other_key}`, row]))
  return pairs.flatMap((pair) => {
    const sides = found.get(`${pair.one_key} ${pair.other_key}`)
    return sides ? [{ ...sides, ...pair }] : []
  })
}

/** How two files of a person are joined, or one of them is kept apart from another person's (`apart`). Instants are ISO 8601. */
export type Join = {
  one: string
  other: string
  rule: Doubt['rule']
  score: number
  reasons: Reason[]
  raised_at: string
  verdict: Verdict | null
  verdict_id: number | null
  why: string | null
  said_by: string | null
  said_at: string | null
  apart: Side | null
}

export type MadeOf = {
  files: Side[]
  pairs: Join[]
  history: { file: string; act: string; why: string; at: string; by: string }[]
}

/** What a person is made of: the files, what joins them, and how it came to be. */
export async function madeOf(db: Db, files: readonly string[]): Promise<MadeOf> {
  const { rows } = await sql<{ made: MadeOf }>`select people.made_of(${[...files]}::uuid[]) as made`.execute(
    db,
  )
  return rows[0]?.made ?? { files: [], pairs: [], history: [] }
}

/** The file that a reference names; undefined where it names none. */
export async function fileNamed(db: Db, ref: string): Promise<string | undefined> {
  const { rows } = await sql<{ file: string | null }>`select people.file_of(${ref}::uuid) as file`.execute(db)
  return rows[0]?.file ?? undefined
}
