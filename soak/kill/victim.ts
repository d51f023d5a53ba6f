import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Home, launch, newHome, ownerUrlOf } from '../../benches/product.ts'
import { migrate, placeDatabase } from '../../src/platform/index.ts'
import { migrationsFolder, testPassword } from '../../src/testing/cluster.ts'
import { oneOf } from '../random.ts'
import { fillDisk, mountSmallDisk, stormOf, unmount } from './harms.ts'

/** The ways in which it is ended, each as a power cut, an operator or the system's memory killer would. */
export const kills = [
  'server SIGKILL',
  'server SIGKILL while it starts',
  'server SIGTERM',
  'database immediate stop',
  'database SIGKILL of one process',
  'database SIGKILL of the postmaster',
  'database SIGKILL of all processes',
  'everything SIGKILL',
] as const
/** Other things that happen to a place. A full disk needs one that is small. */
export const fullDisk = ['disk full', 'disk full, then everything SIGKILL'] as const
export const storms = ['storm of connections'] as const
export type Kill = (typeof kills | typeof fullDisk | typeof storms)[number]

/** The product in a folder of its own, which `npm start` alone must bring back. */
export type Victim = Awaited<ReturnType<typeof openVictim>>

export async function openVictim(onSmallDisk = false) {
  const home = await newHome()
  if (onSmallDisk) mountSmallDisk(home.dataDir)
  await withNobodyIn(home)
  const ownerUrl = ownerUrlOf(home)
  let running = launch(home)
  await running.ready
  const base = `http://localhost:${home.port}`

  const start = async () => {
    running = launch(home)
    await running.ready
  }
  const ways: Record<Kill, (random: () => number) => Promise<void>> = {
    'server SIGKILL': async () => {
      await end(running.child, 'SIGKILL')
      await start()
    },
    'server SIGKILL while it starts': async (random) => {
      await end(running.child, 'SIGKILL')
      const half = launch(home)
      await Promise.race([pause(random() * 1500), half.ready.catch(() => undefined)])
      await end(half.child, 'SIGKILL')
      await start()
    },
    'server SIGTERM': async () => {
      await end(running.child, 'SIGTERM')
      await start()
    },
    'database immediate stop': async () => signal([postmaster(home)], 'SIGQUIT'),
    'database SIGKILL of one process': async (random) => {
      const some = processesOf(home).filter((pid) => pid !== postmaster(home))
      if (some.length > 0) await signal([oneOf(random, some)], 'SIGKILL')
    },
    'database SIGKILL of the postmaster': async () => signal([postmaster(home)], 'SIGKILL'),
    'database SIGKILL of all processes': async () => signal(processesOf(home), 'SIGKILL'),
    'disk full': (random) => fillDisk(home.dataDir, 500 + random() * 2000),
    'disk full, then everything SIGKILL': async (random) => {
      await fillDisk(home.dataDir, 500 + random() * 1000)
      await ways['everything SIGKILL'](random)
    },
    'storm of connections': (random) => stormOf(3000, [home.port, home.mllpPort], random),
    'everything SIGKILL': async () => {
      const over = end(running.child, 'SIGKILL')
      await signal(processesOf(home), 'SIGKILL')
      await over
      await start()
    },
  }
  return {
    base,
    mllpPort: home.mllpPort,
    ownerUrl,
    dataDir: home.dataDir,
    pid: () => running.child.pid,
    /** Ends it in one way and waits until it answers again. @throws when it does not within a minute */
    async kill(how: Kill, random: () => number): Promise<void> {
      await ways[how](random)
      if (await isHealthy(base)) return
      const { exitCode, signalCode } = running.child
      throw new Error(
        `After “${how}” it did not answer within a minute (ended: ${exitCode ?? signalCode ?? 'no'}): ${running.said()}`,
      )
    },
    async close(): Promise<void> {
      await end(running.child, 'SIGTERM')
      await signal(processesOf(home), 'SIGKILL')
      if (onSmallDisk) unmount(home.dataDir)
      for (const each of [home.dataDir, home.socketDir])
        rmSync(each, { recursive: true, force: true, maxRetries: 20 })
    },
  }
}

async function end(child: ChildProcess, how: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const over = new Promise((done) => child.once('exit', done))
  child.kill(how)
  await over
}

/** A place that has been migrated, and holds nobody: inventing its residents would take longer than all the kills. */
async function withNobodyIn(home: Home): Promise<void> {
  const postgres = await placeDatabase({ databaseUrl: undefined, dataDir: home.dataDir })
  await migrate(postgres.url, migrationsFolder, testPassword)
  const owner = new pg.Client({ connectionString: postgres.url })
  await owner.connect()
  await owner.query("insert into platform.demonstration (invented_as_of, loaded) values ('2026-06-16', true)")
  await owner.end()
  await postgres.stop()
}

async function isHealthy(base: string): Promise<boolean> {
  for (let tries = 0; tries < 1200; tries++) {
    const answer = await fetch(`${base}/health`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined)
    await answer?.arrayBuffer().catch(() => undefined)
    if (answer?.ok) return true
    await pause(50)
  }
  return false
}

const clusterOf = (home: Home) => join(home.dataDir, 'postgres')

function postmaster(home: Home): number {
  try {
    return Number(readFileSync(join(clusterOf(home), 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return 0
  }
}

/** Every process that works in the cluster's folder, as all of PostgreSQL's do. */
function processesOf(home: Home): number[] {
  const cluster = clusterOf(home)
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && workingFolder(pid) === cluster)
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

/** Resolves when all of them have gone, so that nothing that answers afterwards was there before. */
async function signal(pids: number[], name: NodeJS.Signals): Promise<void> {
  const those = pids.filter((pid) => pid > 0 && sent(pid, name))
  for (let tries = 0; tries < 500 && those.some(isThere); tries++) await pause(10)
}

function sent(pid: number, what: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, what)
  } catch {
    return false
  }
}

/** One that has ended and waits to be fetched by its parent has no command line. */
function isThere(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''
  } catch {
    return false
  }
}

/** It finds the processes of a database by their folder, which only Linux tells. */
export const canKill = existsSync('/proc/self/cwd')
