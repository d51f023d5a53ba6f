import { Conflict, type Figures, Unavailable } from '../../platform/index.ts'
import type { InboxParts } from '../inbox/inbox.ts'
import type { Connected } from '../mllp/mllp.ts'

/** What the pages need of the running process, besides the database: to act on a message, who is connected to it, and its own figures. */
export type FeedsDesk = { inbox: InboxParts; connections(): Connected[]; figures: Figures }

const mostAtOnce = 4
let atWork = 0

/**
 * An act on a message runs in transactions of its sender, inside the page's own. Each holds a connection while it waits for another, so only
 * a few may act at the same time.
 * @throws Unavailable when others are at it
 */
export async function act<Result>(work: () => Promise<Result>): Promise<Result> {
  if (atWork >= mostAtOnce)
    throw new Unavailable('Others are replaying messages at this moment. Try again in a minute.')
  atWork++
  try {
    return await work()
  } finally {
    atWork--
  }
}

/** @throws Conflict when the message does not stand any more as it stood when the reader saw it */
export function mustStandAs(seen: number, now: number): void {
  if (seen !== now) throw new Conflict('The message has changed since it was shown')
}
