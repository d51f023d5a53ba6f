import { type Context, type FhirAnswer, type FhirRequest, Gone, refusalOf } from '../../platform/index.ts'
import type { Stored } from '../store/read.ts'

type Shown = Context<unknown>['shown']

/** A resource as it is read: its version as ETag, and 304 where the reader has it already. */
export function resourceAnswer(found: Stored, headers: FhirRequest['headers'], shown: Shown): FhirAnswer {
  const { type, id, version, received_at, person_key } = found
  shown(person_key === null ? [] : [person_key], { type, id, version })
  const own = { etag: `W/"${version}"`, 'last-modified': received_at.toUTCString() }
  return hasIt(found, headers)
    ? { status: 304, headers: own }
    : { status: 200, body: found.body, headers: own }
}

/** If-None-Match goes before If-Modified-Since, which counts in whole seconds. */
function hasIt({ version, received_at }: Stored, headers: FhirRequest['headers']): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined)
    return (
      tags.trim() === '*' ||
      tags.split(',').some((tag) => /^\s*(?:W\/)?"(.*)"\s*$/.exec(tag)?.[1] === `${version}`)
    )
  const since = Date.parse(headers['if-modified-since'] ?? '')
  return Math.floor(received_at.getTime() / 1000) * 1000 <= since
}

/** What was there and is taken away is answered as gone, and kept in the audit as read: it tells that it was there. */
export async function orGone(
  shown: Shown,
  { type, id }: { type: string; id: string },
  read: () => Promise<FhirAnswer>,
): Promise<FhirAnswer> {
  try {
    return await read()
  } catch (problem) {
    if (!(problem instanceof Gone)) throw problem
    shown(problem.about, { type, id, gone: true })
    const { status, outcome } = refusalOf(problem)
    return { status, body: JSON.stringify(outcome) }
  }
}
