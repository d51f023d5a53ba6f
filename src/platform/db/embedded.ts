import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Unavailable } from '../errors.ts'
import { type Binaries, type RunAs, reachableBinaries, unprivilegedUser } from './binaries.ts'
import { answers, ended, forgetKilled, postmasterOf, runsOn } from './postmaster.ts'

/** A running PostgreSQL of our own. `url` signs in as its superuser; `wasRunning`: another process had started it; `stop` ends it. */
export type EmbeddedPostgres = { url: string; wasRunning: boolean; stop(): Promise<void> }

type Log = (entry: Record<string, unknown>) => void

const enoughDisk = 200 * 1024 * 1024
/** Replaying what was written before a kill takes as long as there is of it. */
const longestRecovery = 15 * 60_000
/** Processes of a killed server may take a while to notice; until the last has gone the next cannot start. */
const longestLeaving = 60_000
const leavingPause = 200

/**
 * Starts the PostgreSQL that comes from npm on `dataDir`, creating the database cluster the first time. One that was left running by a process
 * that died is used as it is. On a system with sockets it listens on a socket only, never on the network.
 * @param durable false only in tests, where nothing needs to survive a power cut. `log`: for whoever wants it started again whenever it ends by
 * itself, and is told so.
 * @throws Unavailable with a sentence that says what to do.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  password: string,
  { durable = true, log }: { durable?: boolean; log?: Log | undefined } = {},
): Promise<EmbeddedPostgres> {
  mustHaveDisk(dataDir)
  const runAs = unprivilegedUser()
  const cluster = clusterFolder(dataDir, runAs)
  const binaries = await reachableBinaries(runAs)
  const socketDir = process.platform === 'win32' ? undefined : socketFolder(dataDir, runAs)
  if (!existsSync(join(cluster, 'PG_VERSION'))) createCluster(binaries, cluster, password, runAs)
  const port = socketDir ? 5432 : (postmasterOf(cluster)?.port ?? (await freePort()))
  const url = urlOf(socketDir, port, password)
  const said = join(dataDir, 'postgres.log')
  const server = { binaries, cluster, runAs, socketDir, port, url, said, durable }
  const first = await serve(server)
  let stopping = false
  let starting: Promise<unknown> | undefined
  const keepUp = async (log: Log) => {
    for (let running: Served = first; ; ) {
      await running.over
      if (stopping) return
      log({ level: 'error', at: 'database', event: 'ended by itself and is started again' })
      const again = serve(server).catch((problem: Error): Served => {
        log({ level: 'error', at: 'database', event: 'did not start', why: problem.message })
        return { over: pause(1000, undefined, { ref: false }), wasRunning: false }
      })
      starting = again
      running = await again
    }
  }
  if (log) void keepUp(log)
  return {
    url,
    wasRunning: first.wasRunning,
    stop: async () => {
      stopping = true
      await starting
      await stopServer(binaries, cluster, runAs)
    },
  }
}

/** A server that takes connections: when it has ended, and whether another process had started it. */
type Served = { over: Promise<unknown>; wasRunning: boolean }

type Server = {
  binaries: Binaries
  cluster: string
  runAs: RunAs
  socketDir: string | undefined
  port: number
  url: string
  said: string
  durable: boolean
}
/** One that was left running is waited for while it recovers. */
async function serve(server: Server): Promise<Served> {
  const { cluster, socketDir, url, said } = server
  const left = postmasterOf(cluster)
  if (left && (await untilAnswers(url, () => runsOn(left.pid, cluster))))
    return { over: ended(left, cluster), wasRunning: true }
  for (let tries = 1; ; tries++) {
    forgetKilled(cluster, socketDir)
    const child = spawnServer(server)
    const over = new Promise((done) => child.once('exit', done).once('error', done))
    if (await untilAnswers(url, () => child.exitCode === null && child.signalCode === null)) {
      child.unref()
      return { over, wasRunning: false }
    }
    const words = readFileSync(said, 'utf8').trim()
    const isLeaving = /pre-existing shared memory block|lock file ".*" already exists/.test(words)
    if (!isLeaving || tries * leavingPause > longestLeaving)
      throw new Unavailable(`The database did not start: ${words.split('\n').at(-1) || 'it gave no reason'}`)
    await pause(leavingPause)
  }
}

function spawnServer({ binaries, cluster, runAs, socketDir, port, said, durable }: Server): ChildProcess {
  const log = openSync(said, 'w')
  const child = spawn(
    binaries.postgres,
    ['-D', cluster, '-p', String(port), ...serverOptions(socketDir, durable)],
    { ...runAs, cwd: cluster, stdio: ['ignore', 'ignore', log], detached: true },
  )
  closeSync(log)
  return child
}

