/** The only place where the time comes from. Everything else is handed a clock or an instant. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock for tests: stands still until it is set. */
export function stoppedClock(at: string): Clock & { set(to: string): void } {
  let now = new Date(at)
  return {
    now: () => now,
    set: (to) => {
      now = new Date(to)
    },
  }
}
