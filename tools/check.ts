import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { root } from './tree.ts'

// npm run check: everything that can be known without running the product. The slow ones start first.
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const own = (script: string, ...args: string[]) => [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  '--import',
  'tsx',
  join(root, 'tools', script),
  ...args,
]

const checks: { name: string; command: string[] }[] = [
  { name: 'types of the tables agree with the migrations', command: own('types.ts', '--check') },
  { name: 'compiler', command: [bin('tsc'), '-p', '.'] },
  { name: 'format and lint', command: [bin('biome'), 'ci'] },
  { name: 'dead code and unused packages', command: [bin('knip'), '--no-progress', '--no-config-hints'] },
  { name: 'docs/routes.md says what is mounted', command: own('routes.ts', '--check') },
  {
    name: 'docs/datasets.md and docs/extracts.md say what is declared',
    command: own('datasets.ts', '--check'),
  },
  { name: 'the house', command: own('house-check.ts') },
]

type Outcome = { name: string; passed: boolean; said: string; seconds: number }

async function run({ name, command: [program = '', ...args] }: (typeof checks)[number]): Promise<Outcome> {
  const began = performance.now()
  return new Promise((done) => {
    let said = ''
    const finish = (passed: boolean) =>
      done({ name, passed, said: said.trim(), seconds: (performance.now() - began) / 1000 })
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', (words) => (said += words))
    child.stderr.on('data', (words) => (said += words))
    child.on('error', (problem) => {
      said += problem.message
      finish(false)
    })
    child.on('close', (code) => finish(code === 0))
  })
}

function report({ name, passed, said, seconds }: Outcome): boolean {
  console.log(`${passed ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`)
  if (said && (!passed || said.includes('warning'))) console.log(said.replace(/^/gm, '    '))
  return passed
}

const waiting = [...checks]
const outcomes: boolean[] = []
async function worker(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) outcomes.push(report(await run(next)))
}
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker))

const failed = outcomes.filter((passed) => !passed).length
console.log(`\n${outcomes.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
