import { startEmbeddedPostgres } from './platform/db/embedded.ts'
import { migrate } from './platform/db/migrate.ts'
const pg = await startEmbeddedPostgres('/tmp/gtdata', 'pw', true)
console.log(pg.url)
await migrate(pg.url, '/work/main/migrations', 'apppw')
console.log('ok'); (await import('node:fs')).writeFileSync('/tmp/pgurl', pg.url)
if (process.argv[2] === 'stop') await pg.stop()
process.exit(0)
