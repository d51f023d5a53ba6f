import { chmodSync, rmSync } from 'node:fs'
import { startEmbeddedPostgres } from '../src/platform/db/index.ts'
import { removeLeftBehind, temporaryFolder } from './left-behind.ts'

export type TemporaryPostgres = { url: string; remove(): Promise<void> }

/** An empty PostgreSQL that nothing outlives: its folder and its socket go when it is removed. */
export async function temporaryPostgres(): Promise<TemporaryPostgres> {
  removeLeftBehind()
  const folder = temporaryFolder()
  // Started by root, the database runs as somebody else, who must be able to pass through.
  chmodSync(folder, 0o755)
  try {
    const { url, stop } = await startEmbeddedPostgres(folder, 'temporary', { durable: false })
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
