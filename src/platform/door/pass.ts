import type { Clock } from '../clock.ts'
import type { Database, Db } from '../db/index.ts'
import { Conflict, Invalid, NotAllowed, NotFound } from '../errors.ts'
import { auditNotes } from './audit-notes.ts'
import type { Actor, AuditEntry, Keeper, Person, Way } from './keeper.ts'
import type { May } from './policy.ts'
import type { Context } from './route.ts'

export type PassParts = { database: Database; clock: Clock; keeper: Keeper }
type Given = Omit<Context<Record<string, unknown>>, 'session'>
type Declared<More, Result> = Way & {
  may: May
  audit: string
  run(context: Given & More): Promise<Result> | Result
  runAll?(contexts: (Given & More)[]): Promise<Result[]>
}

/** One request on its way through. */
export type Passing<More> = {
  /** By which the audit knows it, and whoever asked. */
  request: string
  /** What it asks for, read only once it is known that its actor may do this at all. */
  read(): Record<string, unknown> | Promise<Record<string, unknown>>
  /** What else `run` is handed, besides the context. */
  more: More
}

const nobody: Actor = {
  id: 'nobody',
  name: 'Nobody signed in',
  kind: 'system',
  role: 'nobody',
  organisation: '',
  teams: [],
}

/** The one passage: decide, run and audit in one transaction; a refusal is audited in a transaction of its own. */
export async function pass<More, Result>(
  parts: PassParts,
  capability: string,
  definition: Declared<More, Result>,
  actor: Actor | undefined,
  { request, read, more }: Passing<More>,
): Promise<Result> {
  const passage = open(parts, definition, actor)
  const notes = passage.notes(request)
  const { entry } = notes
  try {
    passage.mustHold()
    // Only now: whoever may not do this at all learns nothing of what is wrong with what they sent.
    const input = await read()
    const audited =
      definition.may.kind === 'anyone'
        ? undefined
        : (db: Db) => parts.keeper.audit(db, actor, entry, ...notes.acts)
    return await parts.database.transaction(
      capability,
      passage.settings,
      async (db) => definition.run({ ...(await passage.context(db, input, notes)), ...more }),
      audited,
    )
  } catch (problem) {
    await auditRefusals(parts, capability, passage, actor, [refusalOf(problem, entry)])
    throw problem
  }
}

/**
 * The same passage for several requests of one actor to one way in: one transaction, in which each is run and audited by itself.
 * A request that finds nothing is answered so; if anything else goes wrong nothing is kept, and each passes alone.
 */
export async function passTogether<More, Result>(
  parts: PassParts,
  capability: string,
  definition: Declared<More, Result>,
  actor: Actor | undefined,
  all: Passing<More>[],
): Promise<(Result | Error)[]> {
  const alone = (passing: Passing<More>) => pass(parts, capability, definition, actor, passing)
  const [only] = all
  if (only && all.length === 1) return [await alone(only)]
  const passage = open(parts, definition, actor)
  const notes = all.map(({ request }) => passage.notes(request))
  const entries = notes.map(({ entry }) => entry)
  try {
    passage.mustHold()
    const inputs = await Promise.all(all.map((passing) => passing.read()))
    const absent: (NotFound | undefined)[] = []
    const results = await parts.database.transaction(
      capability,
      passage.settings,
      async (db) => {
        absent.length = 0
        const contexts = await Promise.all(
          all.map(async ({ more }, index) => ({
            ...(await passage.context(db, inputs[index] ?? {}, notes[index] as Notes)),
            ...more,
          })),
        )
        if (definition.runAll) return definition.runAll(contexts)
        return Promise.all(
          contexts.map(async (context, index) => {
            try {
              return await definition.run(context)
            } catch (problem) {
              if (!(problem instanceof NotFound)) throw problem
              absent[index] = problem
              return problem
            }
          }),
        )
      },
      (db) =>
        parts.keeper.audit(
          db,
          actor,
          ...notes.flatMap(({ entry, acts }, index) => (absent[index] ? [] : [entry, ...acts])),
        ),
    )
    const refusals = absent.map(
      (problem, index) => problem && refusalOf(problem, entries[index] as AuditEntry),
    )
    await auditRefusals(parts, capability, passage, actor, refusals)
    return results
  } catch (problem) {
    if (definition.runAll && !nothingWasKept(problem)) throw problem
    return Promise.all(all.map((passing) => alone(passing).catch((problem: Error) => problem)))
  }
}

