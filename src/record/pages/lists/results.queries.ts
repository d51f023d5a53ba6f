import { type RawBuilder, sql } from 'kysely'
import { type Asking, inRecord } from '../frame/asking.ts'

export type ResultRow = {
  resource_id: string
  source: string
  received_at: Date
  category: string
  code: string | null
  code_system: string | null
  title: string | null
  status: string | null
  category_code: string | null
  effective: string | null
  /** When it was taken; when it was issued where nobody said; when we received it at the last. */
  at: Date
  value_number: string | null
  value_text: string | null
  unit: string | null
  comparator: string | null
  absent_reason: string | null
  reference_low: string | null
  reference_high: string | null
  reference_text: string | null
  interpretation_code: string | null
  performer_display: string | null
  note: string | null
  components: {
    title: string | null
    value_number: string | null
    value_text: string | null
    unit: string | null
  }[]
}

/** The same rule as wordsAsKey. */
const key = sql`coalesce(v.code, trim(both '-' from regexp_replace(lower(coalesce(v.title, '')), '[^a-z0-9]+', '-', 'g')))`

/** The latest few results of every test. */
export const latestResults = (asking: Asking, each: number): Promise<ResultRow[]> =>
  read(asking, sql<boolean>`true`, each)

/** Every result of one test, named by its code or its words; what has the same words without a code, or another's, is among them. */
export const resultsOf = (asking: Asking, test: string, most: number): Promise<ResultRow[]> =>
  read(
    asking,
    sql<boolean>`(${key} = ${test} or lower(v.title) in (
      select lower(v.title) from record.v_observation v where ${inRecord(asking, 'Observation')} and ${key} = ${test} and v.title is not null))`,
    most,
  )

/** These results, wherever they stand. */
export const theseResults = (asking: Asking, ids: readonly string[]): Promise<ResultRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : read(asking, sql<boolean>`v.resource_id = any (${[...ids]}::text[])`, ids.length)

async function read(asking: Asking, which: RawBuilder<boolean>, each: number): Promise<ResultRow[]> {
  const { rows } = await sql<ResultRow>`
    with ranked as (
      select v.*, coalesce(v.effective_at, v.issued_at, v.received_at) as at,
        row_number() over (partition by ${key} order by coalesce(v.effective_at, v.issued_at, v.received_at) desc, v.resource_id) as place
      from record.v_observation v
      where ${inRecord(asking, 'Observation')} and ${which}
    )
    select r.resource_id, r.source, r.received_at, r.category, r.code, r.code_system, r.title, r.status, r.category_code, r.effective, r.at, r.value_number,
      r.value_text, r.unit, r.comparator, r.absent_reason, r.reference_low, r.reference_high, r.reference_text, r.interpretation_code,
      r.performer_display, r.note, coalesce(part.of, '[]') as components
    from ranked r left join lateral (
      select jsonb_agg(jsonb_build_object('title', c.title, 'value_number', c.value_number::text, 'value_text', c.value_text, 'unit', c.unit) order by c.row_no) as of
      from record.v_observation_component c
      where c.person_key = r.person_key and c.resource_id = r.resource_id and ${inRecord(asking, 'Observation', 'c')}
    ) part on r.value_number is null and r.value_text is null
    where r.place <= ${each}
    order by r.at desc, r.resource_id`.execute(asking.db)
  return rows
}
