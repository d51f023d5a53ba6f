import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../tools/tree.ts'
import { report } from './drive.ts'

/**
 * How long a made-up place takes to tell and write, CSV and Parquet, as it grows. `ratioToSmallest` is the processor’s
 * time for a person’s year, on all cores, beside that at the smallest size: 1 where the cost grows in line with the work.
 *   npm run -s bench -- synthetic [PEOPLE×YEARS …]
 */
const given = process.argv.slice(3)
const sizes = (given.length > 0 ? given : ['10000x3', '20000x3', '40000x3']).map((size) => {
  const [people, years] = size.split(/[x×]/).map(Number)
  return { people: people ?? 0, years: years ?? 1 }
})

interface Told {
  people: number
  personYears: number
  rows: number
  seconds: number
  processorSeconds: number
  peakMegabytes: number
}

/** In a process of its own, so that its memory is its own. */
async function tell(people: number, years: number, out: string): Promise<Told> {
  const tool = join(root, 'tools', 'place-make.ts')
  const order = ['--people', people, '--years', years, '--seed', 1, '--out', out].map(String)
  const child = spawn(process.execPath, ['--import', 'tsx', tool, ...order], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const chunk of child.stdout) said += chunk
  if (said === '') throw new Error(`No place of ${people} people and ${years} years was written`)
  return JSON.parse(said) as Told
}

const folder = await mkdtemp(join(tmpdir(), 'golden-thread-bench-'))
let least: number | undefined
try {
  for (const { people, years } of sizes) {
    const told = await tell(people, years, join(folder, 'place'))
    const microseconds = (told.processorSeconds * 1e6) / told.personYears
    least ??= microseconds
    report({
      bench: 'synthetic',
      years,
      ...told,
      rowsPerSecond: Math.round(told.rows / told.seconds),
      microsecondsPerPersonYear: Math.round(microseconds),
      ratioToSmallest: Math.round((microseconds / least) * 100) / 100,
    })
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
