import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'

/** A request as its bytes, and who is counted for it. */
export type Shot = { bytes: Buffer; who: string }
export type Outcome = { who: string; status: number; milliseconds: number }

/**
 * Sends at a rate, however slow the answers are: whoever comes to a hospital does not wait until the one before has gone. Each request has a
 * connection to itself while it waits, of so many that are open beforehand, as those of browsers and of a proxy in front are. As cheap as can be, since it shares the machine with what it measures.
 * @returns what came of each, and how many could not be sent since `mostSockets` were waiting
 */
export async function openLoop(
  port: number,
  rates: [perSecond: number, shot: (n: number) => Shot][],
  seconds: number,
  connections = 600,
): Promise<{ outcomes: Outcome[]; unsent: number }> {
  const outcomes: Outcome[] = []
  const idle: Connection[] = []
  const open = new Set<Connection>()
  for (let n = 0; n < connections; n++) idle.push(await connectionTo(port, open))
  let unsent = 0
  const send = ({ bytes, who }: Shot) => {
    const line = idle.pop()
    if (!line) return void unsent++
    const began = performance.now()
    line.ask(bytes, (status) => {
      outcomes.push({ who, status, milliseconds: performance.now() - began })
      if (status > 0) idle.push(line)
    })
  }
  const began = performance.now()
  const sent = rates.map(() => 0)
  while (performance.now() - began < seconds * 1000) {
    for (const [index, [perSecond, shot]] of rates.entries()) {
      const due = ((performance.now() - began) / 1000) * perSecond
      for (let n = sent[index] ?? 0; n < due; n++) send(shot(n))
      sent[index] = Math.max(sent[index] ?? 0, Math.ceil(due))
    }
    await new Promise((turn) => setTimeout(turn, 2))
  }
  for (let waited = 0; waited < 10_000 && idle.length < open.size; waited += 20)
    await new Promise((turn) => setTimeout(turn, 20))
  for (const line of open) line.close()
  return { outcomes, unsent }
}

type Connection = Awaited<ReturnType<typeof connectionTo>>

/** One connection with one request on it at a time. An answer of status 0: it was closed or refused. */
async function connectionTo(port: number, open: Set<{ close(): void }>) {
  let answered: ((status: number) => void) | undefined
  let held: Buffer = Buffer.alloc(0)
  const socket: Socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  await new Promise((connected, failed) => socket.once('connect', connected).once('error', failed))
  const line = {
    ask(bytes: Buffer, done: (status: number) => void) {
      answered = done
      socket.write(bytes)
    },
    close: () => socket.destroy(),
  }
  open.add(line)
  socket.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const status = wholeAnswer(held)
    if (status === undefined) return
    held = Buffer.alloc(0)
    answered?.(status)
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    open.delete(line)
    answered?.(0)
    answered = undefined
  })
  return line
}

/** The status of an answer that has come in whole. */
function wholeAnswer(held: Buffer): number | undefined {
  const end = held.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = held.toString('latin1', 0, end)
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
  return held.length >= end + 4 + length ? Number(head.slice(9, 12)) : undefined
}

/** A request of HTTP/1.1 as its bytes. */
export function shotOf(
  who: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Shot {
  const lines = {
    host: 'localhost',
    ...headers,
    ...(body && { 'content-length': String(Buffer.byteLength(body)) }),
  }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  return { who, bytes: Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${body}`) }
}
