import { createHash } from 'node:crypto'
import { createWriteStream, type Dirent } from 'node:fs'
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { digestOf, type Manifest, manifestName, sealName } from './manifest.ts'
import { endOfArchive, headerOf, padding } from './tar.ts'

const piece = 1024 * 1024

/** A backup being written. It has its name only once it is whole and on the disk. */
export class Archive {
  readonly #path: string
  readonly #bytes = new PassThrough({ highWaterMark: 4 * piece })
  readonly #written: Promise<void>
  readonly #entries: Manifest['entries'] = []

  constructor(path: string) {
    this.#path = path
    const smaller = createZstdCompress({
      params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
    })
    this.#written = pipeline(
      this.#bytes,
      smaller,
      createWriteStream(this.#part, { mode: 0o600, flush: true }),
    )
    // Told when it is closed.
    this.#written.catch(() => undefined)
  }

  get #part(): string {
    return `${this.#path}.part`
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#bytes.destroyed) await this.#written
    if (!this.#bytes.write(bytes))
      await Promise.race([new Promise((drained) => this.#bytes.once('drain', drained)), this.#written])
  }

  async text(path: string, text: string): Promise<void> {
    const bytes = Buffer.from(text)
    await this.#write(headerOf({ path, size: bytes.length, folder: false }))
    await this.#write(bytes)
    await this.#write(Buffer.alloc(padding(bytes.length)))
    this.#entries.push({ path, size: bytes.length, sha256: digestOf(text) })
  }

  async folder(path: string): Promise<void> {
    await this.#write(headerOf({ path, size: 0, folder: true }))
  }

  /** As long as it was when it was opened: what is added meanwhile comes again from the database's own log, and so does what is cut off. */
  async file(path: string, from: string): Promise<void> {
    const file = await open(from, 'r').catch(unlessGone)
    if (!file) return
    try {
      const { size } = await file.stat()
      await this.#write(headerOf({ path, size, folder: false }))
      const sha256 = await this.#copy(file, size)
      await this.#write(Buffer.alloc(padding(size)))
      this.#entries.push({ path, size, sha256 })
    } finally {
      await file.close()
    }
  }

  async #copy(file: FileHandle, size: number): Promise<string> {
    const digest = createHash('sha256')
    for (let at = 0; at < size; ) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(piece, size - at)), {
        position: at,
      })
      const bytes = bytesRead > 0 ? buffer.subarray(0, bytesRead) : Buffer.alloc(Math.min(piece, size - at))
      digest.update(bytes)
      await this.#write(bytes)
      at += bytes.length
    }
    return digest.digest('hex')
  }

  /** Everything in a folder that is not left out, by its path in it. */
  async tree(path: string, from: string, leftOut: (inside: string) => boolean): Promise<void> {
    for (const each of await filesIn(from)) {
      const inside = relative(from, join(each.parentPath, each.name)).split(sep).join('/')
      if (leftOut(inside)) continue
      if (each.isDirectory()) await this.folder(path + inside)
      else if (each.isFile()) await this.file(path + inside, join(from, inside))
    }
  }

  async close(manifest: Omit<Manifest, 'entries'>): Promise<void> {
    const text = JSON.stringify({ ...manifest, entries: this.#entries.slice() }, null, 1)
    await this.text(manifestName, text)
    await this.text(sealName, digestOf(text))
    this.#bytes.end(endOfArchive)
    await this.#written
    await rename(this.#part, this.#path)
    const folder = await open(join(this.#path, '..'), 'r')
    await folder.sync().finally(() => folder.close())
  }

  async giveUp(): Promise<void> {
    this.#bytes.destroy()
    await this.#written.catch(() => undefined)
    await rm(this.#part, { force: true })
  }
}

async function filesIn(folder: string): Promise<Dirent[]> {
  const all: Dirent[] = []
  const walk = async (path: string): Promise<void> => {
    for (const each of (await readdir(path, { withFileTypes: true }).catch(unlessGone)) ?? []) {
      all.push(each)
      if (each.isDirectory()) await walk(join(path, each.name))
    }
  }
  await walk(folder)
  return all
}

/** A table was dropped or a file was moved on since the folder was read. */
function unlessGone(problem: NodeJS.ErrnoException): undefined {
  if (problem.code !== 'ENOENT') throw problem
}
