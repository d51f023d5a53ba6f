// Brings what the product needs and then runs a command with the Node that it brought. Written for whatever Node is there.
//   node bin/bring.mjs src/main.ts
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const windows = process.platform === 'win32'
const node = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')
const stamp = join(root, 'node_modules', '.golden-thread-installed')
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

const installed = () => existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock
if (!installed()) {
  console.log('Golden Thread: installing what it needs (about a minute, once).')
  const npm = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: windows,
  })
  if (npm.status !== 0 || !existsSync(node)) {
    console.error(
      'Golden Thread could not be installed: “npm ci” failed; its reason is above. Check the network and the disk, then try again.',
    )
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}

const [script, ...args] = process.argv.slice(2)
const run =
  script.endsWith('.ts') || script.endsWith('.tsx')
    ? ['--import', 'tsx', join(root, script)]
    : [join(root, script)]
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...run, ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: dirname(node) + (windows ? ';' : ':') + process.env.PATH },
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
