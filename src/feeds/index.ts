export { openFiles } from './files/open-files.ts'
export { fileSendingRoutes } from './files/routes.ts'
export { connectTo, type Sender } from './mllp/sender.ts'
export { type Feeds, type FeedsParts, openFeeds } from './open-feeds.ts'
