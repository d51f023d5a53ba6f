import { namedProblem } from '../../platform/index.ts'
import { applierOf } from './apply/applier.ts'
import type { FileParts } from './as-sender.ts'
import { folderOf } from './folder.ts'

export type OpenFiles = { close(): Promise<void> }

/** How long nothing is looked for, in milliseconds. A file in a folder is complete when two looks find it the same. */
const pause = 1000

/** Looks for files in the senders' folders, and for files that were accepted, until it is closed. */
export function openFiles(parts: FileParts & { folder: string }): OpenFiles {
  const look = folderOf(parts)
  let closed = false
  const applyWaiting = applierOf(parts, () => closed)
  let wake = () => {}
  const resting = () =>
    new Promise<void>((rested) => {
      const timer = setTimeout(rested, pause)
      wake = () => {
        clearTimeout(timer)
        rested()
      }
    })
  // A folder that cannot be written, or a database that is gone, is said once and not every second.
  let told = ''
  const tell = (problem: unknown) => {
    const named = namedProblem(problem)
    const same = `${named['name']} ${named['code']}`
    if (same !== told) parts.log({ level: 'error', at: 'files', problem: named })
    told = same
  }
  const run = async () => {
    while (!closed) {
      for (const work of [look, applyWaiting]) {
        await work().catch(tell)
        if (closed) return
      }
      await resting()
    }
  }
  const running = run()
  return {
    close: async () => {
      closed = true
      wake()
      await running
    },
  }
}
