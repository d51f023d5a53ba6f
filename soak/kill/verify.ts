import { Kysely } from 'kysely'
import type pg from 'pg'
import { anchorPath, verifyAudit } from '../../src/access/index.ts'
import { pipelined } from '../../src/platform/db/pipelined.ts'
import type { DB } from '../../src/platform/index.ts'
import type { Ledger } from './ledger.ts'
import { markSystem } from './sent.ts'

/** What does not hold, in words; nothing when all does. */
export type Faults = string[]

/** Up to which row of the audit an earlier look has gone, so that each looks only at what is new. */
export type Mark = { audit: number }

/**
 * Looks with the eyes of the database's owner, whom no policy stops: is everything that was acknowledged there, once, and nothing there in part?
 * No stream may run meanwhile.
 */
export async function faultsIn(owner: pg.Client, ledger: Ledger, since: Mark): Promise<Faults> {
  const parts = [messages, creates, transactions, updates, files, bonds, reports]
  const faults: Faults = []
  for (const part of parts) faults.push(...(await part(owner, ledger)))
  return [...faults, ...(await unaudited(owner, ledger, since))]
}

/** Where the audit ends now. */
export async function auditEnd(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ last: number }>(
    'select coalesce(max(id), 0)::int as last from access.audit',
  )
  return rows[0]?.last ?? 0
}

/** Of a message one copy is in the record; the others are known to be repeats. */
async function messages(owner: pg.Client, { messages: sent }: Ledger): Promise<Faults> {
  const { rows } = await owner.query<{ control_id: string; taken: number; other: string[] }>(
    `select m.control_id, count(*) filter (where n.state in ('applied', 'replayed'))::int as taken,
            coalesce(array_agg(n.state) filter (where n.state not in ('applied', 'replayed', 'repeat')), '{}') as other
     from feeds.message m left join feeds.message_now n on n.message_id = m.id
     where m.source = 'rfr-hospital' and m.control_id = any ($1) group by 1`,
    [[...sent.keys()]],
  )
  const found = new Map(rows.map((row) => [row.control_id, row]))
  return [...sent].flatMap(([control, { kept }]) => {
    const row = found.get(control)
    if (row && row.other.length > 0) return [`message ${control} stands as ${row.other.join(', ')}`]
    return amiss(`message ${control}`, row?.taken ?? 0, kept)
  })
}

/** Once if it was acknowledged, and never twice. */
function amiss(what: string, times: number, kept: boolean): Faults {
  if (times > 1) return [`${what} is there ${times} times`]
  return kept && times === 0 ? [`${what} was acknowledged and is lost`] : []
}

async function creates(owner: pg.Client, { creates: sent }: Ledger): Promise<Faults> {
  const there = await marked(owner, [...sent.keys()])
  return [...sent].flatMap(([mark, { kept, at }]) => {
    const found = there.get(mark) ?? []
    const elsewhere = kept && found.length === 1 && found[0] !== at
    return elsewhere
      ? [`create ${mark} is ${found[0]} and not ${at}`]
      : amiss(`create ${mark}`, found.length, kept)
  })
}

/** Resources that carry each of these marks, by what is looked up and by what is in the bodies, which must agree. */
async function marked(owner: pg.Client, marks: string[]): Promise<Map<string, string[]>> {
  const { rows } = await owner.query<{ value: string; at: string }>(
    `select i.value, case when r.body is null or strpos(r.body, i.value) = 0 then 'nothing' else i.type || '/' || i.id end as at
     from record.resource_identifier i left join record.resource r using (person_key, type, id)
     where i.source = 'zp001-gp' and i.type = 'Observation' and i.system = $1 and i.value = any ($2)`,
    [markSystem, marks],
  )
  return new Map(
    [...Map.groupBy(rows, (row) => row.value)].map(([value, of]) => [value, of.map(({ at }) => at)]),
  )
}

async function transactions(owner: pg.Client, { transactions: sent }: Ledger): Promise<Faults> {
  const marks = [...sent].flatMap(([mark, { entries }]) =>
    Array.from({ length: entries }, (_, n) => `${mark}.${n}`),
  )
  const there = await marked(owner, marks)
  return [...sent].flatMap(([mark, { kept, entries }]) => {
    const counts = Array.from({ length: entries }, (_, n) => there.get(`${mark}.${n}`)?.length ?? 0)
    const whole = counts.every((count) => count === 1)
    const absent = counts.every((count) => count === 0)
    if (whole || (absent && !kept)) return []
    return absent
      ? [`transaction ${mark} was acknowledged and is lost`]
      : [`transaction ${mark} is there in part: ${counts.join(' ')}`]
  })
}

async function updates(owner: pg.Client, { updates: sent }: Ledger): Promise<Faults> {
  const all = [...sent.values()]
  const { rows } = await owner.query<{ at: string; version: number; body: string; newest: number }>(
    `select h.type || '/' || h.id as at, h.version, h.body, r.version as newest
     from unnest($1::text[], $2::int[]) as asked (id, version)
     join record.resource_home home on home.type = 'Observation' and home.id = asked.id
     join record.resource_history h on h.person_key = home.person_key and h.type = home.type and h.id = home.id and h.version = asked.version
     join record.resource r on r.person_key = home.person_key and r.type = home.type and r.id = home.id`,
    [all.map(({ at }) => at.split('/')[1]), all.map(({ version }) => version)],
  )
  const found = new Map(rows.map((row) => [`${row.at} ${row.version}`, row]))
  return all.flatMap(({ kept, at, version, mark }) => {
    const row = found.get(`${at} ${version}`)
    if (kept && !row?.body.includes(mark))
      return [`version ${version} of ${at} (${mark}) was acknowledged and is lost`]
    return row && row.newest < version ? [`${at} stands at ${row.newest}, behind version ${version}`] : []
  })
}

