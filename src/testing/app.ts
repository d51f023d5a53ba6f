import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Place, Scope } from '../access/index.ts'
import { type Running, startApp } from '../app.ts'
import { type Clock, type Config, type Keeper, systemClock } from '../platform/index.ts'
import { type FreshDatabase, freshDatabase } from './index.ts'

export type TestApp = FreshDatabase & {
  base: string
  mllpPort: number
  filesDir: string
  running: Running
  logged: Record<string, unknown>[]
}

/** The whole product on free ports and a database of its own: web, FHIR API, issuer, listener and worker. */
export async function testApp(
  clock: Clock = systemClock,
  rules?: (keeper: Keeper<Scope>) => Keeper<Scope>,
  change: { place?: (place: Place) => Place; config?: Partial<Config> } = {},
): Promise<TestApp> {
  const empty = await freshDatabase(10)
  const fresh = { ...empty, place: change.place?.(empty.place) ?? empty.place }
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-thread-app-'))
  const logged: Record<string, unknown>[] = []
  const config: Config = {
    port: 0,
    mllpPort: 0,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: undefined,
    place: 'rotherham',
    publicUrl: undefined,
    issuer: undefined,
    scanCommand: undefined,
    filesDir: join(dataDir, 'drop'),
    metricsToken: 'a-token-for-tests',
    ...change.config,
  }
  const running = await startApp({
    config,
    place: fresh.place,
    database: fresh.database,
    clock,
    log: (entry) => logged.push(entry),
    ...(rules ? { rules } : {}),
  })
  return {
    ...fresh,
    base: running.publicUrl,
    mllpPort: running.mllpPort,
    filesDir: config.filesDir,
    running,
    logged,
    close: async () => {
      await running.stop()
      await fresh.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