/** Whether it answers before it is gone. */
async function untilAnswers(url: string, isThere: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < longestRecovery && isThere(); waited += 50) {
    if (await answers(url)) return true
    await pause(50)
  }
  return false
}

function serverOptions(socketDir: string | undefined, durable: boolean): string[] {
  const sharedBuffers = Math.max(64, Math.min(2048, Math.floor(totalmem() / 8 / 1024 / 1024)))
  const options: Record<string, string | number> = {
    shared_buffers: `${sharedBuffers}MB`,
    max_connections: 200,
    // Waiting statements of forgotten clients must not keep locks on a record.
    idle_in_transaction_session_timeout: '60s',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    jit: 'off',
    listen_addresses: socketDir ? '' : '127.0.0.1',
    log_min_messages: 'fatal',
    // A statement in the log would carry what was searched for.
    log_min_error_statement: 'panic',
    ...(socketDir ? { unix_socket_directories: socketDir } : {}),
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function urlOf(socketDir: string | undefined, port: number, password: string): string {
  const where = socketDir
    ? `localhost:${port}/postgres?host=${encodeURIComponent(socketDir)}`
    : `127.0.0.1:${port}/postgres`
  return `postgresql://postgres:${encodeURIComponent(password)}@${where}`
}

/**
 * The database's own folder, in the data folder. As root, that may lie where the other user cannot pass (such as /root); then it is one in
 * the system's folder for such things, named after the data folder so that a second start finds it again.
 */
function clusterFolder(dataDir: string, runAs: RunAs): string {
  if (runAs.uid === undefined || canPass(dataDir, runAs)) return join(dataDir, 'postgres')
  const elsewhere = join(
    '/var/lib/golden-thread',
    createHash('sha256').update(dataDir).digest('hex').slice(0, 16),
  )
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 })
  return join(elsewhere, 'postgres')
}

/** Where the files of a place's database are, and whom they belong to. */
export function clusterPlace(dataDir: string): { cluster: string; owner: RunAs } {
  const owner = unprivilegedUser()
  return { cluster: clusterFolder(dataDir, owner), owner }
}

function canPass(folder: string, runAs: RunAs): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...runAs, cwd: '/', stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function mustHaveDisk(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true })
    const disk = statfsSync(dataDir)
    if (disk.bavail * disk.bsize >= enoughDisk) return
  } catch (problem) {
    throw new Unavailable(
      `The data folder ${dataDir} cannot be used (${(problem as NodeJS.ErrnoException).code}). Set DATA_DIR to a folder that can be written.`,
    )
  }
  throw new Unavailable(
    `The disk of ${dataDir} has less than 200 MB left. Free some space, or set DATA_DIR to another disk.`,
  )
}

/** A socket's path may have 107 bytes at most, so it lies in the system's temporary folder, one for each data folder. */
function socketFolder(dataDir: string, runAs: RunAs): string {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const folder = join(tmpdir(), `golden-thread-${name}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (runAs.uid !== undefined && runAs.gid !== undefined) chownSync(folder, runAs.uid, runAs.gid)
  return folder
}

/** It gets its name when it is whole: one that was killed while it was being made is made anew. */
function createCluster(binaries: Binaries, cluster: string, password: string, runAs: RunAs): void {
  const passwordFile = join(dirname(cluster), '.first-password')
  const unfinished = `${cluster}.new`
  try {
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(unfinished, { recursive: true, mode: 0o700 })
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    if (runAs.uid !== undefined && runAs.gid !== undefined) {
      chownSync(unfinished, runAs.uid, runAs.gid)
      chownSync(passwordFile, runAs.uid, runAs.gid)
    }
    const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
    const args = [
      `--pgdata=${unfinished}`,
      '--auth=scram-sha-256',
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      ...locale,
    ]
    execFileSync(binaries.initdb, args, { ...runAs, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
    renameSync(unfinished, cluster)
  } catch (problem) {
    const said =
      (problem as { stderr?: Buffer }).stderr?.toString().trim().split('\n').at(-1) ?? String(problem)
    throw new Unavailable(`The database could not be created in ${cluster}: ${said}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

async function stopServer(binaries: Binaries, cluster: string, runAs: RunAs): Promise<void> {
  await new Promise<void>((done) => {
    const stop = spawn(binaries.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w'], {
      ...runAs,
      cwd: '/',
      stdio: 'ignore',
    })
    stop.on('exit', () => done())
    stop.on('error', () => done())
  })
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer()
    server.on('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object'
          ? found(address.port)
          : failed(new Unavailable('No free port.')),
      )
    })
  })
}
