import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const prefix = 'golden-thread-tmp-'

/** A folder for a database of this process, named so that another can tell when this one has gone. */
export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))

/** Stops and removes the databases of processes that were killed before they could. */
export function removeLeftBehind(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(prefix))) {
    const owner = Number(name.slice(prefix.length).split('-')[0])
    if (!(owner > 0) || isAlive(owner)) continue
    const folder = join(tmpdir(), name)
    stopServer(join(folder, 'postgres'))
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

/** Only a process that runs on this very folder is told to end; elsewhere PostgreSQL ends by itself, soon after its folder has gone. */
function stopServer(cluster: string): void {
  try {
    const pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster))
      process.kill(pid, 'SIGQUIT')
  } catch {
    // No server, or a system that does not say what its processes run.
  }
}

function isAlive(pid: number): boolean {
  if (existsSync('/proc/self')) return existsSync(`/proc/${pid}`)
  try {
    process.kill(pid, 0)
    return true
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code === 'EPERM'
  }
}
