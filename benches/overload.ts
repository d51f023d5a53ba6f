import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { signIn, systemToken } from '../src/testing/http.ts'
import { drive, report } from './drive.ts'
import { type Outcome, openLoop, shotOf } from './open-loop.ts'
import { personBundle, resourceFor } from './people.ts'
import { type Product, withProduct } from './product.ts'

/**
 * Ten times what it can do, for so long: pages of twelve practitioners and creates of one greedy system, half and half. Beside them a nurse opens
 * two pages a second and another system sends two resources a second, who must not be shut out; and a load balancer asks after its health.
 *   npm run -s bench -- overload [SECONDS]
 */
const seconds = Number(process.argv[3] ?? 10)
await withProduct(measure)

async function measure({ base, ownerUrl, megabytes }: Product): Promise<void> {
  const port = Number(new URL(base).port)
  const token = () => systemToken(base, 'demo-practice', 'demo-practice-secret')
  const asSystem = async () => ({
    authorization: `Bearer ${await token()}`,
    'content-type': 'application/fhir+json',
  })
  const greedy = await asSystem()
  const modest = await tokenUnlike(greedy, asSystem)
  const sessions = await Promise.all(Array.from({ length: 13 }, () => signIn(base, 'demo-gp')))
  const people = await fill(base, ownerUrl, greedy)
  const whom = (n: number) => people[n % people.length] ?? { ref: '', patient: '' }
  const page = (who: string, session: (n: number) => string) => (n: number) =>
    shotOf(who, 'GET', `/people/${whom(n).ref}`, { cookie: session(n) })
  const create = (who: string, headers: Record<string, string>) => (n: number) =>
    shotOf(
      who,
      'POST',
      '/fhir/Observation',
      headers,
      JSON.stringify(resourceFor(n, 5, `Patient/${whom(n).patient}`)),
    )

  report({
    bench: 'overload',
    seconds,
    node: process.version,
    note: 'load generator, server and database share this machine',
  })
  const capacity = await drive(base, 16, seconds / 2, (n) =>
    n % 2
      ? { method: 'GET', path: `/people/${whom(n).ref}`, headers: { cookie: sessions[n % 12] ?? '' } }
      : {
          method: 'POST',
          path: '/fhir/Observation',
          headers: greedy,
          body: JSON.stringify(resourceFor(n, 5, `Patient/${whom(n).patient}`)),
        },
  )
  report({ work: 'capacity: half pages, half creates, 16 clients', ...capacity })

  const before = megabytes()
  let peak = before
  const watching = setInterval(() => {
    peak = Math.max(peak, megabytes())
  }, 100)
  for (const times of [1, 10]) {
    const { outcomes, unsent } = await openLoop(
      port,
      [
        [(capacity.perSecond * times) / 2, page('pages', (n) => sessions[n % 12] ?? '')],
        [(capacity.perSecond * times) / 2, create('creates of the greedy system', greedy)],
        [2, page('pages of one nurse', () => sessions[12] ?? '')],
        [2, create('creates of the modest system', modest)],
        [2, () => shotOf('health', 'GET', '/health', {})],
      ],
      seconds,
    )
    report({
      work: `${times} times capacity`,
      offered: capacity.perSecond * times,
      unsent,
      ...told(outcomes),
    })
    for (const [who, those] of Map.groupBy(outcomes, (each) => each.who))
      report({ work: `  ${who}`, ...told(those) })
  }
  const recovered = await recovery(base, sessions[0] ?? '', whom(0).ref)
  clearInterval(watching)
  report({ work: 'back at once: the first page after it, and the slowest of the next 50, ms', ...recovered })
  await pause(5000)
  report({ work: 'memory of the application, MB', before, during: peak, after: megabytes() })
}

function told(outcomes: Outcome[]): Record<string, number> {
  const accepted = outcomes
    .filter(({ status }) => status >= 200 && status < 400)
    .map((each) => each.milliseconds)
  const shed = outcomes.filter(({ status }) => status === 503).map((each) => each.milliseconds)
  return {
    acceptedPerSecond: Math.round(accepted.length / seconds),
    shedPerSecond: Math.round(shed.length / seconds),
    other: outcomes.length - accepted.length - shed.length,
    unanswered: outcomes.filter(({ status }) => status === 0).length,
    p50: at(accepted, 0.5),
    p99: at(accepted, 0.99),
    p99OfShed: at(shed, 0.99),
  }
}

function at(times: number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other)
  return Math.round(sorted[Math.floor(sorted.length * share)] ?? 0)
}

async function recovery(
  base: string,
  cookie: string,
  ref: string,
): Promise<{ first: number; slowest: number }> {
  const times: number[] = []
  for (let n = 0; n < 51; n++) {
    const began = performance.now()
    const answer = await fetch(`${base}/people/${ref}`, { headers: { cookie } })
    await answer.arrayBuffer()
    if (answer.ok) times.push(Math.round(performance.now() - began))
  }
  if (times.length < 51) throw new Error(`${51 - times.length} pages were still refused`)
  return { first: times[0] ?? 0, slowest: Math.max(...times.slice(1)) }
}

/** Tokens of one moment may be the same; the door tells systems apart by theirs. */
async function tokenUnlike<Token extends { authorization: string }>(
  other: Token,
  next: () => Promise<Token>,
): Promise<Token> {
  for (;;) {
    const token = await next()
    if (token.authorization !== other.authorization) return token
  }
}

/** Two hundred people of the practice, with forty resources each. */
async function fill(base: string, ownerUrl: string, headers: Record<string, string>) {
  for (let n = 0; n < 200; n++) {
    const answer = await fetch(`${base}/fhir`, {
      method: 'POST',
      headers,
      body: JSON.stringify(personBundle(n, 40)),
    })
    if (!answer.ok) throw new Error(`Transaction refused: ${answer.status} ${await answer.text()}`)
    await answer.arrayBuffer()
  }
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  const { rows } = await owner.query<{ ref: string; patient: string }>(
    "select f.ref, r.id as patient from people.file f join record.resource r using (person_key) where f.local_system like '%bench' and r.type = 'Patient'",
  )
  await owner.query('vacuum analyze')
  await owner.end()
  return rows
}
