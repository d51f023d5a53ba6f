import { Hl7Message } from '@medplum/core'
import { expect, test } from 'vitest'
import { inventFaultyMessages } from './index.ts'

test('each invented message is whole, of its own control id, and of before now', () => {
  const messages = inventFaultyMessages(new Date('2026-11-20T09:30:00Z')).map((text) =>
    Hl7Message.parse(text),
  )
  expect(messages.map((each) => each.getSegment('MSH')?.getField(9)?.toString())).toEqual([
    'ADT^A11',
    'ADT^A31',
  ])
  expect(messages.map((each) => each.getSegment('MSH')?.getField(10)?.toString())).toEqual([
    'INVENTED-1',
    'INVENTED-2',
  ])
  expect(messages.map((each) => each.getSegment('MSH')?.getField(7)?.toString())).toEqual([
    '20261120075500+0000',
    '20261120085000+0000',
  ])
})
