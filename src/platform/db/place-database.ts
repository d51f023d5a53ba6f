import { createHmac, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Unavailable } from '../errors.ts'
import { madeOnce } from '../made-once.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts'

/**
 * The place's database: its own server, or the embedded one, started if it does not run. `url` signs in as whoever may migrate it.
 * @param log for whoever keeps the embedded one running
 */
export async function placeDatabase(
  config: { databaseUrl: string | undefined; dataDir: string },
  log?: (entry: Record<string, unknown>) => void,
): Promise<EmbeddedPostgres> {
  if (config.databaseUrl) return { url: config.databaseUrl, wasRunning: true, stop: async () => undefined }
  return startEmbeddedPostgres(config.dataDir, await secretOf(config.dataDir), { log })
}

/**
 * The application signs in as gt_app, which owns nothing. Its password is made from the owner's, so that every process of the place has the
 * same one, by whatever name it reaches the server.
 */
export function appSignIn(ownerUrl: string): { url: string; password: string } {
  const url = new URL(ownerUrl)
  const password = createHmac('sha256', `${url.username}:${url.password}`)
    .update('gt_app')
    .digest('base64url')
  url.username = 'gt_app'
  url.password = password
  return { url: url.href, password }
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
