import { sql } from 'kysely'
import type { Db } from '../platform/index.ts'
import { nameKey, postcodeKey } from './matching/names.ts'

/** What a reader knows of the person they look for. Dates are YYYY-MM-DD. */
export type Clues = {
  nhsNumber?: string
  family?: string
  given?: string
  birthDate?: string
  postcode?: string
}

/** Somebody who agrees with every clue: what a trace shows and no more. */
export type Traced = {
  personId: string
  ref: string
  files: string[]
  nhsNumber: string | null
  family: string
  given: string
  title: string | null
  birthDate: string | null
  gender: string | null
  postcode: string | null
  died: boolean
  /** One source says that the person died, another does not. */
  disputed: boolean
}

type Row = Omit<Traced, 'personId' | 'nhsNumber' | 'birthDate' | 'files'> & {
  person_id: string
  nhs_number: string | null
  birth_date: string | null
  person_key: string
}

/** Two identifiers or more: an NHS number with a birth date, or a family name with a birth date or postcode. */
export const hasTwoIdentifiers = (clues: Clues): boolean =>
  (clues.nhsNumber !== undefined && clues.birthDate !== undefined) ||
  (clues.family !== undefined && (clues.birthDate !== undefined || clues.postcode !== undefined))

/** People whose files agree with every clue, one entry for each person. */
export async function trace(db: Db, clues: Clues): Promise<Traced[]> {
  const { rows } = await sql<Row>`
    select * from people.trace(${clues.nhsNumber ?? null}, ${clues.family === undefined ? null : nameKey(clues.family)},
      ${clues.given === undefined ? null : nameKey(clues.given)}, ${clues.birthDate ?? null}::date,
      ${clues.postcode === undefined ? null : postcodeKey(clues.postcode)})`.execute(db)
  return [...Map.groupBy(rows, (row) => row.person_id)].flatMap(([personId, files]) => {
    const best = files.find((file) => file.nhs_number !== null) ?? files[0]
    if (!best) return []
    const { family, given, title, gender, postcode, died, disputed, ref } = best
    return [
      {
        personId,
        ref,
        files: files.map((file) => file.person_key),
        nhsNumber: best.nhs_number,
        birthDate: best.birth_date,
        family,
        given,
        title,
        gender,
        postcode,
        died,
        disputed,
      },
    ]
  })
}

export type Who = {
  nhs_number: string | null
  family: string
  given: string
  title: string | null
  birth_date: string | null
  gender: string | null
}

/** Who someone is whom the reader has found and not yet opened. */
export async function traced(db: Db, files: readonly string[]): Promise<Who | undefined> {
  const { rows } = await sql<Who>`select * from people.traced(${[...files]}::uuid[])`.execute(db)
  return rows[0]
}
