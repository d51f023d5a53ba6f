export { openFiles } from './files/open-files.ts'
export { fileSendingRoutes } from './files/routes.ts'
export { type Feeds, type FeedsParts, openFeeds } from './open-feeds.ts'
export { connectTo, type Sender } from './sender.ts'
