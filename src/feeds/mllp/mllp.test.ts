import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { frame } from './framing.ts'
import { type ListenerParts, type Listening, listen } from './mllp.ts'
import { connectTo, type Sender } from './sender.ts'

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close()
})

const echo = async (message: Buffer) => Buffer.from(`got ${message}`)

async function listening(
  parts: Partial<ListenerParts> = {},
): Promise<{ server: Listening; said: Record<string, unknown>[] }> {
  const said: Record<string, unknown>[] = []
  const server = await listen({
    port: 0,
    host: '127.0.0.1',
    receive: echo,
    log: (entry) => said.push(entry),
    ...parts,
  })
  opened.push(server)
  return { server, said }
}

async function sender(server: Listening): Promise<Sender> {
  const connected = await connectTo(server.port)
  opened.push(connected)
  return connected
}

test('a message sent byte by byte', async () => {
  const { server } = await listening()
  const { socket, answer } = await sender(server)
  for (const byte of Buffer.concat([frame(Buffer.from('one')), frame(Buffer.from('two'))])) {
    socket.write(Buffer.of(byte))
    await pause(1)
  }
  expect([await answer(), await answer()]).toEqual(['got one', 'got two'])
})

test('several messages in one packet are handed on in their order and answered in it, whichever is done first', async () => {
  const begun: string[] = []
  const receive = async (message: Buffer) => {
    begun.push(message.toString())
    await pause((7 * Number(message)) % 5)
    return message
  }
  const { server } = await listening({ receive })
  const { socket, answer } = await sender(server)
  const numbers = Array.from({ length: 40 }, (_, index) => String(index))
  socket.write(Buffer.concat(numbers.map((number) => frame(Buffer.from(number)))))
  const answers: string[] = []
  for (const _ of numbers) answers.push(await answer())
  expect(answers).toEqual(numbers)
  expect(begun).toEqual(numbers)
})

test('several connections, none of which waits for another', async () => {
  let release = () => {}
  const held = new Promise<void>((done) => {
    release = done
  })
  const receive = async (message: Buffer) => {
    if (message.toString() === 'slow') await held
    return message
  }
  const { server } = await listening({ receive })
  const [one, other] = [await sender(server), await sender(server)]
  const slow = one.send('slow')
  expect(await other.send('quick')).toBe('quick')
  release()
  expect(await slow).toBe('slow')
})

test('a sender that is too fast is not read until its messages are through', async () => {
  let taken = 0
  let release = () => {}
  const held = new Promise<void>((done) => {
    release = done
  })
  const receive = async (message: Buffer) => {
    await held
    taken += 1
    return message.subarray(0, 1)
  }
  const { server } = await listening({ receive, mostWaiting: 4 })
  const { socket, answer } = await sender(server)
  const many = 400
  for (let count = 0; count < many; count++) socket.write(frame(Buffer.alloc(100_000, 'x')))
  await pause(300)
  expect(taken).toBe(0)
  // The network holds some megabytes; the rest is still with the sender.
  expect(socket.writableLength).toBeGreaterThan(10_000_000)
  release()
  for (let count = 0; count < many; count++) await answer()
  expect(taken).toBe(many)
})

test('when a message cannot be kept the connection is dropped without an answer, and the next one served', async () => {
  const receive = async (message: Buffer) => {
    if (message.toString() === 'bad') throw new Error('no database')
    return message
  }
  const { server, said } = await listening({ receive })
  const first = await sender(server)
  first.socket.write(Buffer.concat(['good', 'bad', 'never'].map((text) => frame(Buffer.from(text)))))
  expect(await first.answer()).toBe('good')
  await expect(first.answer()).rejects.toThrow('without an acknowledgement')
  expect(said).toContainEqual(expect.objectContaining({ event: 'connection dropped' }))
  expect(await (await sender(server)).send('again')).toBe('again')
})

test('a message that is too long closes the connection and is logged', async () => {
  const { server, said } = await listening({ mostBytes: 1000 })
  const { socket } = await sender(server)
  socket.write(frame(Buffer.alloc(2000, 'x')))
  await once(socket, 'close')
  expect(said).toContainEqual(
    expect.objectContaining({ event: 'connection dropped', why: 'a message was longer than 1000 bytes' }),
  )
})

test('bytes outside frames are ignored and logged, and no byte of them', async () => {
  const { server, said } = await listening()
  const { socket, answer } = await sender(server)
  socket.write(Buffer.concat([Buffer.from('secret'), frame(Buffer.from('real'))]))
  expect(await answer()).toBe('got real')
  expect(said).toEqual([
    { level: 'warn', at: 'mllp', event: 'bytes ignored', bytes: 6, why: 'outside a frame' },
  ])
})

test('a sender that has closed its side still gets its answer', async () => {
  const { server } = await listening()
  const { socket, answer } = await sender(server)
  socket.end(frame(Buffer.from('last')))
  expect(await answer()).toBe('got last')
  await once(socket, 'close')
})

test('closing answers the message in work and leaves the others to be sent again', async () => {
  let begun = () => {}
  const inWork = new Promise<void>((done) => {
    begun = done
  })
  const receive = async (message: Buffer) => {
    begun()
    await pause(50)
    return message
  }
  const server = await listen({ port: 0, host: '127.0.0.1', receive, log: () => {}, mostWaiting: 1 })
  const { socket, answer } = await sender(server)
  socket.write(Buffer.concat([frame(Buffer.from('first')), frame(Buffer.from('second'))]))
  await inWork
  const closed = server.close()
  expect(await answer()).toBe('first')
  await expect(answer()).rejects.toThrow()
  await closed
})

test('a port in use is an error with its code', async () => {
  const { server } = await listening()
  await expect(listening({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
