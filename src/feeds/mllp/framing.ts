/** MLLP: a message stands between VT and FS CR. */
const VT = 0x0b
const FS = 0x1c
const CR = 0x0d
const LF = 0x0a

export const frame = (message: Uint8Array): Buffer =>
  Buffer.concat([Buffer.of(VT), message, Buffer.of(FS, CR)])

/** What a framer finds: a message, or something that is none. */
export type Found =
  | { message: Buffer }
  | { ignored: number; why: 'outside a frame' | 'frame never ended' }
  | { tooLong: number }

/**
 * Cuts a stream into messages wherever the network happens to split it. A message never spans two frames: a start inside a frame means that
 * the sender gave up on the first and began anew, and joining the two would mix two people's records.
 * @param mostBytes of one message; after `tooLong` the stream cannot be trusted and must be closed
 */
export function framer(mostBytes: number): (chunk: Buffer) => Found[] {
  let inside = false
  let pieces: Buffer[] = []
  let size = 0
  // The end is two bytes, and the network may split between them.
  let endBegun = false

  const keep = (piece: Buffer) => {
    if (piece.length === 0) return
    pieces.push(piece)
    size += piece.length
  }
  const taken = (): Buffer => {
    const message = Buffer.concat(pieces, size)
    pieces = []
    size = 0
    return message
  }

  return (chunk) => {
    const found: Found[] = []
    let at = 0
    while (at < chunk.length) {
      if (!inside) {
        const start = chunk.indexOf(VT, at)
        const until = start < 0 ? chunk.length : start
        const strays = countStrays(chunk, at, until)
        if (strays > 0) found.push({ ignored: strays, why: 'outside a frame' })
        inside = start >= 0
        at = until + 1
        continue
      }
      if (endBegun) {
        endBegun = false
        // Some senders leave out the CR and begin the next message at once.
        if (chunk[at] === CR || chunk[at] === VT) {
          found.push({ message: taken() })
          inside = chunk[at] === VT
          at += 1
          continue
        }
        keep(Buffer.of(FS))
      }
      const stop = nextMark(chunk, at)
      keep(chunk.subarray(at, stop))
      if (size > mostBytes) return [...found, { tooLong: size }]
      if (chunk[stop] === FS) endBegun = true
      else if (chunk[stop] === VT) found.push({ ignored: taken().length, why: 'frame never ended' })
      at = stop + 1
    }
    return found
  }
}

/** Where the next FS or VT stands, or the end of the chunk. */
function nextMark(chunk: Buffer, from: number): number {
  const end = chunk.indexOf(FS, from)
  const stop = end < 0 ? chunk.length : end
  const start = chunk.subarray(from, stop).indexOf(VT)
  return start < 0 ? stop : from + start
}

/** Bytes between frames; line ends there are harmless. */
function countStrays(chunk: Buffer, from: number, until: number): number {
  let strays = 0
  for (let at = from; at < until; at++) if (chunk[at] !== CR && chunk[at] !== LF) strays += 1
  return strays
}
