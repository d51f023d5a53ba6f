import { soak } from './kill/rounds.ts'
import { storms } from './kill/victim.ts'

/**
 * Thousands of connections at once, on both ports: idle, half a request, half a message, gone without a word; while everything else comes in.
 *   npm run soak -- storm [ROUNDS] [SEED]
 */
await soak('storms', storms, 20, 10)