/** A connection that broke may have broken after the commit: what writes must not be done again then. */
function nothingWasKept(problem: unknown): boolean {
  if (problem instanceof Invalid || problem instanceof Conflict) return true
  if (problem instanceof NotAllowed || problem instanceof NotFound) return true
  const { code } = problem as { code?: unknown }
  return typeof code === 'string' && /^(?=.*\d)(?!08|57)[0-9A-Z]{5}$/.test(code)
}

type Passage = ReturnType<typeof open>
type Notes = ReturnType<typeof auditNotes>

function open(
  { keeper, clock }: PassParts,
  { may, audit, method, path }: Way & { may: May; audit: string },
  actor: Actor | undefined,
) {
  const now = clock.now()
  const who = actor ?? nobody
  const purpose = 'purposes' in may ? keeper.purpose(who, may.purposes) : 'service'
  const way = { method, path }
  const scope = keeper.scope(who, purpose, now, way)
  return {
    settings: keeper.settings(who, scope, now),
    mustHold: () => mustHold(keeper, may, who, scope),
    notes: (request: string) => auditNotes(purpose, audit, request),
    /** What `run` is handed. A person that the input names has been decided about. */
    async context(db: Db, input: Record<string, unknown>, notes: Notes): Promise<Given> {
      const { entry, shown, act } = notes
      notes.forget()
      if (who.app && may.kind !== 'anyone') keeper.appMay(who.app, way, typeIn(input))
      const resolved = { ...input }
      if (typeof input['person'] === 'string') {
        const person = await keeper.person(db, input['person'], now)
        entry.people = person.files.slice(0, 1)
        if (may.kind === 'reads') entry.basis = keeper.decide(who, scope, may.categories, person, now)
        resolved['person'] = person satisfies Person
      }
      return {
        db,
        actor: who,
        now,
        scope,
        input: resolved as never,
        shown,
        act,
      }
    },
  }
}

const typeIn = ({ type }: Record<string, unknown>): string | undefined =>
  typeof type === 'string' ? type : undefined

/** What the audit keeps of a refusal; a thing that is not there for anybody is none. */
function refusalOf(problem: unknown, entry: AuditEntry): AuditEntry | undefined {
  if (problem instanceof NotAllowed)
    return { ...entry, outcome: 'refused', detail: { ...entry.detail, why: problem.why } }
  if (problem instanceof NotFound && problem.about.length > 0)
    return { ...entry, outcome: 'refused', people: problem.about, detail: { why: 'out of scope' } }
  return undefined
}

async function auditRefusals(
  { database, keeper }: PassParts,
  capability: string,
  { settings }: Passage,
  actor: Actor | undefined,
  refusals: (AuditEntry | undefined)[],
): Promise<void> {
  const refused = refusals.filter((refusal) => refusal !== undefined)
  if (refused.length === 0) return
  await database.transaction(
    capability,
    settings,
    async () => undefined,
    (db) => keeper.audit(db, actor, ...refused),
  )
}

function mustHold(keeper: Keeper, may: May, actor: Actor, scope: unknown): void {
  if (may.kind === 'lists' || may.kind === 'reads') keeper.decideAtAll(actor, scope, may.categories)
  if (may.kind === 'holds' && !keeper.capabilities(actor).has(may.capability)) throw new NotAllowed('role')
}
