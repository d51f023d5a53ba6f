import { type AddressInfo, createServer, type Socket } from 'node:net'
import { namedProblem } from '../../platform/index.ts'
import { frame, framer } from './framing.ts'

export type Log = (entry: Record<string, unknown>) => void

/** A connection that is open: who sends by it, as its last message said, and how many of its messages have no answer yet. */
export type Connected = { sender: string | undefined; waiting: number }

export type Listening = { port: number; connections(): Connected[]; close(): Promise<void> }

export type ListenerParts = {
  port: number
  host: string
  /** Gives the acknowledgement once the message is kept. When it throws, the connection is dropped unanswered, so that the sender sends again. */
  receive(message: Buffer, from: Pick<Connected, 'sender'>): Promise<Buffer>
  log: Log
  /** Of one message. */
  mostBytes?: number
  /** Messages of one connection, waiting or in work, before its socket is no longer read; and their bytes. */
  mostWaiting?: number
  mostBytesWaiting?: number
}

const megabyte = 1024 * 1024
const mostConnections = 200

/**
 * Listens for MLLP. Each connection is its own queue: its messages are handed on and answered in the order they came.
 * @throws the error of listen, with its code, such as EADDRINUSE
 */
export async function listen(parts: ListenerParts): Promise<Listening> {
  const open = new Map<Socket, ReturnType<typeof serve>>()
  // Half open: a sender may say that it has finished and still wait for its answers.
  const server = createServer({ keepAlive: true, noDelay: true, allowHalfOpen: true }, (socket) => {
    const connection = serve(socket, parts)
    open.set(socket, connection)
    socket.on('close', () => open.delete(socket))
  })
  server.maxConnections = mostConnections
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(parts.port, parts.host, () => {
      server.off('error', failed)
      listening()
    })
  })
  server.on('error', (problem) => parts.log({ level: 'error', at: 'mllp', problem: problem.message }))
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => [...open.values()].map((connection) => connection.now()),
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()))
      await Promise.all([...open.values()].map((connection) => connection.finish()))
      await closed
    },
  }
}

/**
 * One connection. Several of its messages may be in work at once, and each is answered when those before it are. `finish` answers what is in
 * work, leaves the rest to be sent again, and closes.
 */
function serve(socket: Socket, parts: ListenerParts): { now(): Connected; finish(): Promise<void> } {
  const { receive, log, mostBytes = 8 * megabyte, mostWaiting = 16, mostBytesWaiting = 2 * megabyte } = parts
  const cut = framer(mostBytes)
  const waiting: Buffer[] = []
  const inWork: Promise<Buffer>[] = []
  const from: Pick<Connected, 'sender'> = { sender: undefined }
  let bytesHeld = 0
  let answering: Promise<void> | undefined
  let over = false
  let allSent = false

  const stop = () => {
    over = true
    waiting.length = 0
  }
  const drop = (why: string, problem?: unknown) => {
    if (over) return
    stop()
    log(dropped(why, problem))
    socket.destroy()
  }
  const isFull = () => waiting.length + inWork.length >= mostWaiting || bytesHeld >= mostBytesWaiting
  const begin = () => {
    while (!over && waiting.length > 0 && inWork.length < mostWaiting) {
      const next = waiting.shift() as Buffer
      const answer = receive(next, from).finally(() => {
        bytesHeld -= next.length
      })
      // Whoever waits for it hears of its failure; nobody does once the connection is over.
      answer.catch(() => undefined)
      inWork.push(answer)
    }
    if (inWork.length > 0) answering ??= answerInTurn()
  }
  const answerInTurn = async () => {
    try {
      for (let next = inWork[0]; next !== undefined; next = inWork[0]) {
        const answer = await next
        if (!socket.destroyed) await written(socket, frame(answer))
        void inWork.shift()
        begin()
        if (!over && !isFull()) socket.resume()
      }
    } catch (problem) {
      drop('a message could not be kept', problem)
    }
    answering = undefined
    if (allSent && !over && inWork.length === 0) socket.end()
  }

  socket.on('data', (chunk) => {
    if (over) return
    for (const found of cut(chunk as Buffer)) {
      if ('message' in found) {
        waiting.push(found.message)
        bytesHeld += found.message.length
      } else if ('tooLong' in found) return drop(`a message was longer than ${mostBytes} bytes`)
      else log({ level: 'warn', at: 'mllp', event: 'bytes ignored', bytes: found.ignored, why: found.why })
    }
    if (isFull()) socket.pause()
    begin()
  })
  socket.on('error', (problem) => lost(problem, log))
  socket.on('end', () => {
    allSent = true
    if (!answering) socket.end()
  })
  socket.on('close', stop)
  return {
    now: () => ({ sender: from.sender, waiting: waiting.length + inWork.length }),
    finish: async () => {
      stop()
      await answering
      socket.end()
      socket.destroy()
    },
  }
}

const dropped = (why: string, problem: unknown) => ({
  level: 'warn',
  at: 'mllp',
  event: 'connection dropped',
  why,
  ...(problem !== undefined && { problem: namedProblem(problem) }),
})

/** A socket's errors are always followed by its close; what was not answered will be sent again. */
const lost = (problem: NodeJS.ErrnoException, log: Log) =>
  log({ level: 'info', at: 'mllp', event: 'connection lost', problem: problem.code })

/** Resolves when the answer has left; a sender that does not read its answers waits for itself. */
const written = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((done) => {
    socket.write(bytes, () => done())
  })
