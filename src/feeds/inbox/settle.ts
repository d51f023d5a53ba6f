import type { Reading } from '../reading/reading.ts'
import type { About } from './inbox.queries.ts'
import { placeOf, type Waiting } from './work.ts'

/** Whom and what a message is about: the first of what it tells of, which for nearly every message is all. */
export function aboutOf(reading: Reading): About {
  const [told] = reading.tellings
  const [thing] = told?.things ?? []
  return {
    number: told?.who.number,
    thing: thing && placeOf(thing.kind, thing.key),
    event: reading.event,
    at: reading.recorded.at,
  }
}

const updates = new Set(['A08', 'A28', 'A31'])

/** These wait for something that may come; the others wait because of what they say. */
const waitFor = new Set(['unknown visit', 'visit state'])

/**
 * Whether a message that was taken makes one that waits in quarantine needless: its source has said the same again, and rightly.
 *
 * | waits | taken since | needless |
 * |---|---|---|
 * | A01 of a visit, a birth date that is none | A01 of the same visit | yes |
 * | A01 of a visit | A08 of the same visit | no: nothing else says that the person was admitted |
 * | A08, A28 or A31 | A08, A28 or A31 of the same person and visit | yes |
 * | A31 of a person | A01 of the same person | no |
 * | a result | a result under the same number | yes |
 * | whatever it is | the same, recorded earlier | no |
 * | A13 that waits for its discharge | anything | no: it takes its place by itself |
 */
export function isNeedless(waiting: Waiting, taken: About): boolean {
  if (waitFor.has(waiting.reason) || waiting.about !== taken.number) return false
  if (waiting.at !== null && taken.at !== undefined && taken.at < waiting.at) return false
  const isUpdate = updates.has(waiting.event) && updates.has(taken.event ?? '')
  const isSameThing = waiting.thing === (taken.thing ?? null) || (isUpdate && waiting.thing === null)
  return isSameThing && (waiting.event === taken.event || isUpdate)
}
