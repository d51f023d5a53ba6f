import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const smallDisk = '520m'

/** Puts a small disk under a folder. @throws where the system does not allow it */
export function mountSmallDisk(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${smallDisk},mode=755`, 'tmpfs', folder], {
    stdio: 'ignore',
  })
}

export function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
}

/** Fills the disk to its last byte, waits, and gives the room back. */
export async function fillDisk(folder: string, milliseconds: number): Promise<void> {
  const ballast = join(folder, 'ballast')
  const ends = performance.now() + milliseconds
  try {
    for (let size = 8 * 1024 * 1024; performance.now() < ends; ) {
      // What is freed meanwhile, such as by a database that starts again, is taken as well.
      if (!appended(ballast, size)) size = Math.max(4096, size / 4)
      await pause(size > 4096 ? 0 : 20)
    }
  } finally {
    // A full disk may still truncate.
    const file = openSync(ballast, 'w')
    ftruncateSync(file)
    closeSync(file)
    rmSync(ballast)
  }
}

function appended(path: string, size: number): boolean {
  const file = openSync(path, 'a')
  try {
    return writeSync(file, Buffer.alloc(size, 1)) === size
  } catch {
    return false
  } finally {
    closeSync(file)
  }
}

const starts = [
  '',
  'GET / HTTP/1.1\r\nhost: localhost\r\n',
  'POST /fhir HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer x\r\ncontent-length: 100000\r\n\r\n{',
  'GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n',
  '\u000bMSH|^~\\&|RFRPAS|RFR|',
]

/** So many connections at once: opened and left, half a request, half a message, and some that go away without a word. */
export async function stormOf(count: number, ports: readonly number[], random: () => number): Promise<void> {
  const open: Socket[] = []
  for (let n = 0; n < count; n++) {
    const socket = connect(ports[n % ports.length] ?? 0, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.on('connect', () => socket.write(starts[Math.floor(random() * starts.length)] ?? ''))
    open.push(socket)
    if (random() < 0.2) setTimeout(() => socket.resetAndDestroy(), random() * 500).unref()
    if (n % 100 === 0) await pause(1)
  }
  await pause(1500)
  for (const socket of open) socket.destroy()
}
