import { type InboxParts, openInbox } from './inbox/inbox.ts'
import { type Listening, listen } from './mllp/mllp.ts'

export type FeedsParts = InboxParts & { port: number; host: string }

export type Feeds = Listening

/**
 * Opens the place to its HL7 v2 senders.
 * @throws the error of listen, with its code, such as EADDRINUSE
 */
export const openFeeds = ({ port, host, log, ...parts }: FeedsParts): Promise<Feeds> =>
  listen({ port, host, log, receive: openInbox({ ...parts, log }) })
