export { messageDefinitions } from './fhir/message-events.ts'
export { messageRoutes } from './fhir/routes.ts'
export { type Feeds, type FeedsParts, openFeeds } from './open-feeds.ts'
export { connectTo, type Sender } from './sender.ts'
