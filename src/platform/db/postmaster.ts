import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** The server that says it runs on a cluster; it writes its process and its port into postmaster.pid. */
export type Postmaster = { pid: number; port: number }

const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid')

/** The server that runs on this cluster; undefined when there is none, whatever a killed one left behind. */
export function postmasterOf(cluster: string): Postmaster | undefined {
  try {
    const [pid, , , port] = readFileSync(pidFile(cluster), 'utf8').split('\n')
    const said = { pid: Number(pid), port: Number(port) }
    return said.pid > 0 && said.port > 0 && runsOn(said.pid, cluster) ? said : undefined
  } catch {
    return undefined
  }
}

/**
 * After a kill the number of the process may by now be another program's, and PostgreSQL would then wait for that to end. What runs on the
 * cluster's memory is no longer recognised by this file alone: PostgreSQL itself refuses to start beside processes of its predecessor.
 */
export function forgetKilled(cluster: string, socketDir: string | undefined): void {
  if (postmasterOf(cluster)) return
  rmSync(pidFile(cluster), { force: true })
  if (socketDir) rmSync(join(socketDir, '.s.PGSQL.5432.lock'), { force: true })
}

/** Whether a process lives and, on a system that tells, runs on this cluster. */
export function runsOn(pid: number, cluster: string): boolean {
  if (existsSync('/proc/self')) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster)
    } catch {
      return false
    }
  }
  try {
    process.kill(pid, 0)
    return true
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Waits for a server of which only the number is known. It keeps no process alive. */
export async function ended({ pid }: Postmaster, cluster: string): Promise<void> {
  while (runsOn(pid, cluster)) await pause(250, undefined, { ref: false })
}

/** Whether the server takes connections; one that still recovers does not. */
export async function answers(url: string): Promise<boolean> {
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
