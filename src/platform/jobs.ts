import { setTimeout as pause } from 'node:timers/promises'
import { Logger, type Runner, run } from 'graphile-worker'
import { sql } from 'kysely'
import type { Clock } from './clock.ts'
import { type Database, jobSchema } from './db/index.ts'
import { auditNotes } from './door/audit-notes.ts'
import { namedProblem } from './door/fhir-answer.ts'
import type { Actor, Job, Keeper } from './door/index.ts'
import type { EventType, PlatformEvent } from './events.ts'
import { traced } from './telemetry/index.ts'

/** Who hears of an event. It runs as a job: it may run twice for one event, so it must be idempotent. */
export type Subscribers = { [Type in EventType]?: readonly string[] }

export type JobParts = {
  database: Database
  clock: Clock
  keeper: Keeper
  /** Each capability's jobs, by its name. */
  jobs: Record<string, readonly Job[]>
  /** Which jobs an event starts; each is handed the event's payload. */
  subscribers: Subscribers
  log: (entry: Record<string, unknown>) => void
  /** Whether this is the only process of the place. Then a job that somebody has in hand now was left by a process that was killed. */
  alone?: boolean
}

/** Starts the worker: jobs that events start, and those that start by themselves. It goes on through whatever happens to the database. */
export async function startWorker(parts: JobParts): Promise<{ stop(): Promise<void> }> {
  let runner: Runner | undefined = await startRunner(parts)
  let stopping = false
  const keep = async () => {
    while (!stopping) {
      // It gives up when it cannot say what became of a job, such as while the database starts again.
      await runner?.promise.catch(() => undefined)
      if (stopping) return
      await pause(500, undefined, { ref: false })
      runner = await startRunner(parts).catch(() => undefined)
      if (stopping) await runner?.stop()
    }
  }
  void keep()
  return {
    stop: async () => {
      stopping = true
      await runner?.stop().catch(() => undefined)
    },
  }
}

async function startRunner(parts: JobParts): Promise<Runner> {
  const all = Object.entries(parts.jobs).flatMap(([capability, jobs]) =>
    jobs.map((each) => ({ capability, job: each })),
  )
  const tasks = Object.fromEntries(
    all.map(({ capability, job }) => [
      job.name,
      (payload: unknown) => traced(`job ${job.name}`, {}, () => perform(parts, capability, job, payload)),
    ]),
  )
  const cron = all.flatMap(({ job }) => (job.every ? [`${job.every} ${job.name}`] : [])).join('\n')
  const heard = Object.entries(parts.subscribers).flatMap(([type, jobs]) => (jobs.length > 0 ? [type] : []))
  await parts.database.transaction('access', { 'gt.actor': 'events' }, async (db) => {
    await db
      .deleteFrom('platform.heard_event')
      .where('type', 'not in', [...heard, ''])
      .execute()
    if (heard.length > 0)
      await db
        .insertInto('platform.heard_event')
        .values(heard.map((type) => ({ type })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  })
  if (parts.alone)
    await parts.database.pool.query(
      `select ${jobSchema}.force_unlock_workers(array(select distinct locked_by from ${jobSchema}._private_jobs where locked_by is not null))`,
    )
  return run({
    pgPool: parts.database.pool,
    schema: jobSchema,
    concurrency: 2,
    pollInterval: 1000,
    noHandleSignals: true,
    // What became of a job is then told in a batch, which tries again; told by itself, a failure to tell it would end the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: new Logger(() => (level, message) => {
      // What follows is the error's own message, which may quote a person's data; what kind of error it was has been logged by `perform`.
      if (level === 'error') parts.log({ level, at: 'worker', message: message.split(/ with error|\n/)[0] })
    }),
    taskList: { ...tasks, event: (payload: unknown) => dispatch(parts, payload) },
    ...(cron ? { crontab: cron } : {}),
  })
}

/** An event's own job does one thing: a job for each subscriber, once. */
async function dispatch(parts: JobParts, payload: unknown): Promise<void> {
  const id = (payload as { event: number }).event
  await parts.database.transaction('access', { 'gt.actor': 'events' }, async (db) => {
    const { rows } = await sql<PlatformEvent>`select * from platform.event_of(${id})`.execute(db)
    const event = rows[0]
    if (!event) return
    for (const name of parts.subscribers[event.type] ?? []) {
      await sql`select platform.enqueue(${name}, ${JSON.stringify(event.payload)}::json, job_key => ${`${name}:${id}`})`.execute(
        db,
      )
    }
  })
}

async function perform(parts: JobParts, capability: string, job: Job, payload: unknown): Promise<void> {
  const now = parts.clock.now()
  const actor: Actor = {
    id: `job:${job.name}`,
    name: job.name,
    kind: 'system',
    role: 'service',
    organisation: '',
    teams: [],
  }
  const { keeper } = parts
  const { purpose } = job.may
  const scope = keeper.scope(actor, purpose, now)
  const { entry, shown } = auditNotes(purpose, job.audit)
  try {
    await parts.database.transaction(
      capability,
      keeper.settings(actor, scope, now),
      (db) => {
        entry.people = []
        return job.run({ db, now, input: job.input.parse(payload), shown })
      },
      // A job about nobody leaves nothing to audit: the sealing of the audit would otherwise make more of it each minute.
      (db) => (entry.people.length > 0 ? keeper.audit(db, actor, entry) : undefined),
    )
  } catch (problem) {
    parts.log({ level: 'error', at: job.name, problem: namedProblem(problem) })
    throw problem
  }
}
