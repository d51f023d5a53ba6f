import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The product, running in a process and a folder of its own. `ownerUrl`: its database as the superuser. `megabytes`: what it holds now. */
export type Product = { base: string; mllpPort: number; ownerUrl: string; megabytes(): number }

/** Where a product lives: the same folder and ports each time it starts. */
export type Home = { dataDir: string; port: number; mllpPort: number; socketDir: string }

export async function newHome(): Promise<Home> {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-thread-bench-'))
  // Started by root, the database runs as somebody else, who must be able to pass through.
  chmodSync(dataDir, 0o755)
  const [port, mllpPort] = await Promise.all([freePort(), freePort()])
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  return { dataDir, port, mllpPort, socketDir: join(tmpdir(), `golden-thread-${digest}`) }
}

/** What `npm start` runs. `ready` resolves when it says that it is running, and rejects when it ends before; `said` is the end of its log. */
export function launch(
  home: Home,
  more: NodeJS.ProcessEnv = {},
): { child: ChildProcess; ready: Promise<void>; said(): string } {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const { dataDir, port, mllpPort } = home
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/main.ts')], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), MLLP_PORT: String(mllpPort), ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', (chunk: Buffer) => {
    said.push(chunk.toString())
    if (said.length > 20) said.shift()
  })
  const ready = new Promise<void>((done, broken) => {
    child.stdout.on('data', (chunk: Buffer) => chunk.toString().includes('is running') && done())
    child.on('exit', () => broken(new Error(`The product did not start: ${said.join('')}`)))
  })
  ready.catch(() => undefined)
  return { child, ready, said: () => said.join('') }
}

/** Starts the product on free ports, hands it over and takes it away again, whatever happens. */
export async function withProduct(measure: (product: Product) => Promise<void>): Promise<void> {
  const home = await newHome()
  const { child, ready } = launch(home)
  child.stderr?.pipe(process.stderr)
  try {
    await ready
    await measure({
      base: `http://localhost:${home.port}`,
      mllpPort: home.mllpPort,
      ownerUrl: ownerUrlOf(home),
      megabytes: () => megabytesOf(child.pid),
    })
  } finally {
    child.kill('SIGTERM')
    if (child.exitCode === null) await new Promise((ended) => child.on('exit', ended))
    rmSync(home.dataDir, { recursive: true, force: true })
  }
}

/** What a process holds now. */
export function megabytesOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number }
      probe.close(() => found(free))
    })
  })
}

export function ownerUrlOf({ dataDir, socketDir }: Home): string {
  const secret = readFileSync(join(dataDir, 'secret'), 'utf8')
  return `postgresql://postgres:${secret}@localhost:5432/postgres?host=${encodeURIComponent(socketDir)}`
}
