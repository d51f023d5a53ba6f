import { createHash } from 'node:crypto'

/**
 * An id in the shape of a UUID that the same name always gives, marked as version 8 (“made in a way of one's own”). What is sent or heard
 * twice under one name has one id, or the record would grow a second copy.
 */
export function idFor(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-')
}
