import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readPlace } from './access/index.ts'
import { startApp } from './app.ts'
import { loadInventedPlace } from './demo.ts'
import {
  madeOnce,
  migrate,
  namedProblem,
  openDatabase,
  readConfig,
  startEmbeddedPostgres,
  systemClock,
  Unavailable,
} from './platform/index.ts'
import { welcome } from './welcome.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Logs are JSON lines with ids only. */
const log = (entry: Record<string, unknown>): void =>
  console.error(JSON.stringify({ at: systemClock.now().toISOString(), ...entry }))
const say = (words: string): void => console.log(words)

async function main(): Promise<void> {
  const config = readConfig()
  const place = readPlace(join(root, 'places', config.place))
  say(`Golden Thread: starting ${place.name}.`)
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres(config.dataDir, await secretOf(config.dataDir), { log })
  const ownerUrl = config.databaseUrl ?? embedded?.url ?? ''
  mkdirSync(config.dataDir, { recursive: true })
  const appPassword = createHmac('sha256', ownerUrl).update('gt_app').digest('base64url')
  await migrate(ownerUrl, join(root, 'migrations'), appPassword)
  const database = openDatabase(appUrl(ownerUrl, appPassword))
  const running = await startApp({ config, place, database, clock: systemClock, log }).catch(
    async (problem) => {
      await embedded?.stop()
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
    await database.close()
    await embedded?.stop()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
}

/** The embedded database's password, made once and kept beside it. */
async function secretOf(dataDir: string): Promise<string> {
  try {
    return await madeOnce(join(dataDir, 'secret'), () => randomBytes(24).toString('base64url'))
  } catch (problem) {
    throw new Unavailable(
      `The data folder ${dataDir} cannot be written (${(problem as NodeJS.ErrnoException).code}). Set DATA_DIR to a folder that can.`,
    )
  }
}

/** The application signs in as gt_app, which owns nothing. */
function appUrl(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl)
  url.username = 'gt_app'
  url.password = password
  return url.href
}

try {
  await main()
} catch (problem) {
  if (problem instanceof Unavailable) console.error(`Golden Thread cannot start. ${problem.message}`)
  else
    log({ level: 'error', at: 'start', problem: namedProblem(problem), message: (problem as Error).message })
  process.exit(1)
}
