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
    await hideWhatIsFilled(postgres.url)
    return await typesOf(postgres.url)
  } finally {
    await postgres.remove()
  }
}

/**
 * While a version of a view is filled, both its table and the one before may be what is read: a query may use only what they share. So what
 * goes is taken away before the types are made, and the table that nothing reads yet as well.
 */
export async function hideWhatIsFilled(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  try {
    const { rows } = await owner.query<{ statement: string }>(`
      select format('alter table record.%I drop column %I', 'v_' || v.view, a.attname) as statement
      from record.view_version v join pg_attribute a on a.attrelid = to_regclass('record.v_' || v.view) and a.attnum > 0
      where v.state = 'filling' and not exists (
        select from pg_attribute other where other.attname = a.attname
          and other.attrelid = to_regclass('record.' || record.view_table(v.view, v.version, v.state)))
      union all
      select format('drop table record.%I', record.view_table(v.view, v.version, v.state)) from record.view_version v where v.state = 'filling'`)
    for (const { statement } of rows) await owner.query(statement)
  } finally {
    await owner.end()
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
