type Waiting<Item, Result> = {
  item: Item
  done(result: Result): void
  failed(problem: unknown): void
}

/**
 * Does the work of several callers at once where they come faster than it can be done one by one. What has the same key may share one round of
 * work; different keys never do. Nothing waits while fewer than `rounds` rounds of its key are going on, so that a lone caller pays nothing.
 * @param work answers each item in its place, with an Error for one that failed; if it throws, all of them fail
 * @param most items in one round
 */
export function gatherer<Item, Result>(
  work: (items: Item[]) => Promise<(Result | Error)[]>,
  { rounds = 2, most = 64 } = {},
): (key: string, item: Item) => Promise<Result> {
  const queues = new Map<string, { waiting: Waiting<Item, Result>[]; going: number }>()

  const start = (key: string): void => {
    const queue = queues.get(key)
    if (!queue || queue.going >= rounds) return
    const round = queue.waiting.splice(0, most)
    if (round.length === 0) {
      if (queue.going === 0) queues.delete(key)
      return
    }
    queue.going++
    void settle(work, round).finally(() => {
      queue.going--
      start(key)
    })
  }

  return (key, item) =>
    new Promise((done, failed) => {
      const queue = queues.get(key) ?? { waiting: [], going: 0 }
      queues.set(key, queue)
      queue.waiting.push({ item, done, failed })
      // What arrives in the same turn of the event loop may go together.
      if (queue.waiting.length === 1) setImmediate(start, key)
    })
}

async function settle<Item, Result>(
  work: (items: Item[]) => Promise<(Result | Error)[]>,
  round: Waiting<Item, Result>[],
): Promise<void> {
  try {
    const results = await work(round.map((each) => each.item))
    for (const [index, each] of round.entries()) {
      const result = results[index]
      if (result instanceof Error) each.failed(result)
      else if (index in results) each.done(result as Result)
      else each.failed(new Error('One of several gathered requests was left without an answer'))
    }
  } catch (problem) {
    for (const each of round) each.failed(problem)
  }
}
