/**
 * The text as received, one segment a line, with every character that cannot be seen made visible: what breaks a message is often such a one.
 * A segment ends with `‹CR›`, and with `‹LF›` where its sender used that. (Most computers have no type for the signs of Unicode.)
 */
export const visible = (text: string): string =>
  text
    .split(/(\r\n|\r|\n)/)
    .map((piece) => lineEnds[piece] ?? piece.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u2400]/gu, signOf))
    .join('')

const lineEnds: Record<string, string> = { '\r\n': '‹CR›‹LF›\n', '\r': '‹CR›\n', '\n': '‹LF›\n' }

const signs: Record<number, string> = { 0: 'NUL', 9: 'TAB', 11: 'VT', 28: 'FS', 127: 'DEL', 9216: 'NUL' }

function signOf(one: string): string {
  const code = one.codePointAt(0) ?? 0
  return `‹${signs[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}›`
}

/** One segment a line, for a text box; a new line inside a field becomes the escape for it, since here a line is a segment. */
export const forMending = (text: string): string =>
  text.includes('\r')
    ? text
        .replace(/\r\n/g, '\r')
        .replace(/\n(?=[A-Z][A-Z0-9]{2}\|)/g, '\r')
        .replace(/\n/g, '\\.br\\')
        .replace(/\r/g, '\n')
    : text

/** The value of a field as it was written. Undefined when the message has no such segment or several, or when it is no field. */
export function rawField(text: string, segment: string, field: number): string | undefined {
  const found = partsOf(text, segment)
  if (!found) return undefined
  return found.fields[indexOf(segment, field)] ?? ''
}

/** The text with one field put right; nothing else of it changes. @throws RangeError when the message has no such field */
export function withField(text: string, segment: string, field: number, value: string): string {
  const found = partsOf(text, segment)
  if (!found) throw new RangeError(`There is no one ${segment} segment`)
  const { fields, from, line, separator } = found
  const index = indexOf(segment, field)
  while (fields.length <= index) fields.push('')
  fields[index] = value
  return text.slice(0, from) + fields.join(separator) + text.slice(from + line.length)
}

/** MSH-1 is the separator itself. */
const indexOf = (segment: string, field: number): number => (segment === 'MSH' ? field - 1 : field)

function partsOf(text: string, segment: string) {
  const separator = text.trimStart().charAt(3)
  const lines = [...text.matchAll(/[^\r\n]+/g)].map(({ 0: line, index }) => ({ line, from: index }))
  const found = lines.filter(({ line }) => line.trimStart().startsWith(segment + separator))
  const [only] = found
  if (found.length !== 1 || !only || separator === '') return undefined
  return { ...only, separator, fields: only.line.split(separator) }
}
