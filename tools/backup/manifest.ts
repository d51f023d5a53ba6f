import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { z } from 'zod'
import { Unavailable } from '../../src/platform/index.ts'
import { type Entry, readTar, type Taking } from './tar.ts'

/** Stands at the end of a backup: what is in it, and what the place held when it was taken. */
const manifestSchema = z.object({
  format: z.literal(1),
  product: z.string(),
  /** Major version of PostgreSQL, whose files these are. */
  postgres: z.string(),
  migration: z.string(),
  begun: z.iso.datetime(),
  /** Everything that was acknowledged by then is in it. */
  ended: z.iso.datetime(),
  /** How many rows there were at least, by table. */
  counts: z.record(z.string(), z.number()),
  entries: z.array(z.object({ path: z.string(), size: z.number(), sha256: z.string() })),
})
export type Manifest = z.output<typeof manifestSchema>

export const manifestName = 'manifest.json'
export const sealName = 'manifest.sha256'
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Where the parts of a place stand in its backup. */
export const part = { database: 'database/', data: 'data/', files: 'files/' } as const

/** What to do with an entry besides checking it. */
export type Keeping = (entry: Entry) => Taking | Promise<Taking> | undefined

/**
 * Reads a backup to its end and compares everything in it with its manifest.
 * @throws Unavailable naming the part that is not what was backed up
 */
export async function checkedBackup(file: string, keep: Keeping = () => undefined): Promise<Manifest> {
  const found = new Map<string, { size: number; sha256: string }>()
  const texts = new Map<string, string>()
  let reached = 'its beginning'
  const entry = async (each: Entry): Promise<Taking> => {
    reached = each.path
    const kept = await keep(each)
    const digest = createHash('sha256')
    const own = each.path === manifestName || each.path === sealName
    let text = ''
    return {
      write: async (bytes) => {
        digest.update(bytes)
        if (own) text += bytes.toString()
        await kept?.write(bytes)
      },
      end: async () => {
        if (own) texts.set(each.path, text)
        else if (!each.folder) found.set(each.path, { size: each.size, sha256: digest.digest('hex') })
        await kept?.end()
      },
    }
  }
  try {
    await pipeline(createReadStream(file), createZstdDecompress(), (archive) => readTar(archive, entry))
  } catch (problem) {
    if (problem instanceof Unavailable) throw problem
    throw new Unavailable(
      `The backup ${file} is damaged in or after ${reached}: ${(problem as Error).message}.`,
    )
  }
  return agreed(file, texts, found)
}

function agreed(
  file: string,
  texts: Map<string, string>,
  found: Map<string, { size: number; sha256: string }>,
): Manifest {
  const text = texts.get(manifestName) ?? ''
  if (texts.get(sealName) !== digestOf(text))
    throw new Unavailable(`The backup ${file} is damaged: ${manifestName} is not what was written.`)
  const manifest = manifestSchema.parse(JSON.parse(text))
  for (const { path, size, sha256 } of manifest.entries) {
    const there = found.get(path)
    if (!there) throw new Unavailable(`The backup ${file} is damaged: ${path} is missing.`)
    if (there.size !== size || there.sha256 !== sha256)
      throw new Unavailable(`The backup ${file} is damaged: ${path} is not what was backed up.`)
    found.delete(path)
  }
  const [stray] = found.keys()
  if (stray !== undefined)
    throw new Unavailable(`The backup ${file} is damaged: ${stray} does not belong to it.`)
  return manifest
}
