import fc from 'fast-check'

const mostRounds = 5

/** Holds a property in random worlds. They may say little by chance, and prove as little; so more are drawn, within bounds, until they have said enough. */
export async function inWorlds<Drawn extends [unknown, ...unknown[]]>(
  property: fc.IAsyncProperty<Drawn>,
  numRuns: number,
  saidEnough: () => boolean,
): Promise<void> {
  for (let round = 0; round === 0 || (round < mostRounds && !saidEnough()); round++)
    await fc.assert(property, { numRuns, endOnFailure: true })
}
