import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { FlatExtract } from '../../datasets/index.ts'

export interface WrittenFile {
  file: string
  rows: number
  bytes: number
  sha256: string
}

/** One extract's CSV, appended to fragment by fragment. */
export class SheetFile {
  private readonly hash: Hash = createHash('sha256')
  private readonly handle: FileHandle
  private bytes = 0
  private rows = 0

  private constructor(handle: FileHandle) {
    this.handle = handle
  }

  static async begin(path: string, extract: FlatExtract): Promise<SheetFile> {
    const sheet = new SheetFile(await open(path, 'wx'))
    await sheet.append(Buffer.from(`${extract.columns.map(({ name }) => name).join(',')}\n`), 0)
    return sheet
  }

  async append(bytes: Uint8Array, rows: number): Promise<void> {
    if (bytes.length === 0) return
    this.hash.update(bytes)
    for (let written = 0; written < bytes.length; )
      written += (await this.handle.write(bytes, written)).bytesWritten
    this.bytes += bytes.length
    this.rows += rows
  }

  /** Closing twice does no harm: a telling that fails closes whatever is open. */
  close(): Promise<void> {
    return this.handle.close()
  }

  written(file: string): WrittenFile {
    return { file, rows: this.rows, bytes: this.bytes, sha256: this.hash.digest('hex') }
  }
}

export async function sha256Of(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer)
    bytes += (chunk as Buffer).length
  }
  return { bytes, sha256: hash.digest('hex') }
}
