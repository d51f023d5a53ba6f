import { soak } from './kill/rounds.ts'
import { kills } from './kill/victim.ts'

/**
 * Pulls the plug, again and again, while everything comes in: the server and the database are killed in every way at random moments, and what
 * was acknowledged must be there exactly once, with nothing half done, every projection as the logs make it, every answer in the audit, and the
 * seal unbroken.
 *   npm run soak -- kill [ROUNDS] [SEED]
 */
await soak('kills', kills, 500, 50)
