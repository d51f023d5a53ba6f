/** The kinds of file that a page may take. A kind is told by the name’s ending and must be borne out by the content. */
export const fileKinds = {
  pdf: { words: 'PDF', type: 'application/pdf', endings: ['pdf'] },
  png: { words: 'PNG image', type: 'image/png', endings: ['png'] },
  jpeg: { words: 'JPEG image', type: 'image/jpeg', endings: ['jpg', 'jpeg'] },
  text: { words: 'plain text', type: 'text/plain', endings: ['txt'] },
  csv: { words: 'CSV', type: 'text/csv', endings: ['csv'] },
  html: { words: 'HTML', type: 'text/html', endings: ['html', 'htm'] },
  rtf: { words: 'RTF', type: 'application/rtf', endings: ['rtf'] },
  doc: { words: 'Word (.doc)', type: 'application/msword', endings: ['doc'] },
  docx: {
    words: 'Word (.docx)',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    endings: ['docx'],
  },
} as const
export type FileKind = keyof typeof fileKinds

/** The kind that a file’s name claims. What a browser says of it is not asked: Windows calls CSV a spreadsheet. */
export function kindByName(name: string): FileKind | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return (Object.keys(fileKinds) as FileKind[]).find((kind) =>
    (fileKinds[kind].endings as readonly string[]).includes(ending),
  )
}

const starts = (bytes: Buffer, ...signature: number[]) =>
  bytes.subarray(0, signature.length).equals(Buffer.from(signature))

/** PDF readers accept some bytes before the header, and so do writers of PDF leave them there. */
const isPdf = (bytes: Buffer) => bytes.subarray(0, 1024).includes('%PDF-')
const isPng = (bytes: Buffer) => starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const isJpeg = (bytes: Buffer) => starts(bytes, 0xff, 0xd8, 0xff)
const isRtf = (bytes: Buffer) => bytes.subarray(0, 5).equals(Buffer.from('{\\rtf'))
const isCompound = (bytes: Buffer) => starts(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)
const isZip = (bytes: Buffer) => starts(bytes, 0x50, 0x4b, 0x03, 0x04)

/** Text in whatever charset has no zero byte and none of the control characters that every binary format has; UTF-16 is told by its mark. */
function isText(bytes: Buffer): boolean {
  if (starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff)) return true
  if (isPdf(bytes) || isRtf(bytes)) return false
  return bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b)
}

const bearsOut: Record<FileKind, (bytes: Buffer) => boolean> = {
  pdf: isPdf,
  png: isPng,
  jpeg: isJpeg,
  text: isText,
  csv: isText,
  html: isText,
  rtf: isRtf,
  doc: isCompound,
  // A Word file is a zip whose first names are these; any other zip is not one.
  docx: (bytes) => isZip(bytes) && bytes.includes('word/') && bytes.includes('[Content_Types].xml'),
}

/** Whether the content is of the kind that the name claims. */
export const isOfKind = (kind: FileKind, bytes: Buffer): boolean => bearsOut[kind](bytes)

/** "PDF, PNG image or plain text" */
export function kindsInWords(kinds: readonly FileKind[]): string {
  const words = kinds.map((kind) => fileKinds[kind].words)
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
