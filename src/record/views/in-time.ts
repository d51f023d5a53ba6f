import { createContext, Script } from 'node:vm'

/** What somebody else wrote (a pattern, a path) would have gone on for longer than it was given. */
export class TookTooLong extends Error {
  override name = 'TookTooLong'
}

// Only the engine can stop what never looks up, such as a pattern that tries every way to match; and it lends that to scripts.
const bench = createContext({ work: () => undefined }) as { work: () => unknown }
const script = new Script('work()')

/**
 * Does work that must not wait for anything, and stops it when its time is over.
 * @throws TookTooLong
 */
export function inTime<Result>(milliseconds: number, work: () => Result): Result {
  try {
    bench.work = work
    return script.runInContext(bench, { timeout: Math.max(1, Math.ceil(milliseconds)) })
  } catch (problem) {
    // It comes from the script's own world, so that it is no Error of ours.
    if ((problem as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new TookTooLong()
    throw problem
  }
}
