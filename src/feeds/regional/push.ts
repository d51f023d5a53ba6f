import { createHash } from 'node:crypto'
import type { Shareable } from '../../record/index.ts'

export type Sent = { type: string; id: string; version: number }

/** What the region is to be told of one file: a transaction, or nothing. */
export type Push = { body: string; key: string; put: Sent[]; gone: Sent[] }

/** What differs between what may be shared now and what the region was sent. What may be shared no longer is deleted there. */
export function differences(
  now: readonly Shareable[],
  sent: readonly Sent[],
): { put: Shareable[]; gone: Sent[] } {
  const had = new Map(sent.map((each) => [placeOf(each), each.version]))
  const has = new Set(now.map(placeOf))
  return {
    put: now.filter((each) => had.get(placeOf(each)) !== each.version),
    gone: sent.filter((each) => !has.has(placeOf(each))),
  }
}

const placeOf = ({ type, id }: { type: string; id: string }): string => `${type}/${id}`

/** Everything that a body refers to by type and id. */
export const referredTo = (bodies: readonly string[]): string[] => [
  ...new Set(
    bodies.flatMap((body) =>
      [...body.matchAll(/"reference":"([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})"/g)].map(
        (match) => match[1] ?? '',
      ),
    ),
  ),
]

/**
 * The transaction. Organisations and practitioners that are referred to go first, what is withdrawn last. The same changes make the same text
 * and so the same key, by which the region knows one that it was sent before.
 */
export function pushOf(
  { put, gone }: { put: readonly Shareable[]; gone: readonly Sent[] },
  references: ReadonlyMap<string, string>,
  base: string,
): Push | undefined {
  if (put.length + gone.length === 0) return undefined
  const write = (place: string, body: string) =>
    `{"fullUrl":"${base}/${place}","resource":${body},"request":{"method":"PUT","url":"${place}"}}`
  const entries = [
    ...[...references].map(([place, body]) => write(place, body)),
    ...put.map((each) => write(placeOf(each), each.body)),
    ...gone.map((each) => `{"request":{"method":"DELETE","url":"${placeOf(each)}"}}`),
  ]
  const body = `{"resourceType":"Bundle","type":"transaction","entry":[${entries.join(',')}]}`
  const bare = ({ type, id, version }: Sent): Sent => ({ type, id, version })
  return {
    body,
    key: createHash('sha256').update(body).digest('hex'),
    put: put.map(bare),
    gone: gone.map(bare),
  }
}

const second = 1000
const mostAttempts = 12

/** When to try again: 10 s after the first failure, each time twice as long, an hour at most; not at all after the twelfth. */
export function nextAttempt(attempts: number, now: Date): Date | undefined {
  if (attempts >= mostAttempts) return undefined
  return new Date(now.getTime() + Math.min(5 * second * 2 ** attempts, 3600 * second))
}

/** Answers after which the same request may do better: the region is busy or not itself, or a token has ended. */
export const mayPass = (status: number): boolean =>
  status >= 500 || status === 401 || status === 408 || status === 425 || status === 429
