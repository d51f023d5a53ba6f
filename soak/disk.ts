import { soak } from './kill/rounds.ts'
import { fullDisk } from './kill/victim.ts'

/**
 * The disk fills to its last byte while everything comes in, and has room again a moment later, by itself or after everything was killed. It
 * must be allowed to mount a small disk of its own, as root is.
 *   npm run soak -- disk [ROUNDS] [SEED]
 */
await soak('full disks', fullDisk, 20, 10)
