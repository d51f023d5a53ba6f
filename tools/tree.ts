import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const largest = 2 * 1024 * 1024

/** Every text file that git tracks, and every new one that it does not ignore, by its path from the root. */
export function readTree(): Map<string, string> {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const files = new Map<string, string>()
  for (const path of new Set(listed.split('\0').filter(Boolean))) {
    const full = join(root, path)
    if (!existsSync(full) || !statSync(full).isFile() || statSync(full).size > largest) continue
    const text = readFileSync(full, 'utf8')
    if (!text.includes('\0')) files.set(path, text)
  }
  return files
}
