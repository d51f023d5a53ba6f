import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import { type Answer, type Context, type Fault, NotFound } from '../../platform/index.ts'
import { type Shown, viewOf } from './report-view.tsx'
import { reachedBy, reportedItem, reports, statesOf } from './wrong-person.queries.ts'

export const id = z.uuid()
export const typed = z.string().trim().max(1000).default('')
/** What every decision says: about which report, which state it replaces, and why. */
export const decision = z.object({ report: id, replaces: z.coerce.number().int().positive(), why: typed })
export type Deciding = Context<z.output<typeof decision>>

export const whyFaults = (why: string): Fault[] =>
  why.length < 10 ? [{ path: 'why', words: 'Say in a few words why' }] : []

/** Notes for the audit whose record it is about. @throws NotFound */
export async function about({
  db,
  input,
  shown,
}: Pick<Context<{ report: string }>, 'db' | 'input' | 'shown'>) {
  const [report] = await reports(db, input.report)
  if (!report) throw new NotFound()
  shown([report.person_key], { report: report.id })
  return report
}

/** The report's page, again with what was wrong where a decision did not pass. */
export async function shownAgain(
  place: Place,
  context: Pick<Context<{ report: string }>, 'db' | 'input' | 'shown' | 'actor' | 'now'>,
  asked: Pick<Shown, 'act' | 'faults' | 'given' | 'to'>,
): Promise<Answer> {
  const { db, actor, now } = context
  const report = await about(context)
  const [item, states, reached] = [
    await reportedItem(db, report.id),
    await statesOf(db, report.id),
    await reachedBy(db, report.id),
  ]
  return viewOf({ place, actor, now, report, item, states, reached, ...asked })
}
