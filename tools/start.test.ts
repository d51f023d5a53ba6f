import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TemporaryPostgres, temporaryPostgres } from './temporary-postgres.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders: string[] = []
// A cluster of their own: a start gives gt_app a new password, and roles belong to the whole cluster.
let cluster: TemporaryPostgres
beforeAll(async () => {
  cluster = await temporaryPostgres()
})
afterAll(async () => {
  await cluster.remove()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Starts the product as `npm start` does and waits for its end; what it said on its error output. */
function start(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'golden-thread-start-'))
  folders.push(folder)
  return new Promise((done) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
      cwd: root,
      env: {
        PATH: process.env['PATH'] ?? '',
        DATA_DIR: join(folder, 'data'),
        PORT: '0',
        MLLP_PORT: '0',
        ...env,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.on('exit', (code) => done({ code, said }))
  })
}

describe('what stops a start is said in a sentence', () => {
  test.each([
    ['a port that is no number', { PORT: 'abc' }, /PORT/],
    ['a place that does not exist', { PLACE: 'nowhere' }, /places.nowhere/],
    [
      'a data folder that cannot be',
      { DATA_DIR: '/dev/null/data' },
      /The data folder \/dev\/null\/data cannot be/,
    ],
    [
      'a database that is no address',
      { DATABASE_URL: 'mysql://x' },
      /DATABASE_URL must start with postgresql/,
    ],
    [
      'a database that nobody answers for',
      { DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/x' },
      /The database of DATABASE_URL cannot be reached/,
    ],
  ])('%s', async (_words, env, sentence) => {
    const { code, said } = await start(env)
    expect(code).toBe(1)
    expect(said).toMatch(/Golden Thread cannot start\. /)
    expect(said).toMatch(sentence)
    expect(said).not.toMatch(/\n\s+at /)
  })

  test('a database that refuses the password, without repeating it', async () => {
    const url = new URL(cluster.url)
    url.password = 'wrong-password'
    const { code, said } = await start({ DATABASE_URL: url.href })
    expect(code).toBe(1)
    expect(said).toMatch(/cannot be reached: .*password authentication failed/)
    expect(said).not.toContain('wrong-password')
  })

  test.each(['PORT', 'MLLP_PORT'])('%s in use', async (setting) => {
    const other = createServer()
    const port = await new Promise<number>((found) =>
      other.listen(0, '127.0.0.1', () => found((other.address() as { port: number }).port)),
    )
    const { code, said } = await start({ DATABASE_URL: cluster.url, [setting]: String(port) })
    other.close()
    expect(code).toBe(1)
    expect(said).toContain(`Port ${port} is in use. Stop what uses it, or set ${setting} to another port.`)
  })
})
