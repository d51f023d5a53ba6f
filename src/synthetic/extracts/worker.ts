import { parentPort, workerData } from 'node:worker_threads'
import type { World } from '../lives/world.ts'
import { fragmentOf } from './telling.ts'
import type { SheetId } from './write/sheets.ts'

// One thread that tells the neighbourhoods it is asked for. What it has written is handed over, not copied.
const world = workerData as World
const sizes = new Map<SheetId, number>()
parentPort?.on('message', (neighbourhood: number) => {
  const fragment = fragmentOf(world, neighbourhood, sizes)
  parentPort?.postMessage(
    fragment,
    fragment.sheets.map(({ bytes }) => bytes.buffer),
  )
})
