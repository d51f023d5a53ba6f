export { connectTo, type Sender } from './mllp/sender.ts'
export { type Feeds, type FeedsParts, openFeeds } from './open-feeds.ts'
