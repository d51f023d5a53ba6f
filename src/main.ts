import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readPlace } from './access/index.ts'
import { startApp } from './app.ts'
import { loadInventedPlace } from './demo.ts'
import {
  appSignIn,
  migrate,
  namedProblem,
  openDatabase,
  placeDatabase,
  readConfig,
  startTracing,
  systemClock,
  traceId,
  Unavailable,
} from './platform/index.ts'
import { welcome } from './welcome.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Logs are JSON lines with ids only. */
const log = (entry: Record<string, unknown>): void =>
  console.error(JSON.stringify({ time: systemClock.now().toISOString(), ...traceId(), ...entry }))
const say = (words: string): void => console.log(words)

async function main(): Promise<void> {
  const config = readConfig()
  const place = readPlace(join(root, 'places', config.place))
  say(`Golden Thread: starting ${place.name}.`)
  const own = await placeDatabase(config, log)
  mkdirSync(config.dataDir, { recursive: true })
  const app = appSignIn(own.url)
  await migrate(own.url, join(root, 'migrations'), app.password)
  const database = openDatabase(app.url)
  const endTracing = config.tracesTo ? await startTracing(config.tracesTo) : undefined
  const running = await startApp({ config, place, database, clock: systemClock, log }).catch(
    async (problem) => {
      await own.stop()
      throw problem
    },
  )
  if (!config.issuer) {
    const to = { filesDir: config.filesDir, host: config.host, mllpPort: running.mllpPort }
    await loadInventedPlace(database, place, systemClock.now(), to, say)
  }
  say(welcome(place, running))

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await running.stop()
    await endTracing?.().catch(() => undefined)
    await database.close()
    await own.stop()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
}

try {
  await main()
} catch (problem) {
  if (problem instanceof Unavailable) console.error(`Golden Thread cannot start. ${problem.message}`)
  else
    log({ level: 'error', at: 'start', problem: namedProblem(problem), message: (problem as Error).message })
  process.exit(1)
}
