import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import pg from 'pg'
import { readPlace } from '../src/access/index.ts'
import { type LifeMessage, livesOf, type Resident } from '../src/feeds/inbox/lives.ts'
import { connectTo, openFeeds } from '../src/feeds/index.ts'
import { migrate, openDatabase, stoppedClock } from '../src/platform/index.ts'
import { migrationsFolder, testPassword, urlOf } from '../src/testing/cluster.ts'
import { emptyRecord, wholeRecord } from '../src/testing/whole-record.ts'
import { nhsNumberFor } from '../src/testing/world-bundles.ts'
import { temporaryPostgres } from '../tools/temporary-postgres.ts'
import { randomFrom } from './random.ts'

/**
 * A day of a busy hospital, once in perfect order and once as a bad day brings it: delayed, shuffled over several connections, repeated, and
 * with lines that broke on the way before they were sent again. Both must end in exactly the same record.
 *   npm run soak -- day [MESSAGES] [SEED]
 */
const wanted = Number(process.argv[3] ?? 20_000)
const seed = Number(process.argv[4] ?? 1)
const connections = 20

const random = randomFrom(seed)
const day = dayOf(wanted)
const postgres = await temporaryPostgres()
await migrate(postgres.url, migrationsFolder, testPassword)
const database = openDatabase(urlOf(postgres.url, 'postgres', 'gt_app', testPassword))
const owner = new pg.Client({ connectionString: postgres.url })
await owner.connect()
const look = async <Row extends object>(query: string): Promise<Row[]> => (await owner.query(query)).rows
const errors: Record<string, unknown>[] = []
const feeds = await openFeeds({
  port: 0,
  host: '127.0.0.1',
  place: readPlace(new URL('../places/rotherham', import.meta.url).pathname),
  database,
  clock: stoppedClock('2026-06-16T12:00:00Z'),
  log: (entry) => entry['level'] === 'error' && errors.push(entry),
})

let sound = false
try {
  const perfect = await replay('in perfect order', inOrder(day), 1)
  await emptyRecord(look)
  const bad = await replay('as a bad day brings it', asABadDay(day), connections)
  const parts = Object.keys(perfect).filter((part) => !isDeepStrictEqual(perfect[part], bad[part]))
  for (const part of parts) console.log(`These differ: ${part}`)
  for (const error of errors.slice(0, 5)) console.log(JSON.stringify(error))
  sound = parts.length === 0 && errors.length === 0
  console.log(sound ? 'Both end in the same record.' : 'They do not end in the same record.')
} finally {
  await feeds.close()
  await owner.end()
  await database.close()
  await postgres.remove()
}
process.exit(sound ? 0 : 1)

type Sent = { text: string; at: number }

async function replay(how: string, messages: Sent[], over: number): Promise<Record<string, unknown>> {
  const began = performance.now()
  const senders = await Promise.all(Array.from({ length: over }, () => connectTo(feeds.port)))
  const answers = new Map<string, number>()
  let next = 0
  await Promise.all(
    senders.map(async (sender) => {
      for (let message = messages[next++]; message; message = messages[next++]) {
        const answer = /\rMSA\|(A[AER])/.exec(await sender.send(message.text))?.[1] ?? 'none'
        answers.set(answer, (answers.get(answer) ?? 0) + 1)
      }
      sender.close()
    }),
  )
  const seconds = (performance.now() - began) / 1000
  console.log(
    `${messages.length} messages ${how}, ${over} at once: ${seconds.toFixed(0)} s, ${Math.round(messages.length / seconds)} a second; ` +
      [...answers].map(([answer, count]) => `${answer} ${count}`).join(', '),
  )
  const whole = await wholeRecord(look)
  // What broke on the way is kept in quarantine, and the perfect day has none of it; its message came again whole.
  const sent = new Set(day.map(({ control }) => control))
  whole['messages'] = (whole['messages'] as { control_id: string }[]).filter(({ control_id }) =>
    sent.has(control_id),
  )
  return whole
}

/** The lives of as many pairs of people as it takes. */
function dayOf(count: number): LifeMessage[] {
  const all: LifeMessage[] = []
  for (let pair = 0; all.length < count; pair++) {
    const people: [Resident, Resident] = [residentOf(pair * 2), residentOf(pair * 2 + 1)]
    const [life] = fc.sample(livesOf(people, `${pair}-`), { numRuns: 1, seed: seed * 1_000_003 + pair })
    all.push(...(life ?? []))
  }
  return all.slice(0, count)
}

function residentOf(n: number): Resident {
  const letters = [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
  const born = `${1930 + (n % 80)}${String(1 + (n % 12)).padStart(2, '0')}${String(1 + (n % 28)).padStart(2, '0')}`
  return {
    number: `R${n}`,
    nhs: nhsNumberFor(400_000 + 3 * n),
    name: `Day${letters}^Una^^^Ms`,
    born,
    sex: 'F',
  }
}

function inOrder(messages: Sent[]): Sent[] {
  return messages.toSorted((one, other) => one.at - other.at)
}

/** Most come within seconds, some minutes late, a few after hours; one in thirty comes twice, one in fifty is broken and then sent again whole. */
function asABadDay(messages: Sent[]): Sent[] {
  const late = () => {
    const luck = random()
    return luck < 0.8 ? random() * 5 : luck < 0.95 ? random() * 600 : random() * 20_000
  }
  return inOrder(
    messages.flatMap((message) => {
      const arrives = { text: message.text, at: message.at + late() }
      const again = random() < 1 / 30 ? [{ ...arrives, at: arrives.at + late() }] : []
      const broken = random() < 1 / 50 ? [{ text: message.text.slice(0, 30), at: arrives.at - 1 }] : []
      return [arrives, ...again, ...broken]
    }),
  )
}
