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

const shape = z.object({
  keys: z.array(z.string().nullable()).max(20),
  id: z.string().max(64),
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
    throw new Misasked([
      { path: '_cursor', words: 'Follow the link “next” of the page before as it is', code: 'value' },
    ])
  }
}
