import { Conflict } from '../platform/index.ts'

/** Somebody else changed the same resource at the same moment, so that what was worked out no longer fits: it is worked out again, three times at most. */
export async function inTurn<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (problem) {
      if (!(problem instanceof Conflict) || tries === 3) throw problem
    }
  }
}
