import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Unavailable } from '../errors.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts'

/** The place's database: its own server, or the embedded one, started if it does not run. `url` signs in as whoever may migrate it. */
export async function placeDatabase(config: {
  databaseUrl: string | undefined
  dataDir: string
}): Promise<EmbeddedPostgres> {
  if (config.databaseUrl) return { url: config.databaseUrl, wasRunning: true, stop: async () => undefined }
  return startEmbeddedPostgres(config.dataDir, secretOf(config.dataDir))
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
function secretOf(dataDir: string): string {
  const path = join(dataDir, 'secret')
  if (existsSync(path)) return readFileSync(path, 'utf8')
  const secret = randomBytes(24).toString('base64url')
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(path, secret, { mode: 0o600 })
  } catch (problem) {
    throw new Unavailable(
      `The data folder ${dataDir} cannot be written (${(problem as NodeJS.ErrnoException).code}). Set DATA_DIR to a folder that can.`,
    )
  }
  return secret
}
