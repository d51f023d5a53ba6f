import { isUtf8 } from 'node:buffer'

/**
 * In which encoding a file is written: by its mark; else UTF-8 where all of it is that; else Windows-1252, in which British spreadsheets
 * save and every byte means something. Text in Windows-1252 with a character beyond ASCII is hardly ever valid UTF-8 by chance.
 */
export function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

const piece = 64 * 1024

/** The text of a file, piece by piece, without its mark. */
export function* textOf(bytes: Buffer): Generator<string> {
  const decoder = new TextDecoder(encodingOf(bytes))
  for (let at = 0; at < bytes.length; at += piece) {
    const decoded = decoder.decode(bytes.subarray(at, at + piece), { stream: true })
    if (decoded !== '') yield decoded
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
