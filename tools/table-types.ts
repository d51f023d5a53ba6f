import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import { generate, PostgresDialect as IntrospectedPostgres } from 'kysely-codegen'
import pg from 'pg'
import { migrate } from '../src/platform/db/index.ts'
import { temporaryPostgres } from './temporary-postgres.ts'
import { root } from './tree.ts'

/** Where the generated types stand. */
export const tableTypesFile = 'src/platform/db/tables.generated.ts'

/** The tables of an empty database with every migration, as TypeScript. */
export async function tableTypes(): Promise<string> {
  const postgres = await temporaryPostgres()
  try {
    await migrate(postgres.url, join(root, 'migrations'), 'unused')
    return await typesOf(postgres.url)
  } finally {
    await postgres.remove()
  }
}

async function typesOf(url: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: url })
  // The server stops while the last connection is still saying goodbye.
  pool.on('error', () => undefined)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    return await generate({
      db,
      dialect: new IntrospectedPostgres({ dateParser: 'string' }),
      // What the job runner and the migrations keep for themselves is no business of a query.
      excludePattern: '{graphile_worker,public}.*',
      // The pool reads int8 as a number (src/platform/db/database.ts).
      typeMapping: { int8: 'number' },
      outFile: null,
    })
  } finally {
    await db.destroy()
  }
}
