import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The product, running in a process and a folder of its own. `ownerUrl`: its database as the superuser. `megabytes`: what it holds now. */
export type Product = { base: string; mllpPort: number; ownerUrl: string; megabytes(): number }

/** Starts the product on free ports, hands it over and takes it away again, whatever happens. */
export async function withProduct(measure: (product: Product) => Promise<void>): Promise<void> {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-thread-bench-'))
  const [port, mllpPort] = await Promise.all([freePort(), freePort()])
  const server = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/main.ts')], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), MLLP_PORT: String(mllpPort) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await new Promise<void>((ready, broken) => {
      server.stdout.on('data', (chunk: Buffer) => chunk.toString().includes('is running') && ready())
      server.on('exit', () => broken(new Error('The product did not start')))
    })
    await measure({
      base: `http://localhost:${port}`,
      mllpPort,
      ownerUrl: ownerUrlOf(dataDir),
      megabytes: () => {
        const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
        return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
      },
    })
  } finally {
    server.kill('SIGTERM')
    if (server.exitCode === null) await new Promise((ended) => server.on('exit', ended))
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number }
      probe.close(() => found(free))
    })
  })
}

function ownerUrlOf(dataDir: string): string {
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const socket = join(tmpdir(), `golden-thread-${digest}`)
  const secret = readFileSync(join(dataDir, 'secret'), 'utf8')
  return `postgresql://postgres:${secret}@localhost:5432/postgres?host=${encodeURIComponent(socket)}`
}
