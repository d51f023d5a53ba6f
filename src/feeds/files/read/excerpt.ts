/**
 * The beginning of what was sent, to be quoted in words: without NUL characters, which the database cannot keep, and without half a character
 * at the cut, which JSON cannot.
 */
export function excerpt(text: string, most: number): string {
  const plain = text.replaceAll('\0', '\u2400')
  return plain.length > most ? `${plain.slice(0, most).toWellFormed()}…` : plain
}
