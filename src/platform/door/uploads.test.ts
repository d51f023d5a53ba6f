import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import multipart from '@fastify/multipart'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { uploadsWithin } from './uploads.ts'

const room = 1000
const boundary = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'

async function taking() {
  const web = Fastify()
  await web.register(multipart, { throwFileSizeLimit: false })
  const uploads = uploadsWithin(room, async () => undefined)
  let waiting = 0
  web.post('/', async (request, reply) => {
    waiting += 1
    const { files } = await uploads(request, reply, { file: { kinds: ['csv'], mostBytes: room } })
    return Object.keys(files)
  })
  await web.listen({ port: 0, host: '127.0.0.1' })
  const { port } = web.server.address() as { port: number }
  const begin = () => {
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: ${room}\r\n\r\n${boundary}`,
    )
    return socket
  }
  return { web, begin, seen: () => waiting }
}

test('whoever goes away while waiting for room leaves it to the next', { timeout: 10_000 }, async () => {
  const { web, begin, seen } = await taking()
  const first = begin()
  await expect.poll(seen).toBe(1)
  const second = begin()
  await expect.poll(seen).toBe(2)
  second.destroy()
  const third = begin()
  await expect.poll(seen).toBe(3)
  // Its going has been noticed before the first lets go.
  await new Promise((done) => setTimeout(done, 100))
  first.destroy()
  const rest = '1\r\n--b--\r\n'
  third.write(rest.padStart(room - boundary.length, '1'))
  expect(await text(third)).toContain('["file"]')
  await web.close()
})
