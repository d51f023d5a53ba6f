import { holds } from '../../platform/index.ts'

/** Whoever looks after feeds. Messages are data about people: row-level security asks for the category “messages” besides. */
export const lookingAfter = holds('look-after-feeds', { purpose: 'feed upkeep' })
export const readingFigures = holds('read-metrics', { purpose: 'feed upkeep' })
