import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { connectTo, type Sender } from '../src/feeds/index.ts'
import { signIn } from '../src/testing/http.ts'
import { type Measured, repeat, report } from './drive.ts'
import { hospitalDay } from './hospital.ts'
import { type Product, withProduct } from './product.ts'

/**
 * How fast messages of a hospital are taken: to their acknowledgement, from 1, 10 and 100 connections that each wait for every answer; and
 * how long it takes until one can be read on the record page while others arrive at 100 a second. Sends to this machine only.
 */
const seconds = Number(process.argv[3] ?? 8)
await withProduct(measure)

async function measure({ base, mllpPort, ownerUrl, megabytes }: Product): Promise<void> {
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 100 })
  owner.on('error', () => undefined)
  report({
    bench: 'feeds',
    node: process.version,
    note: 'senders, server and database share this machine; each connection waits for every acknowledgement',
  })
  const day = hospitalDay()
  for (const connections of [1, 10, 100]) {
    const bare = await bareInsert(owner, connections)
    report({ work: 'bare database: insert of the same text', connections, ...bare })
    const taken = await acknowledged(day, mllpPort, connections)
    report({
      work: 'message to acknowledgement',
      connections,
      ...taken,
      ratioToBare: Math.round((taken.perSecond / bare.perSecond) * 1000) / 1000,
      ...(connections > 1 && { target: 1000 }),
      megabytes: megabytes(),
    })
  }
  report({
    work: 'message to visible on the record page, at 100 a second',
    ...(await visible(day, owner, { base, mllpPort })),
    targetP99: 500,
    megabytes: megabytes(),
  })
  const { rows } = await owner.query<{ state: string; count: string }>(
    'select s.state, count(*) from feeds.message_state s group by 1 order by 1',
  )
  report({
    work: 'what became of them',
    ...Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)])),
  })
  await owner.end()
}

/** The text into one table of one column and a key, each in a transaction of its own. */
async function bareInsert(owner: pg.Pool, connections: number): Promise<Measured> {
  await owner.query(
    'create table if not exists public.bare_message (id bigint generated always as identity primary key, body text not null)',
  )
  const day = hospitalDay()
  return repeat(connections, seconds / 2, () =>
    owner.query({
      name: 'bare',
      text: 'insert into public.bare_message (body) values ($1)',
      values: [day.next().text],
    }),
  )
}

type Day = ReturnType<typeof hospitalDay>

async function acknowledged(day: Day, mllpPort: number, connections: number): Promise<Measured> {
  const senders = await Promise.all(Array.from({ length: connections }, () => connectTo(mllpPort)))
  const idle = [...senders]
  const send = async () => {
    const sender = idle.pop() as Sender
    await mustTake(sender, day.next().text)
    idle.push(sender)
  }
  await repeat(connections, 1, send)
  const measured = await repeat(connections, seconds, send)
  for (const sender of senders) sender.close()
  return measured
}

async function mustTake(sender: Sender, text: string): Promise<void> {
  const answer = await sender.send(text)
  if (!answer.includes('\rMSA|AA|')) throw new Error(`Refused: ${answer}`)
}

/** One connection sends 100 a second; now and then a transfer is followed by reading the record page until it shows. */
async function visible(
  day: Day,
  owner: pg.Pool,
  { base, mllpPort }: Pick<Product, 'base' | 'mllpPort'>,
): Promise<Record<string, number>> {
  const session = await signIn(base, 'demo-gp')
  const { rows } = await owner.query<{ ref: string; local_value: string }>(
    "select ref, local_value from people.file where source = 'rfr-hospital' and local_value like 'B%' order by local_value limit 40",
  )
  const background = await connectTo(mllpPort)
  const probe = await connectTo(mllpPort)
  let stop = false
  // Its failure is heard where it is waited for.
  const sending = (async () => {
    const began = performance.now()
    const unanswered = new Set<Promise<void>>()
    for (let sent = 0; !stop; sent++) {
      await pause(Math.max(0, began + sent * 10 - performance.now()))
      const answer = mustTake(background, day.next().text)
      unanswered.add(answer)
      void answer.then(() => unanswered.delete(answer))
    }
    await Promise.all(unanswered)
  })()
  sending.catch(() => undefined)
  const times: number[] = []
  for (let n = 0; n < seconds * 10; n++) {
    const person = rows[n % rows.length]
    if (!person) throw new Error('Nobody was admitted')
    const mark = `PROBE${n}`
    const began = performance.now()
    await mustTake(probe, day.transferOf(person.local_value, mark))
    for (;;) {
      const answer = await fetch(`${base}/people/${person.ref}/encounters`, { headers: { cookie: session } })
      if ((await answer.text()).includes(mark)) break
      if (performance.now() - began > 10_000) throw new Error('Not visible after ten seconds')
    }
    times.push(performance.now() - began)
  }
  stop = true
  await sending
  for (const sender of [background, probe]) sender.close()
  times.sort((one, other) => one - other)
  const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10
  return { done: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
