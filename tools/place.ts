import pg from 'pg'
import { placeDatabase, readConfig, Unavailable } from '../src/platform/index.ts'

type Config = ReturnType<typeof readConfig>

/**
 * Runs a tool on the place's database, whether the product runs or not. The embedded one, if it had to be started, is stopped again, unless
 * somebody else uses it by then.
 */
export async function onPlace<Result>(
  work: (place: { config: Config; ownerUrl: string }) => Promise<Result>,
  config = readConfig(),
): Promise<Result> {
  const database = await placeDatabase(config)
  try {
    return await work({ config, ownerUrl: database.url })
  } finally {
    if (!database.wasRunning && !(await isUsed(database.url))) await database.stop()
  }
}

async function isUsed(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query(
      "select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    )
    return rows.length > 0
  } finally {
    await client.end()
  }
}

/** Ends the process with the code that `work` gives; what stops it is said in a sentence, and ends it with 2. */
export async function asTool(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work()
  } catch (problem) {
    console.error(problem instanceof Unavailable ? problem.message : problem)
    process.exitCode = 2
  }
}
