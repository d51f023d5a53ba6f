import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeLeftBehind } from './left-behind.ts'
import { countTests, lastLine } from './test-count.ts'
import { root } from './tree.ts'

// npm test [file filter …]: every test, or those in files whose path contains a filter.
const folder = mkdtempSync(join(tmpdir(), 'golden-thread-report-'))
const report = join(folder, 'report.json')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const args = [
  'run',
  '--config',
  join(root, 'vitest.config.ts'),
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]
const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', vitest, ...args], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => {
  const count = countTests(readReport(), code ?? 1)
  rmSync(folder, { recursive: true, force: true })
  removeLeftBehind()
  console.log(`\n${lastLine(count)}`)
  process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0)
})

function readReport(): unknown {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return undefined
  }
}
