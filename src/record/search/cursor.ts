import { z } from 'zod'
import { Misasked } from '../../platform/index.ts'

/**
 * Where the next page begins. `since`: when the first page was made, for an order that changes while somebody pages; `changed`: the order has
 * been walked, and what follows is what has changed since.
 */
export type Cursor = {
  keys: (string | null)[]
  id: string
  since?: string | undefined
  changed?: boolean | undefined
}

// The database keeps no text with a NUL.
const written = z.string().regex(/^[^\0]*$/)
const shape = z.object({
  keys: z.array(written.nullable()).max(20),
  id: written.max(64),
  since: z.iso.datetime().optional(),
  changed: z.boolean().optional(),
})

export const writeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** @throws Misasked for what is none of ours */
export function readCursor(text: string): Cursor {
  try {
    return shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch {
    throw notOurs()
  }
}

const notOurs = () =>
  new Misasked([
    { path: '_cursor', words: 'Follow the link “next” of the page before as it is', code: 'value' },
  ])

const instantShape = z.iso.datetime()
/** A key of a cursor that the database is to read as an instant. @throws Misasked */
export function instantKey(text: string): string {
  if (!instantShape.safeParse(text).success || text.startsWith('0000')) throw notOurs()
  return text
}

/** A key of a cursor that the database is to read as a number. @throws Misasked */
export function numberKey(text: string): string {
  if (!/^(?:-?Infinity|-?\d{1,1000}(?:\.\d{1,1000})?)$/.test(text)) throw notOurs()
  return text
}
