import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../src/platform/db/index.ts'

export type TemporaryPostgres = { url: string; remove(): Promise<void> }

const prefix = 'golden-thread-tmp-'

/** An empty PostgreSQL that nothing outlives: its folder and its socket go when it is removed. */
export async function temporaryPostgres(): Promise<TemporaryPostgres> {
  sweep()
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  // Started by root, the database runs as somebody else, who must be able to pass through.
  chmodSync(folder, 0o755)
  try {
    const { url, stop } = await startEmbeddedPostgres(folder, 'temporary', false)
    const socket = new URL(url).searchParams.get('host')
    return {
      url,
      remove: async () => {
        await stop()
        for (const each of [folder, socket]) if (each) rmSync(each, { recursive: true, force: true })
      },
    }
  } catch (problem) {
    rmSync(folder, { recursive: true, force: true })
    throw problem
  }
}

/** A run that was killed leaves its database behind. PostgreSQL stops by itself, within a minute, when its folder has gone. */
function sweep(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(prefix))) {
    const owner = Number(name.slice(prefix.length).split('-')[0])
    if (Number.isInteger(owner) && owner > 0 && !isAlive(owner))
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  if (existsSync('/proc')) return existsSync(`/proc/${pid}`)
  try {
    process.kill(pid, 0)
    return true
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code === 'EPERM'
  }
}
