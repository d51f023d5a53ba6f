/**
 * Gathers what waits into batches. While one batch is in work the next gathers behind it, so that few messages are taken at once when few
 * come, and many when many do. What was handed in first is worked on first.
 * @param work settles each of the batch, in its order
 */
export function openLine<Item, Result>(
  mostTogether: number,
  work: (items: Item[]) => Promise<PromiseSettledResult<Result>[]>,
): (item: Item) => Promise<Result> {
  type Waiting = { item: Item; resolve(result: Result): void; reject(problem: unknown): void }
  const waiting: Waiting[] = []
  let working = false

  async function run(): Promise<void> {
    working = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, mostTogether)
      const results = await work(batch.map(({ item }) => item)).catch((reason: unknown) =>
        batch.map(() => ({ status: 'rejected' as const, reason })),
      )
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index]
        if (result?.status === 'fulfilled') resolve(result.value)
        else reject(result?.reason)
      }
    }
    working = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      // What arrives in the same moment goes together.
      if (!working) {
        working = true
        setImmediate(run)
      }
    })
}
