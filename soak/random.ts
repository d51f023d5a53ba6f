/** Numbers from 0 to 1 that are the same each time for one seed (mulberry32). */
export function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of several, by such a number. */
export function oneOf<Each>(random: () => number, several: readonly Each[]): Each {
  const one = several[Math.floor(random() * several.length)]
  if (one === undefined) throw new Error('There is nothing to choose from')
  return one
}
