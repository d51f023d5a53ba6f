import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readPlace, senderActor } from '../src/access/index.ts'
import { applierOf } from '../src/feeds/files/apply/applier.ts'
import { asSender, type FileParts } from '../src/feeds/files/as-sender.ts'
import { keepState } from '../src/feeds/files/extracts.queries.ts'
import { datasetOf } from '../src/feeds/files/pages/words.ts'
import { checkFile } from '../src/feeds/files/read/check-file.ts'
import { fileSender, receive } from '../src/feeds/files/receive.ts'
import { startEmbeddedPostgres } from '../src/platform/db/index.ts'
import { migrate, openDatabase, systemClock } from '../src/platform/index.ts'
import { nhsNumberFor } from '../src/testing/world-bundles.ts'
import { report } from './drive.ts'

/**
 * A full list of so many people from nothing, the same list of the day after with one line in a hundred changed, and reading a list twice as
 * long. Memory is that of this process, which is as much of the application as has to do with files.
 */
const lines = Number(process.argv[3] ?? 100_000)
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'golden-thread-bench-files-'))
const postgres = await startEmbeddedPostgres(folder, 'bench')
const place = readPlace(join(root, 'places/rotherham'))

let peak = 0
const watching = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss)
}, 50)

try {
  await migrate(postgres.url, join(root, 'migrations'), 'bench')
  const url = new URL(postgres.url)
  url.username = 'gt_app'
  url.password = 'bench'
  const database = openDatabase(url.href)
  report({
    bench: 'files',
    lines,
    node: process.version,
    note: 'database and application share this machine',
  })
  await reading()
  await sending({ place, database, clock: systemClock, log: console.error }, '2026-10-01', 0)
  await sending({ place, database, clock: systemClock, log: console.error }, '2026-10-02', 100)
  await database.close()
} finally {
  clearInterval(watching)
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** @param every one line in so many says something else; 0 for none */
function listOf(count: number, day: string, every: number): Buffer {
  const columns = datasetOf('caseloads')?.columns ?? []
  const rows = Array.from({ length: count }, (_, n) => {
    const reason = every > 0 && n % every === 0 ? 'Insulin' : 'Leg ulcer'
    const born = `19${30 + (n % 60)}-0${1 + (n % 9)}-1${n % 10}`
    return `${day},rfr-dn-north,C${n},${nhsNumberFor(n)},Family${n % 5000},Given${n % 700},${born},2026-06-01,,${reason}`
  })
  return Buffer.from(`${columns.map((column) => column.title).join(',')}\r\n${rows.join('\r\n')}\r\n`)
}

function rate(seconds: number, count: number) {
  return {
    seconds: Math.round(seconds * 10) / 10,
    linesPerSecond: Math.round(count / seconds),
  }
}

async function timed<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; seconds: number; peakMb: number }> {
  peak = process.memoryUsage().rss
  const began = performance.now()
  const result = await work()
  return { result, seconds: (performance.now() - began) / 1000, peakMb: Math.round(peak / 1024 / 1024) }
}

async function reading(): Promise<void> {
  const dataset = datasetOf('caseloads')
  if (!dataset) throw new Error('no caseloads')
  const teams = new Set(['rfr-dn-north'])
  for (const count of [lines, lines * 2]) {
    const file = listOf(count, '2026-10-01', 0)
    const { seconds, peakMb } = await timed(() => checkFile(dataset, file, teams, async () => undefined))
    report({
      work: 'read and check',
      lines: count,
      megabytes: Math.round(file.length / 1e6),
      ...rate(seconds, count),
      peakMb,
    })
  }
}

async function sending(parts: FileParts, day: string, every: number): Promise<void> {
  const actor = senderActor(place, 'demo-community')
  if (!actor) throw new Error('no such sender')
  const from = fileSender(place, 'demo-community', 'caseloads')
  const file = listOf(lines, day, every)
  const what = every > 0 ? `the day after, one line in ${every} changed` : 'the first list'
  const received = await timed(() =>
    asSender(parts)(actor, { capability: 'feeds', action: 'bench' }, (db) =>
      receive(db, place, { ...from, acceptsItself: false }, { way: 'api', name: 'bench', bytes: file }),
    ),
  )
  const { id, counts } = received.result
  report({
    work: `receive, check and compare: ${what}`,
    ...counts,
    ...rate(received.seconds, lines),
    peakMb: received.peakMb,
  })
  await asSender(parts)(actor, { capability: 'feeds', action: 'bench' }, (db) =>
    keepState(db, { id, ...from }, { state: 'accepted' }),
  )
  const applied = await timed(() => applierOf(parts)())
  report({ work: `apply: ${what}`, ...rate(applied.seconds, lines), peakMb: applied.peakMb })
}
