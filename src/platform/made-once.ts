import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * What a file of secrets holds that is made the first time and kept for ever. It is written beside its place, flushed, and only then given its
 * name: a kill or a full disk leaves all of it or nothing, never half a key with which the place could not be started again.
 */
export async function madeOnce(path: string, make: () => string | Promise<string>): Promise<string> {
  try {
    const kept = readFileSync(path, 'utf8')
    if (kept !== '') return kept
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== 'ENOENT') throw problem
  }
  const made = await make()
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.${process.pid}`
  const file = openSync(beside, 'w', 0o600)
  try {
    writeSync(file, made)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
  return made
}
