export { type Feeds, type FeedsParts, openFeeds } from './open-feeds.ts'
export { connectTo, type Sender } from './sender.ts'
