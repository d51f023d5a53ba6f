/**
 * How a value to be searched is written in the column `search` of the record: one entry for each, its parts divided by a character that
 * no text holds and JSON does not escape. The first part is the path it was found on.
 *
 *     token      key␟code␟system        the code in small letters
 *     string     key␟as compared␟as sent
 *     reference  key␟Type/id            or, of another server, its address; of a canonical, address␟version
 *     by number  key:identifier␟value␟system
 *     date       key␟from␟until         instants as `instantKey` writes them
 *     quantity   key␟from␟until␟system␟code␟unit
 *     uri        key␟uri
 *     there, but nothing of it can be searched: key␟
 *     names no Patient whom it is about: @file
 */
export const mark = '\u007f'

export const entry = (...parts: string[]): string => parts.join(mark)

/** Text without the dividing character, and without what the database cannot keep. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out
export const plain = (text: string): string => text.replace(/[\u0000\n\u007f]/g, ' ')

/** Entries as one text, for the way to the database: a list of them took longer to read there than all the rest of a row. */
export const asText = (entries: string[]): string => entries.join('\n')

export const codeKey = (code: string): string => plain(code).toLowerCase()

/** Text as it is compared: without accents, capitals, or more than one space. */
export const textKey = (text: string): string =>
  plain(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim()

/** The entry of a resource that refers to no Patient as whom it is about: it is about whose file it lies in. */
export const asFiled = '@file'
