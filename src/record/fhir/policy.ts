import { holds, lists } from '../../platform/index.ts'
import { everyCategory } from './categories.ts'

/** Practitioners read within their scope, systems what their own source sent. What is refused and what is absent look alike. */
export const reading = lists(everyCategory, { purpose: ['direct care', 'feed'] })

/** What connected systems send: each for its own source. */
export const sending = holds('send', { purpose: 'feed' })
