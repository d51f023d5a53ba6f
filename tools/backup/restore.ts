import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { clusterPlace } from '../../src/platform/db/index.ts'
import { systemClock, Unavailable } from '../../src/platform/index.ts'
import { checkedBackup, type Manifest, part } from './manifest.ts'
import type { Entry, Taking } from './tar.ts'

type Into = { dataDir: string; filesDir: string }

/**
 * Puts a backup where a place keeps its data. The whole backup is checked first. What stands there already is refused, or with `aside` moved to
 * a folder beside it; nothing is ever deleted.
 * @throws Unavailable
 */
export async function restoreBackup(
  file: string,
  { dataDir, filesDir }: Into,
  aside: boolean,
  say: (words: string) => void,
): Promise<Manifest> {
  if (!existsSync(file)) throw new Unavailable(`There is no backup ${file}.`)
  say(`Checking ${file}.`)
  const manifest = await checkedBackup(file)
  mkdirSync(dataDir, { recursive: true })
  const { cluster, owner } = clusterPlace(dataDir)
  makeRoom(dataDir, cluster, aside, say)
  // Under another name until it is whole.
  const inside = cluster.startsWith(`${dataDir}/`)
  const data = `${dataDir}.restoring`
  const database = inside ? join(data, cluster.slice(dataDir.length + 1)) : `${cluster}.restoring`
  for (const each of [data, database]) rmSync(each, { recursive: true, force: true })
  const at = (path: string): string | undefined => {
    if (path.startsWith(part.database)) return join(database, path.slice(part.database.length))
    if (path.startsWith(part.data)) return join(data, path.slice(part.data.length))
    if (path.startsWith(part.files)) return join(filesDir, path.slice(part.files.length))
    return undefined
  }
  say('Restoring.')
  // As a start makes it: where root started the product, the database's own user must be able to pass.
  mkdirSync(data, { recursive: true })
  mkdirSync(database, { recursive: true, mode: 0o700 })
  give(database, owner)
  await checkedBackup(file, (entry) => {
    const path = at(entry.path)
    return path === undefined ? undefined : put(entry, path, path.startsWith(database) ? owner : undefined)
  })
  if (!inside) renameSync(database, cluster)
  rmSync(dataDir, { recursive: true, force: true })
  renameSync(data, dataDir)
  if (clusterPlace(dataDir).cluster !== cluster)
    throw new Unavailable(`The database’s user cannot pass through ${dataDir}: see who may.`)
  return manifest
}

function makeRoom(dataDir: string, cluster: string, aside: boolean, say: (words: string) => void): void {
  if (existsSync(join(cluster, 'postmaster.pid')))
    throw new Unavailable(`A database runs in ${cluster}, or did not end well. Stop the product first.`)
  const moment = systemClock.now().toISOString().replace(/[:.]/g, '-')
  for (const folder of new Set([cluster, dataDir])) {
    if (!existsSync(folder) || readdirSync(folder).length === 0) continue
    if (!aside)
      throw new Unavailable(
        `${folder} is not empty. Set DATA_DIR to an empty folder, or add --aside: what is there is then moved to a folder beside it.`,
      )
    renameSync(folder, `${folder}.before-${moment}`)
    say(`What was in ${folder} is now in ${folder}.before-${moment}.`)
  }
  mkdirSync(dataDir, { recursive: true })
}

type Owner = { uid?: number; gid?: number }

/** As root, the database's files belong to whom it runs as. */
function give(path: string, { uid, gid }: Owner): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

async function put({ path: name, folder }: Entry, path: string, owner: Owner = {}): Promise<Taking> {
  if (name.split('/').includes('..'))
    throw new Unavailable(`The backup holds ${name}, which lies outside it.`)
  const home = folder ? path : dirname(path)
  if (!existsSync(home)) {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    give(home, owner)
  }
  if (folder) return { write: () => undefined, end: () => undefined }
  // Never through a link, and never over a file that is there.
  if (existsSync(path)) throw new Unavailable(`${path} is there already.`)
  const file = await open(path, 'wx', 0o600)
  return {
    write: async (bytes) => {
      await file.write(bytes)
    },
    end: async () => {
      await file.sync()
      await file.close()
      give(path, owner)
    },
  }
}
