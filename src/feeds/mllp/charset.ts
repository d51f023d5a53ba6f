/** How a message was read: the characters, and which character set gives the bytes back. */
export type Decoded = { text: string; charset: 'utf-8' | 'windows-1252'; asDeclared: boolean }

/**
 * Reads bytes by the character set that MSH-18 declares. Senders often declare one and send another, so bytes that are no UTF-8 are read as
 * windows-1252, which holds every byte and agrees with ISO 8859-1 wherever both have a letter.
 */
export function decode(bytes: Uint8Array): Decoded {
  const declared = declaredIn(bytes)
  if (latin.has(declared))
    return { text: windows1252.decode(bytes), charset: 'windows-1252', asDeclared: true }
  try {
    return { text: utf8.decode(bytes), charset: 'utf-8', asDeclared: true }
  } catch {
    return { text: windows1252.decode(bytes), charset: 'windows-1252', asDeclared: false }
  }
}

/**
 * An acknowledgement goes back in the character set of the message. Node's own `latin1` writes only the low byte of a character: a curly
 * quotation mark would become the byte that ends a frame.
 */
export function encode(text: string, charset: Decoded['charset']): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8')
  return Buffer.from(Array.from(text, (character) => byteOf.get(character) ?? unknown))
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const windows1252 = new TextDecoder('windows-1252')
const byteOf = new Map(
  Array.from({ length: 256 }, (_, byte) => [windows1252.decode(Uint8Array.of(byte)), byte]),
)
const unknown = '?'.charCodeAt(0)

/** HL7 table 0211, as far as England uses it. Nothing declared and ASCII are both read as UTF-8, of which ASCII is a part. */
const latin = new Set(['8859/1', '8859/15', 'ISO-8859-1', 'ISO8859-1', 'WINDOWS-1252', 'CP1252'])

/** MSH-18 is written in ASCII whatever follows. Field 18 is the 18th piece, since MSH-1 is the separator itself. */
function declaredIn(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  const header = start.split(/[\r\n]/, 1)[0] ?? ''
  const field = header.split(header.charAt(3) || '|')[17] ?? ''
  return (field.split(header.charAt(5) || '~')[0] ?? '').trim().toUpperCase()
}
