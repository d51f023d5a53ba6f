import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Unavailable } from '../errors.ts'
import { type Binaries, type RunAs, reachableBinaries, unprivilegedUser } from './binaries.ts'

/** A running PostgreSQL of our own. `url` signs in as its superuser; `wasRunning`: another process had started it. */
export type EmbeddedPostgres = { url: string; wasRunning: boolean; stop(): Promise<void> }

const enoughDisk = 200 * 1024 * 1024

/**
 * Starts the PostgreSQL that comes from npm on `dataDir`, creating the database cluster the first time. One that was left running by
 * a process that died is used as it is. On a system with sockets it listens on a socket only, never on the network.
 * @param durable false only in tests, where nothing needs to survive a power cut.
 * @throws Unavailable with a sentence that says what to do.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  password: string,
  durable = true,
): Promise<EmbeddedPostgres> {
  mustHaveDisk(dataDir)
  const runAs = unprivilegedUser()
  const cluster = clusterFolder(dataDir, runAs)
  const binaries = await reachableBinaries(runAs)
  const socketDir = process.platform === 'win32' ? undefined : socketFolder(dataDir, runAs)
  if (!existsSync(join(cluster, 'PG_VERSION'))) createCluster(binaries, cluster, password, runAs)
  const running = runningPort(cluster)
  if (running !== undefined) {
    const url = urlOf(socketDir, running, password)
    if (await answers(url)) return { url, wasRunning: true, stop: () => stopServer(binaries, cluster, runAs) }
  }
  const port = socketDir ? 5432 : await freePort()
  const url = urlOf(socketDir, port, password)
  const said = join(dataDir, 'postgres.log')
  const log = openSync(said, 'w')
  const server = spawn(
    binaries.postgres,
    ['-D', cluster, '-p', String(port), ...serverOptions(socketDir, durable)],
    {
      ...runAs,
      cwd: cluster,
      stdio: ['ignore', 'ignore', log],
      detached: true,
    },
  )
  closeSync(log)
  await untilReady(server, url, said)
  server.unref()
  return { url, wasRunning: false, stop: () => stopServer(binaries, cluster, runAs) }
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

function createCluster(binaries: Binaries, cluster: string, password: string, runAs: RunAs): void {
  const passwordFile = join(dirname(cluster), '.first-password')
  try {
    mkdirSync(cluster, { recursive: true, mode: 0o700 })
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    if (runAs.uid !== undefined && runAs.gid !== undefined) {
      chownSync(cluster, runAs.uid, runAs.gid)
      chownSync(passwordFile, runAs.uid, runAs.gid)
    }
    const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
    const args = [
      `--pgdata=${cluster}`,
      '--auth=scram-sha-256',
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      ...locale,
    ]
    execFileSync(binaries.initdb, args, { ...runAs, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (problem) {
    const said =
      (problem as { stderr?: Buffer }).stderr?.toString().trim().split('\n').at(-1) ?? String(problem)
    throw new Unavailable(`The database could not be created in ${cluster}: ${said}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** The port of a server that says it is running on this cluster; postmaster.pid holds it on its fourth line. */
function runningPort(cluster: string): number | undefined {
  try {
    return Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]) || undefined
  } catch {
    return undefined
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function untilReady(server: ChildProcess, url: string, log: string): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Unavailable(
        `The database did not start: ${readFileSync(log, 'utf8').trim().split('\n').at(-1) || 'it gave no reason'}`,
      )
    }
    if (await answers(url)) return
    await pause(50)
  }
  throw new Unavailable('The database did not start within a minute.')
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
