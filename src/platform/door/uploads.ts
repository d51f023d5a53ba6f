import type { MultipartFile } from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Invalid } from '../errors.ts'
import { type FileKind, fileKinds, isOfKind, kindByName, kindsInWords } from './file-kinds.ts'

/** A file that was sent with a form: of the kind its name says, not empty, not too large, and scanned. */
export type Uploaded = { name: string; kind: FileKind; type: string; bytes: Buffer }

/** What a page takes as a file, by the name of the form's field. */
export type Takes = Readonly<Record<string, { kinds: readonly FileKind[]; mostBytes: number }>>

/** What a scanner says against a file, in words for whoever sent it; undefined when nothing. It throws where it could not look. */
export type Scan = (file: Uploaded) => Promise<string | undefined>

/** A file that was sent and not taken, and why, in words. */
type RefusedFile = { fault: string }

const isTaken = (value: unknown): value is Uploaded =>
  value !== null && typeof value === 'object' && 'bytes' in value

/** In a page's input, under the same name as in `takes`. */
export const uploaded = z.custom<Uploaded>(isTaken, {
  error: ({ input }) => (input as RefusedFile | undefined)?.fault ?? 'Choose a file',
})

/** The same where the page itself says what is wrong with its form, with the person's name above it. */
export const uploadTried = z.custom<Uploaded | RefusedFile | undefined>(() => true).optional()

type Sent = { fields: Record<string, string>; files: Record<string, Uploaded | RefusedFile> }
export type Uploads = (request: FastifyRequest, reply: FastifyReply, takes: Takes) => Promise<Sent>

const mostFields = 100
const mostBytesOfField = 100_000
/** Cut short, a list would look whole. */
const tooLongField = 'What was typed must be shorter than 100,000 characters; send more as a file'

/**
 * Reads forms with files. Whatever is sent at once by however many, no more than `mostAtOnce` bytes of files are held: a form waits, its socket
 * unread, until there is room for all it says it brings.
 */
export function uploadsWithin(mostAtOnce: number, scan: Scan): Uploads {
  const take = roomFor(mostAtOnce)
  return async (request, reply, takes) => {
    const sent: Sent = { fields: {}, files: {} }
    if (!request.isMultipart()) return sent
    const most = Object.values(takes).reduce((sum, { mostBytes }) => sum + mostBytes, 0)
    const said = Number(request.headers['content-length'] ?? Number.NaN)
    const room = take(Number.isNaN(said) ? most : Math.min(said, most))
    // Whoever goes away while waiting gives their room back too, as soon as it is theirs.
    reply.raw.once('close', () => void room.then((release) => release()))
    await room
    const parts = request.parts({
      limits: {
        files: Object.keys(takes).length,
        fileSize: Math.max(...Object.values(takes).map(({ mostBytes }) => mostBytes)),
        fields: mostFields,
        fieldSize: mostBytesOfField,
      },
    })
    try {
      for await (const part of parts) {
        if (part.type === 'field') {
          if (part.valueTruncated) throw new Invalid([{ path: part.fieldname, words: tooLongField }])
          if (typeof part.value === 'string') sent.fields[part.fieldname] = part.value
        } else await readFile(part, takes[part.fieldname], sent, scan)
      }
    } catch (problem) {
      throw isFormFault(problem) ? new Invalid([{ path: '', words: notWhole }]) : problem
    }
    return sent
  }
}

const notWhole = 'The form did not come in whole. Go back and send it again'

/** Where the form itself cannot be taken apart, its reader says so with an error that has neither a name nor a code. */
const isFormFault = (problem: unknown): boolean =>
  problem instanceof Error &&
  problem.name === 'Error' &&
  !('code' in problem) &&
  /multipart|part header|boundary|end of/i.test(problem.message)

async function readFile(
  part: MultipartFile,
  taken: Takes[string] | undefined,
  sent: Sent,
  scan: Scan,
): Promise<void> {
  // A form whose file was not chosen sends one without a name. What nobody asked for is let run out unread.
  if (!taken || !part.filename) return void (await drained(part))
  const bytes = await part.toBuffer()
  const found = await faultOf(part, bytes, taken, scan)
  sent.files[part.fieldname] = typeof found === 'string' ? { fault: found } : found
}

async function drained(part: MultipartFile): Promise<void> {
  for await (const _ of part.file);
}

/** What is wrong with a file, one thing in words; or the file. */
async function faultOf(
  part: MultipartFile,
  bytes: Buffer,
  taken: Takes[string],
  scan: Scan,
): Promise<string | Uploaded> {
  const { kinds, mostBytes } = taken
  if (part.file.truncated || bytes.length > mostBytes)
    return `The file must be smaller than ${sizeInWords(mostBytes)}`
  if (bytes.length === 0) return 'The file is empty'
  const kind = kindByName(part.filename)
  if (!kind || !kinds.includes(kind)) return `The file must be ${kindsInWords(kinds)}`
  if (!isOfKind(kind, bytes))
    return `The file’s name says it is ${fileKinds[kind].words}, but its content is not`
  const file: Uploaded = { name: part.filename, kind, type: fileKinds[kind].type, bytes }
  return (await scan(file)) ?? file
}

/** "10 MB", "400 KB" */
const sizeInWords = (bytes: number): string =>
  bytes >= 1024 * 1024
    ? `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`
    : `${Math.max(1, Math.round(bytes / 1024))} KB`

/** Gives out room in turn. Whoever asks for more than there is in all gets all of it. */
function roomFor(most: number): (bytes: number) => Promise<() => void> {
  let free = most
  const waiting: { bytes: number; enter(): void }[] = []
  const admit = () => {
    for (let next = waiting[0]; next && next.bytes <= free; next = waiting[0]) {
      waiting.shift()
      free -= next.bytes
      next.enter()
    }
  }
  return async (asked) => {
    const bytes = Math.min(asked, most)
    await new Promise<void>((enter) => {
      waiting.push({ bytes, enter })
      admit()
    })
    let given = true
    return () => {
      if (given) free += bytes
      given = false
      admit()
    }
  }
}
