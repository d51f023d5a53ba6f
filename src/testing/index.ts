import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { inject } from 'vitest'
import { type Place, readPlace } from '../access/index.ts'
import { type Database, openDatabase } from '../platform/index.ts'
import { templateName, testPassword, urlOf } from './cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Signs in as the superuser of the tests' cluster. */
    clusterUrl: string
  }
}

export type FreshDatabase = {
  /** As the application sees it: signed in as gt_app. */
  database: Database
  /** Signs in as the superuser, whom no policy stops: to plant and to look, never to prove who may see what. */
  ownerUrl: string
  place: Place
  close(): Promise<void>
}

/**
 * A database of the test's own, migrated and empty. Close it when the test is done.
 * @param poolSize connections, 5 unless told: workers share one cluster
 */
export async function freshDatabase(poolSize = 5): Promise<FreshDatabase> {
  const cluster = inject('clusterUrl')
  const name = `gt_test_${randomBytes(8).toString('hex')}`
  await onCluster(cluster, `create database ${name} template ${templateName}`)
  const ownerUrl = urlOf(cluster, name)
  const database = openDatabase(urlOf(cluster, name, 'gt_app', testPassword), poolSize)
  return {
    database,
    ownerUrl,
    place: readPlace(fileURLToPath(new URL('../../places/rotherham', import.meta.url))),
    close: async () => {
      await database.close()
      await onCluster(cluster, `drop database if exists ${name} with (force)`)
    },
  }
}

async function onCluster(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
