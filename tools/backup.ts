import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemClock, Unavailable } from '../src/platform/index.ts'
import { takeBackup } from './backup/take.ts'
import { asTool, onPlace } from './place.ts'

// npm run backup -- FOLDER|FILE: takes a backup of a place on its embedded database, whether it runs or not.
await asTool(async () => {
  const given = process.argv[2]
  if (!given)
    throw new Unavailable(
      'Say where the backup goes: a folder or a file. For example: npm run backup -- /backups',
    )
  return onPlace(async ({ config, ownerUrl }) => {
    if (config.databaseUrl)
      throw new Unavailable(
        'This place has its own PostgreSQL server (DATABASE_URL), which is backed up by its own means: see docs/deploy.md.',
      )
    const name = `golden-thread-${systemClock.now().toISOString().slice(0, 19).replaceAll(':', '')}Z.tar.zst`
    const isFolder = existsSync(given) && statSync(given).isDirectory()
    const file = resolve(isFolder ? join(given, name) : given)
    if (existsSync(file)) throw new Unavailable(`${file} is there already.`)
    await takeBackup({ ...config, ownerUrl }, file)
    console.log(`The backup is ${file}, ${Math.ceil(statSync(file).size / 1024 / 1024)} MB.`)
    console.log(
      'It is not encrypted and holds people’s records and the place’s keys. Keep it as you keep those.',
    )
    return 0
  })
})
