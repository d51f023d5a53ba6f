export { type Database, type Db, openDatabase, type Settings } from './database.ts'
export { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts'
export { jobSchema, migrate } from './migrate.ts'
export type { DB } from './tables.generated.ts'
