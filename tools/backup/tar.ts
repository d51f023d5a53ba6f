/** What a backup is made of: entries of a tar archive, so that any tool can open it. A folder has no size. */
export type Entry = { path: string; size: number; folder: boolean }

const block = 512

/** The blocks that stand before an entry's bytes. A path that the old format cannot hold goes into a block of its own (pax). */
export function headerOf({ path, size, folder }: Entry): Buffer {
  const plain = folder ? `${path}/` : path
  if (/^[\x20-\x7e]{1,100}$/.test(plain)) return ustar(plain, size, folder ? '5' : '0')
  const record = paxRecord('path', plain)
  const end = Buffer.alloc(padding(record.length))
  return Buffer.concat([
    ustar('pax', record.length, 'x'),
    record,
    end,
    ustar('long', size, folder ? '5' : '0'),
  ])
}

/** Zeros that fill an entry's last block. */
export const padding = (size: number): number => (block - (size % block)) % block

export const endOfArchive = Buffer.alloc(2 * block)

function ustar(name: string, size: number, type: '0' | '5' | 'x'): Buffer {
  const header = Buffer.alloc(block)
  header.write(name, 0)
  header.write(type === '5' ? '0000700\0' : '0000600\0', 100)
  header.write('0000000\u00000000000\0', 108)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** A record says its own length, the digits of the length included. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`)
  let length = rest.length
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length
  return Buffer.concat([Buffer.from(String(length)), rest])
}

export type Taking = { write(bytes: Buffer): void | Promise<void>; end(): void | Promise<void> }

/**
 * Reads an archive entry by entry; memory stays the same however large it is.
 * @throws Error when it ends too soon or is no archive
 */
export async function readTar(
  archive: AsyncIterable<Buffer>,
  entry: (entry: Entry) => Taking | Promise<Taking>,
): Promise<void> {
  const bytes = reader(archive)
  let path: string | undefined
  for (;;) {
    const header = await bytes.exactly(block)
    if (header.every((byte) => byte === 0)) return
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
    const type = header.toString('latin1', 156, 157)
    if (header.toString('latin1', 257, 262) !== 'ustar' || Number.isNaN(size))
      throw new Error('this is no archive')
    if (type === 'x') {
      const record = (await bytes.exactly(size)).toString()
      path = /^\d+ path=(.*)\n$/s.exec(record)?.[1]
      await bytes.exactly(padding(size))
      continue
    }
    const name = path ?? header.toString('latin1', 0, 100).replace(/\0.*$/s, '')
    path = undefined
    const taking = await entry({ path: name.replace(/\/$/, ''), size, folder: type === '5' })
    for (let left = size; left > 0; ) {
      const piece = await bytes.atMost(left)
      await taking.write(piece)
      left -= piece.length
    }
    await bytes.exactly(padding(size))
    await taking.end()
  }
}

function reader(archive: AsyncIterable<Buffer>) {
  const pieces = archive[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  const more = async (): Promise<void> => {
    const { value, done } = await pieces.next()
    if (done) throw new Error('it ends too soon')
    held = held.length === 0 ? value : Buffer.concat([held, value])
  }
  const take = (length: number): Buffer => {
    const taken = held.subarray(0, length)
    held = held.subarray(length)
    return taken
  }
  return {
    exactly: async (length: number): Promise<Buffer> => {
      while (held.length < length) await more()
      return take(length)
    },
    atMost: async (length: number): Promise<Buffer> => {
      while (held.length === 0) await more()
      return take(Math.min(length, held.length))
    },
  }
}
