import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from './app.ts'

/** Somebody who has not signed in cannot make the application hold what they send: they are answered before any of it has come. */

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const json = 'application/fhir+json'
test.each([
  ['a resource', '/fhir/Patient', json, 30_000_000, 401],
  ['a file', '/files/hospice', 'text/csv', 30_000_000, 401],
  ['a form', '/files/send', 'multipart/form-data; boundary=b', 30_000_000, 303],
  ['a page’s form', '/people/find', 'application/x-www-form-urlencoded', 30_000_000, 303],
  ['the form with which one signs out', '/sign-out', 'application/x-www-form-urlencoded', 70_000, 413],
])('%s', async (_, path, type, bytes, status) => {
  const socket = connect(Number(new URL(app.base).port), '127.0.0.1')
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: ${type}\r\ncontent-length: ${bytes}\r\n\r\n`,
  )
  const patience = setTimeout(() => socket.destroy(), 3000)
  const answer = await text(socket).catch(() => 'no answer')
  clearTimeout(patience)
  expect(answer.split('\r\n')[0]).toContain(`HTTP/1.1 ${status} `)
})
