import { sql } from 'kysely'
import { type Place, senderActor } from '../../../access/index.ts'
import { Conflict, type Db, Invalid, NotAllowed, namedProblem } from '../../../platform/index.ts'
import { keepTransaction } from '../../../record/index.ts'
import { inTurn } from '../../in-turn.ts'
import { asSender, type FileParts, type Told } from '../as-sender.ts'
import { keepLineStates, keepState, takeTurn } from '../extracts.queries.ts'
import {
  type Accepted,
  acceptedExtract,
  linesAfter,
  passUnchanged,
  resolveEarlier,
  stillWaiting,
  type WaitingLine,
} from './apply.queries.ts'
import { type Applied, applyEndings, applyLines, sendingOf } from './apply.ts'

/** Lines in one transaction. What a line became is written in it too, so whatever is stopped goes on where it was. */
const atOnce = 250
/** Lines looked at for what is left to do. */
const looksThrough = 5000

/** One file being applied: its parts, its sender, and a transaction of its sender. */
type Applying = {
  parts: FileParts
  extract: Accepted
  stopped: () => boolean
  step<Result>(work: (db: Db, now: Date) => Promise<Result>, tell?: (result: Result) => Told): Promise<Result>
}

/**
 * Applies the files that were accepted, as their senders and in the order in which they were accepted. It may be stopped at any moment, and
 * several processes may do it: a line is applied once, since its outcome is kept in the transaction that applies it, under the set's lock.
 * @param stopped says when to leave the rest for another time
 * @returns how many files it found waiting
 */
export function applierOf(parts: FileParts, stopped = () => false): () => Promise<number> {
  const as = asSender(parts)
  return async () => {
    const waiting = await parts.database.transaction('record', {}, async (db) => {
      const { rows } = await sql<{
        id: string
        sender: string
      }>`select * from feeds.extracts_to_apply()`.execute(db)
      return rows
    })
    for (const { id, sender } of waiting) {
      const actor = senderActor(parts.place, sender)
      if (!actor) continue
      const step: Applying['step'] = (work, tell) =>
        as(actor, { capability: 'record', action: 'files.apply' }, work, tell)
      try {
        // Not there for the sender when its agreement has ended since; then the file waits.
        const extract = await step((db) => acceptedExtract(db, id))
        if (extract && !stopped()) await applyOne({ parts, extract, step, stopped })
      } catch (problem) {
        // It keeps no other file waiting, and is tried again.
        parts.log({ level: 'error', at: 'files', file: id, problem: namedProblem(problem) })
      }
    }
    return waiting.length
  }
}

async function applyOne(applying: Applying): Promise<void> {
  const { parts, extract, step, stopped } = applying
  const turn = (db: Db) => takeTurn(db, extract.source, extract.dataset)
  await step(async (db) => {
    await turn(db)
    await passUnchanged(db, extract)
  })
  for (let after = 0; ; ) {
    const { found, waiting } = await step(async (db) => {
      const lines = await linesAfter(db, extract, after, looksThrough)
      return { found: lines, waiting: await stillWaiting(db, extract, lines) }
    })
    const last = found.at(-1)
    if (!last) break
    for (let from = 0; from < waiting.length; from += atOnce) {
      if (stopped()) return
      await applyOrSplit(applying, waiting.slice(from, from + atOnce))
    }
    after = last.line
  }
  const endings = () =>
    inTurn(() =>
      step(
        async (db, now) => {
          await turn(db)
          return applyEndings(db, parts.place, extract, atOnce, now)
        },
        (applied) => tellOf(extract, applied),
      ),
    )
  while (await endings()) if (stopped()) return
  await step((db, now) => finish(db, parts.place, extract, now))
}

/** A line that the record refuses keeps out no other: the lines are halved until it stands alone, and it goes to quarantine. */
async function applyOrSplit(applying: Applying, lines: WaitingLine[]): Promise<void> {
  try {
    await inTurn(() => applyTogether(applying, lines))
  } catch (problem) {
    if (!isAboutLines(problem)) throw problem
    const [line] = lines
    if (lines.length === 1 && line) return quarantine(applying, line, problem)
    const half = Math.ceil(lines.length / 2)
    await applyOrSplit(applying, lines.slice(0, half))
    await applyOrSplit(applying, lines.slice(half))
  }
}

const applyTogether = ({ parts, extract, step }: Applying, lines: WaitingLine[]) =>
  step(
    async (db, now) => {
      await takeTurn(db, extract.source, extract.dataset)
      const left = await stillWaiting(db, extract, lines)
      return left.length > 0 ? applyLines(db, parts.place, extract, left, now) : undefined
    },
    (applied) => tellOf(extract, applied),
  )

const tellOf = ({ id }: Accepted, applied: Applied | undefined): Told => ({
  people: applied?.files ?? [],
  detail: { file: id, lines: applied?.lines ?? 0 },
})

async function quarantine(
  { parts, extract, step }: Applying,
  line: WaitingLine,
  problem: unknown,
): Promise<void> {
  const [fault] = problem instanceof Invalid ? problem.faults : []
  const words = fault ? `${fault.path}: ${fault.words}` : 'The record could not take this line'
  if (!fault)
    parts.log({
      level: 'error',
      at: 'files',
      file: extract.id,
      line: line.line,
      problem: namedProblem(problem),
    })
  const state = { line: line.line, key: line.key, state: 'quarantined' as const }
  await step((db) =>
    keepLineStates(db, extract, [{ ...state, reason: 'not kept', at_column: fault?.path ?? 'line', words }]),
  )
}

/** A file that brought no news was heard of all the same. */
async function finish(db: Db, place: Place, extract: Accepted, now: Date): Promise<void> {
  await takeTurn(db, extract.source, extract.dataset)
  if (!(await acceptedExtract(db, extract.id))) return
  await resolveEarlier(db, extract)
  await keepTransaction(db, sendingOf(place, extract, now), { resourceType: 'Bundle', type: 'transaction' })
  await keepState(db, extract, { state: 'applied' })
}

/** Trouble with what the lines say, and not with the database: SQLSTATE classes 22 and 23 are about values. */
function isAboutLines(problem: unknown): boolean {
  if (problem instanceof Invalid || problem instanceof Conflict || problem instanceof NotAllowed) return true
  return /^(?:22|23)/.test((problem as { code?: string }).code ?? '')
}
