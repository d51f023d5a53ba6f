import { type Fault, Misasked } from '../../platform/index.ts'
import { instantOf } from '../views/index.ts'

export type Query = Record<string, string | string[]>

/** The door answers these for every operation. */
const everywhere = new Set(['_format', '_pretty'])

/**
 * The parameters of an operation that is no search, each once.
 * @param known what it takes
 * @throws Misasked naming whatever else was given
 */
export function parametersOf<Name extends string>(
  query: Query,
  known: readonly Name[],
): Partial<Record<Name, string>> {
  const faults: Fault[] = []
  const found: Partial<Record<Name, string>> = {}
  for (const [name, given] of Object.entries(query)) {
    if (everywhere.has(name)) continue
    const taken = known.find((each) => each === name)
    const words = `${name} is not supported here. These parameters are: ${known.join(', ') || 'none'}`
    if (taken === undefined) faults.push({ path: name, words, code: 'not-supported' })
    else if (typeof given !== 'string') faults.push({ path: name, words: 'Give this once', code: 'value' })
    else found[taken] = given
  }
  if (faults.length > 0) throw new Misasked(faults)
  return found
}

/** How many to a page. @throws Misasked for what is no number of entries */
export function countOf(given: string | undefined, { usual, most }: { usual: number; most: number }): number {
  if (given === undefined) return usual
  if (!/^[1-9]\d{0,8}$/.test(given))
    throw new Misasked([{ path: '_count', words: `Give a number from 1 to ${most}`, code: 'value' }])
  return Math.min(Number(given), most)
}

/** A moment, such as `2026-11-22T10:00:00Z`, or a day from its first instant. @throws Misasked */
export function momentOf(path: string, given: string | undefined): Date | undefined {
  if (given === undefined) return undefined
  // The plus of an offset that was sent as it is has become a space.
  const moment = instantOf(given.replace(' ', '+'))
  if (moment) return moment
  throw new Misasked([{ path, words: 'Give a moment such as 2026-11-22T10:00:00Z', code: 'value' }])
}

/** Resource types separated by commas. @throws Misasked for what is none */
export function typesOf(given: string | undefined): string[] | undefined {
  const types = given?.split(',')
  const wrong = types?.find((type) => !/^[A-Z][A-Za-z]{1,63}$/.test(type))
  if (wrong !== undefined)
    throw new Misasked([{ path: '_type', words: 'Give resource types separated by commas', code: 'value' }])
  return types
}

/** Where a page ends, so that the next begins after it. Opaque to whoever pages. */
export const markText = (mark: unknown): string => Buffer.from(JSON.stringify(mark)).toString('base64url')

/** @throws Misasked for what is no mark of ours */
export function markIn<Mark>(
  given: string | undefined,
  isMark: (mark: unknown) => mark is Mark,
): Mark | undefined {
  if (given === undefined) return undefined
  try {
    const mark: unknown = JSON.parse(Buffer.from(given, 'base64url').toString('utf8'))
    if (isMark(mark)) return mark
  } catch {
    // It is said below.
  }
  throw new Misasked([
    { path: '_page', words: 'Follow the links of a page as they are given', code: 'value' },
  ])
}

/** The address of a page, with its parameters. */
export function addressOf(path: string, parameters: Record<string, string | undefined>): string {
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const query = new URLSearchParams(given).toString()
  return query === '' ? path : `${path}?${query}`
}
