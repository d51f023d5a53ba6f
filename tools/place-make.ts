import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asked, Misasked } from '../src/synthetic/extracts/order.ts'
import { isFree, type PlaceOrder, STATEMENT, writePlace } from '../src/synthetic/extracts/write-place.ts'
import { drawGround } from '../src/synthetic/ground/draw.ts'
import { readGround } from '../src/synthetic/ground/reference.ts'
import { ReferenceFault } from '../src/synthetic/ground/reference-files.ts'
import { root } from './tree.ts'

// npm run -s place: tells a made-up place and writes its flat extracts. Progress goes to the error stream, one line of JSON to the output.
const EVERY = 10

/** The record's writers bring the place's own files and FHIR with them: they are read only where a record is asked for. */
function recordsOf(dirt: boolean): NonNullable<PlaceOrder['record']> {
  return async (dir, world) => {
    const { readPlace } = await import('../src/access/index.ts')
    const { writeRecord } = await import('../src/synthetic/record-files/write-record.ts')
    console.error('Writing the records')
    return writeRecord({ dir, world, place: readPlace(join(root, 'places/rotherham')), dirt })
  }
}

async function make(): Promise<void> {
  const began = performance.now()
  const order = asked(process.argv.slice(2))
  if (!(await isFree(order.out)))
    throw new Misasked(`--out ${order.out} holds files that are no earlier place; name an empty folder.`)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const seconds = () => Math.round((performance.now() - began) / 100) / 10
  console.error(STATEMENT)
  const ground = order.reference === undefined ? drawGround(order) : readGround(order.reference, order)
  const record = order.records === 'none' ? {} : { record: recordsOf(order.records === 'dirty') }
  const told = await writePlace({ ...order, ...record, ground }, version, ({ neighbourhoods, of, rows }) => {
    if (neighbourhoods % EVERY === 0 || neighbourhoods === of)
      console.error(
        `${neighbourhoods} of ${of} neighbourhoods, ${rows.toLocaleString('en-GB')} rows, ${seconds()} s`,
      )
    if (neighbourhoods === of && order.format !== 'csv') console.error('Writing Parquet')
  })
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024)
  const { user, system } = process.cpuUsage()
  const { people, days, rows } = told
  console.log(
    JSON.stringify({
      people,
      personYears: Math.round(days / 365.25),
      rows,
      seconds: seconds(),
      processorSeconds: Math.round((user + system) / 1e5) / 10,
      peakMegabytes,
    }),
  )
}

// What is unfinished is cleared away as the process ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
try {
  await make()
} catch (problem) {
  console.error(problem instanceof Misasked || problem instanceof ReferenceFault ? problem.message : problem)
  process.exitCode = 2
}