/** Received once, and every line of it there. That it is applied in the end is asked once the product has had time (`unfinished`). */
async function files(owner: pg.Client, { files: sent }: Ledger): Promise<Faults> {
  const { rows } = await owner.query<{ name: string; times: number; lines: number; accepted: number }>(
    `select e.name, count(distinct e.id)::int as times, count(l.line)::int as lines,
            (select count(*)::int from feeds.extract_state s where s.extract_id = any (array_agg(e.id)) and s.state = 'accepted') as accepted
     from feeds.extract e left join feeds.extract_line l on l.extract_id = e.id where e.name = any ($1) group by 1`,
    [[...sent.keys()]],
  )
  const found = new Map(rows.map((row) => [row.name, row]))
  return [...sent].flatMap(([name, { kept, lines }]) => {
    const row = found.get(name)
    if (row?.times === 1 && (row.lines !== lines || row.accepted !== 1))
      return [`file ${name} is there in part: ${row.lines} lines, accepted ${row.accepted} times`]
    return amiss(`file ${name}`, row?.times ?? 0, kept)
  })
}

/** What follows an answer by itself and has not yet: files to be applied to their last line, glasses of which the privacy officer is to be told. */
export async function unfinished(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ waiting: number }>(
    `select abs((select count(*) from access.relationship where kind = 'break glass') - (select count(*) from access.notice))::int
       + count(*)::int as waiting from feeds.extract e
     where exists (select from feeds.extract_state s where s.extract_id = e.id and s.state = 'accepted')
       and not exists (select from feeds.extract_state s where s.extract_id = e.id and s.state = 'applied')`,
  )
  return rows[0]?.waiting ?? 0
}

async function bonds(owner: pg.Client, { reasons, glasses }: Ledger): Promise<Faults> {
  const sent = [...reasons, ...glasses]
  const { rows } = await owner.query<{ words: string; times: number }>(
    `select asked.words, count(*)::int as times from unnest($1::text[]) as asked (words)
     join access.relationship r on r.kind in ('stated reason', 'break glass') and right(r.reason, length(asked.words)) = asked.words group by 1`,
    [sent.map(([words]) => words)],
  )
  const found = new Map(rows.map((row) => [row.words, row.times]))
  return sent.flatMap(([words, { kept }]) => amiss(`reason “${words}”`, found.get(words) ?? 0, kept))
}

/** A report is there with its first state, and what it is about is hidden wherever it stands. */
async function reports(owner: pg.Client, { reports: sent }: Ledger): Promise<Faults> {
  const { rows } = await owner.query<{ why: string; times: number; states: number; shown: number }>(
    `select r.why, count(*)::int as times,
       (select count(*)::int from record.wrong_person_state s where s.report_id = any (array_agg(r.id))) as states,
       (select count(*)::int from record.resource i where i.type = 'Observation' and i.id = any (array_agg(r.resource_id)) and strpos(i.sensitivity, 'reported') = 0)
       + (select count(*)::int from record.v_observation i where i.resource_id = any (array_agg(r.resource_id)) and strpos(i.sensitivity, 'reported') = 0)
       + (select count(*)::int from record.timeline_event i where i.resource_id = any (array_agg(r.resource_id)) and strpos(i.sensitivity, 'reported') = 0) as shown
     from record.wrong_person_report r where r.why = any ($1) group by 1`,
    [[...sent.keys()]],
  )
  const found = new Map(rows.map((row) => [row.why, row]))
  return [...sent].flatMap(([why, { kept, at }]) => {
    const row = found.get(why)
    if (row?.times === 1 && (row.states !== 1 || row.shown > 0))
      return [
        `report “${why}” is there in part: ${row.states} states, ${row.shown} rows of ${at} still shown`,
      ]
    return amiss(`report “${why}”`, row?.times ?? 0, kept)
  })
}

/** Every answer that showed or wrote something, and every message that was acknowledged, left its row. */
async function unaudited(
  owner: pg.Client,
  { answers, messages: sent }: Ledger,
  since: Mark,
): Promise<Faults> {
  const { rows } = await owner.query<{ request: string }>(
    'select asked.request from unnest($1::uuid[]) as asked (request) where not exists (select from access.audit a where a.request = asked.request and a.id > $2)',
    [[...answers], since.audit],
  )
  const acknowledged = [...sent].flatMap(([control, { kept }]) => (kept ? [control] : []))
  const { rows: silent } = await owner.query<{ control_id: string }>(
    `select m.control_id from feeds.message m where m.source = 'rfr-hospital' and m.control_id = any ($1)
     and not exists (select from access.audit a where a.request = m.id and a.id > $2)`,
    [acknowledged, since.audit],
  )
  return [
    ...rows.map(({ request }) => `the answer ${request} is not in the audit`),
    ...silent.map(({ control_id }) => `message ${control_id} is not in the audit`),
  ]
}

/** Seals what has been done, as the product does each minute. */
export const seal = async (owner: pg.Client): Promise<void> =>
  void (await owner.query('select access.seal_audit()'))

/** What `npm run audit:verify` would say, in a transaction that is open. Seals made here are anchored only by the product's next. */
export async function sealFaults(owner: pg.Client, dataDir: string): Promise<Faults> {
  const db = new Kysely<DB>({ dialect: pipelined(owner as never, () => false) })
  const found = await verifyAudit(db, { anchor: anchorPath(dataDir), lag: Number.POSITIVE_INFINITY })
  for (const cursor of ['seals', 'audited']) await owner.query(`close ${cursor}`)
  return found.faults.map(({ words }) => words)
}
