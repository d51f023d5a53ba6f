import { sql } from 'kysely'
import type { Db } from '../../platform/index.ts'
import { type IdentityRow, identityIn, soundsOf } from '../matching/identity.ts'
import { nameKey } from '../matching/names.ts'
import type { Line } from './list.ts'
import type { Near } from './outcome.ts'

type Row = Omit<IdentityRow, 'address_key' | 'phone_key' | 'practice'> & {
  line: number
  person_id: string
  person_key: string
}

/** The files near each line that can be traced, by the line's place in the list. */
export async function nearEach(db: Db, lines: readonly Line[]): Promise<Map<Line, Near[]>> {
  const asked = lines.filter((line) => line.faults.length === 0 && line.numberFault === null)
  const sounds = asked.map((line) => soundsOf(nameKey(line.family), nameKey(line.given)))
  const { rows } = await sql<Row>`
    select * from people.trace_lines(${asked.map((line) => line.nhsNumber)}::text[], ${asked.map((line) => line.birthDate)}::date[],
      ${sounds.map((each) => each.family_sound)}::text[], ${sounds.map((each) => each.given_sound)}::text[])`.execute(
    db,
  )
  const byLine = Map.groupBy(rows, (row) => asked[row.line - 1])
  return new Map(
    lines.map((line) => [
      line,
      (byLine.get(line) ?? []).map((row) => ({
        person: row.person_id,
        file: row.person_key,
        identity: identityIn({ ...row, address_key: null, phone_key: null, practice: null }),
      })),
    ]),
  )
}
