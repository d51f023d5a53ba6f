import { Worker } from 'node:worker_threads'
import type { World } from '../lives/world.ts'
import type { Fragment } from './telling.ts'

/** How many neighbourhoods may wait for one before them; they wait in memory. */
const AHEAD = 4

/**
 * Every neighbourhood, told by several threads side by side and handed over in order. Which thread told which, and when, changes nothing.
 * @param take is awaited before the next is handed over
 */
export async function inOrder(
  world: World,
  workers: number,
  take: (fragment: Fragment) => Promise<void>,
): Promise<void> {
  const count = world.ground.neighbourhoods.length
  const threads = Array.from({ length: Math.min(workers, count) }, () => threadFor(world))
  const waiting = new Map<number, Fragment>()
  let asked = 0
  let taken = 0
  let taking = Promise.resolve()
  try {
    await new Promise<void>((done, fail) => {
      const idle = new Set(threads)
      const ask = () => {
        for (const thread of idle) {
          if (asked >= count || asked >= taken + threads.length + AHEAD) return
          idle.delete(thread)
          thread.postMessage(asked++)
        }
      }
      const hand = async () => {
        for (let next = waiting.get(taken); next; next = waiting.get(taken)) {
          waiting.delete(taken)
          await take(next)
          taken++
          ask()
        }
        if (taken === count) done()
      }
      for (const thread of threads) {
        thread.on('error', fail)
        thread.on('message', (fragment: Fragment) => {
          waiting.set(fragment.neighbourhood, fragment)
          idle.add(thread)
          ask()
          taking = taking.then(hand)
          taking.catch(fail)
        })
      }
      ask()
    })
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()))
  }
}

const threadFor = (world: World): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: world,
    execArgv: ['--import', 'tsx', '--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 },
  })
