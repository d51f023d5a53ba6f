import { connect, type Socket } from 'node:net'
import { frame, framer } from './framing.ts'

/** The other end of the line, as a hospital's system has it: one connection, on which each message waits for its acknowledgement. */
export type Sender = {
  socket: Socket
  /** Sends a message and gives its acknowledgement. Rejects when the connection closes without one. */
  send(message: string | Buffer): Promise<string>
  /** The next acknowledgement, for what was written to the socket by hand. */
  answer(): Promise<string>
  close(): void
}

const longestAnswer = 1024 * 1024

/** @throws the error of connect, with its code */
export async function connectTo(port: number, host = '127.0.0.1'): Promise<Sender> {
  const socket = connect(port, host)
  const cut = framer(longestAnswer)
  const answers: string[] = []
  const waiting: { resolve(answer: string): void; reject(problem: Error): void }[] = []
  await new Promise<void>((connected, failed) => socket.once('connect', connected).once('error', failed))
  socket.on('data', (chunk) => {
    for (const found of cut(chunk as Buffer)) {
      if ('message' in found) answers.push(found.message.toString('utf8'))
    }
    while (answers.length > 0 && waiting.length > 0) waiting.shift()?.resolve(answers.shift() ?? '')
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    for (const { reject } of waiting.splice(0)) reject(unanswered())
  })
  const answer = () =>
    new Promise<string>((resolve, reject) => {
      const ready = answers.shift()
      if (ready !== undefined) resolve(ready)
      else if (socket.destroyed) reject(unanswered())
      else waiting.push({ resolve, reject })
    })
  return {
    socket,
    answer,
    send: (message) => {
      socket.write(frame(Buffer.from(message)))
      return answer()
    },
    close: () => socket.destroy(),
  }
}

const unanswered = () => new Error('the connection closed without an acknowledgement')
