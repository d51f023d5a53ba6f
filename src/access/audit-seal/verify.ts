import { createHash, type Hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../platform/index.ts'
import { type AnchorLine, anchorLine, anchorLines } from './anchor.ts'

/** One thing that is not as it was sealed, in words. `seal`: where in the chain. */
export type SealFault = { seal: number | undefined; words: string }

export type Verification = {
  seals: number
  rows: number
  /** Rows that no seal covers yet, and since when the oldest of them waits. */
  unsealed: { rows: number; since: Date | undefined }
  anchored: number
  faults: SealFault[]
}

type Seal = { id: number; at: Date; from: bigint; to: bigint; rows: number; digest: Buffer }
type AuditRow = { transaction: bigint; at: Date; text: string }

export type Verifying = {
  anchor: string
  /** Rows of before then are not read, such as those of months that are kept elsewhere; the chain and the anchor are. */
  since?: Date | undefined
  /** How far behind its database the anchor may be, in milliseconds. */
  lag?: number
}

const mostFaults = 100

/**
 * Walks the sealed chain from the beginning, row by row, beside the anchor. Nothing is asked of the database but its rows: what they were
 * sealed as is worked out here. `db` reads as gt_owner. Memory stays the same however long the chain is.
 */
export async function verifyAudit(db: Db, { anchor, since, lag = 0 }: Verifying): Promise<Verification> {
  const found: Verification = {
    seals: 0,
    rows: 0,
    unsealed: { rows: 0, since: undefined },
    anchored: 0,
    faults: [],
  }
  const told = (seal: number | undefined, words: string) => {
    if (found.faults.length < mostFaults) found.faults.push({ seal, words })
  }
  // The seals first: rows that are seen later are at most more.
  const seals = await opened(
    db,
    'seals',
    sql`select id, at, from_transaction::text, to_transaction::text, row_count, digest from access.audit_seal order by id`,
    sealFrom,
  )
  const rows = onePast(await opened(db, 'audited', auditRows(since), rowFrom))
  const anchored = comparedWith(anchorLines(anchor), told)
  let before: Seal | undefined
  for await (const seal of seals) {
    found.seals++
    found.rows += await verifySeal(seal, before, rows, since, told)
    await anchored.next(seal)
    before = seal
  }
  found.anchored = await anchored.end(before, lag)
  for (let row = await rows.peek(); row; row = await rows.peek()) {
    found.unsealed.rows++
    if (!found.unsealed.since || row.at < found.unsealed.since) found.unsealed.since = row.at
    rows.take()
  }
  if (before && (await nextTransaction(db)) < before.to)
    told(
      before.id,
      'the database counts its transactions anew, as after a logical restore: nothing can be sealed until the count has passed the last seal',
    )
  return found
}

type Told = (seal: number | undefined, words: string) => void

/** Takes the seal's rows and says what is wrong with them. Each seal is judged by what the one before it says, so that one fault is told once. */
async function verifySeal(
  seal: Seal,
  before: Seal | undefined,
  rows: OnePast<AuditRow>,
  since: Date | undefined,
  told: Told,
): Promise<number> {
  const period = `made at ${seal.at.toISOString()}, of what was done since ${before ? before.at.toISOString() : 'the beginning'}`
  const reached = before?.to ?? 0n
  let strays = 0
  for (let row = await rows.peek(); row && row.transaction < seal.from; row = await rows.peek()) {
    strays++
    rows.take()
  }
  if (reached !== seal.from)
    told(
      seal.id,
      `a seal between ${before ? `seal ${before.id}` : 'the beginning'} and seal ${seal.id} (${period}) is missing; ${strays} rows are in its place`,
    )
  const digest = createHash('sha256')
  const count = await takenInto(digest, rows, seal.to)
  if (since && seal.at < since) return count
  const head = createHash('sha256')
    .update(before?.digest ?? Buffer.alloc(0))
    .update(digest.digest())
    .digest()
  if (count !== seal.rows)
    told(seal.id, `seal ${seal.id} (${period}) was made over ${seal.rows} rows, and ${count} are there`)
  else if (reached === seal.from && !head.equals(seal.digest))
    told(
      seal.id,
      `seal ${seal.id} (${period}) does not agree with its ${count} rows: one was altered, or the seal itself or the one before it was`,
    )
  return count
}

async function takenInto(digest: Hash, rows: OnePast<AuditRow>, to: bigint): Promise<number> {
  let count = 0
  for (let row = await rows.peek(); row && row.transaction < to; row = await rows.peek()) {
    digest.update(count === 0 ? row.text : `\n${row.text}`)
    count++
    rows.take()
  }
  return count
}

/** The anchor's lines beside the seals, each in its turn. */
function comparedWith(lines: AsyncGenerator<string>, told: Told) {
  let line: AnchorLine | undefined
  let number = 0
  let matched = 0
  const missing: Seal[] = []
  const advance = async (): Promise<void> => {
    const { value, done } = await lines.next()
    if (done) {
      line = undefined
      return
    }
    number++
    line = anchorLine(value)
    if (line) return
    told(undefined, `line ${number} of the anchor cannot be read`)
    await advance()
  }
  const notThere = ({ seal, at }: AnchorLine) =>
    told(
      seal,
      `the anchor has seal ${seal ?? '(without a number)'}, made at ${at}, and the database does not`,
    )
  const started = advance()
  return {
    async next(seal: Seal): Promise<void> {
      await started
      while (line?.seal !== undefined && line.seal < seal.id) {
        notThere(line)
        await advance()
      }
      if (!line || (line.seal !== undefined && line.seal > seal.id)) {
        if (missing.length <= mostFaults) missing.push(seal)
        if (line) tellMissing(missing, told)
        return
      }
      if (line.head !== seal.digest.toString('hex'))
        told(seal.id, `the anchor disagrees with seal ${seal.id}, made at ${seal.at.toISOString()}`)
      else matched++
      await advance()
    },
    async end(last: Seal | undefined, lag: number): Promise<number> {
      await started
      for (; line; await advance()) notThere(line)
      // The seals of the newest run are anchored by the next.
      tellMissing(
        missing.filter(({ at }) => last && at.getTime() < last.at.getTime() - lag),
        told,
      )
      await lines.return(undefined)
      return matched
    },
  }
}

function tellMissing(missing: Seal[], told: Told): void {
  const [first] = missing
  if (!first) return
  const many = missing.length > 1 ? ` to ${missing.at(-1)?.id}` : ''
  told(
    first.id,
    `the anchor lacks seal ${first.id}${many}, made at ${first.at.toISOString()}: lines were taken out of it, or it was cut short`,
  )
  missing.length = 0
}

/** What a row was sealed as: the same text that `access.audit_text` makes. */
const auditRows = (since: Date | undefined) => sql`
  select a.transaction::text, a.at, jsonb_build_array(a.id, extract(epoch from a.at), a.request, a.actor, a.actor_name, a.role, a.organisation,
    a.purpose, a.action, a.outcome, a.basis, a.person_key, a.detail)::text as text
  from access.audit a
  ${since ? sql`where a.transaction >= coalesce((select s.from_transaction from access.audit_seal s where s.at >= ${since} order by s.id limit 1), '0'::xid8)` : sql``}
  order by a.transaction, a.id`

const sealFrom = (row: Record<string, unknown>): Seal => ({
  id: Number(row['id']),
  at: row['at'] as Date,
  from: BigInt(String(row['from_transaction'])),
  to: BigInt(String(row['to_transaction'])),
  rows: Number(row['row_count']),
  digest: row['digest'] as Buffer,
})
const rowFrom = (row: Record<string, unknown>): AuditRow => ({
  transaction: BigInt(String(row['transaction'])),
  at: row['at'] as Date,
  text: String(row['text']),
})

async function nextTransaction(db: Db): Promise<bigint> {
  const { rows } = await sql<{
    next: string
  }>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(db)
  return BigInt(rows[0]?.next ?? 0)
}

const atOnce = 2000

/** A cursor, opened now and read a piece at a time. */
async function opened<Row>(
  db: Db,
  name: string,
  query: ReturnType<typeof sql>,
  from: (row: Record<string, unknown>) => Row,
): Promise<AsyncGenerator<Row>> {
  const cursor = sql.raw(name)
  await sql`declare ${cursor} no scroll cursor for ${query}`.execute(db)
  return (async function* () {
    for (;;) {
      const { rows } = await sql<
        Record<string, unknown>
      >`fetch forward ${sql.raw(String(atOnce))} from ${cursor}`.execute(db)
      for (const row of rows) yield from(row)
      if (rows.length < atOnce) return
    }
  })()
}

type OnePast<Row> = { peek(): Promise<Row | undefined>; take(): void }

/** Lets its reader look at the next one without taking it. */
function onePast<Row>(all: AsyncGenerator<Row>): OnePast<Row> {
  let ahead: Row | undefined
  return {
    peek: async () => {
      ahead ??= (await all.next()).value as Row | undefined
      return ahead
    },
    take: () => {
      ahead = undefined
    },
  }
}
