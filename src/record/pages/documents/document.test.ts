import type { DocumentReference } from '@medplum/fhirtypes'
import { describe, expect, it, test } from 'vitest'
import { contentOf, documentState, documentTitle } from './document.ts'

const document = (contentType: string | undefined, data: Buffer | undefined): DocumentReference => ({
  resourceType: 'DocumentReference',
  status: 'current',
  content: [
    {
      attachment: {
        ...(contentType ? { contentType } : {}),
        ...(data ? { data: data.toString('base64') } : {}),
      },
    },
  ],
})

test.each([
  ['text/plain', 'text'],
  ['text/html', 'frame'],
  ['application/pdf', 'frame'],
  ['image/png', 'image'],
  ['IMAGE/JPEG', 'image'],
  ['image/svg+xml', 'file'],
  ['application/xhtml+xml', 'file'],
  ['application/msword', 'file'],
  [undefined, 'file'],
])('%s is shown as %s', (type, shown) =>
  expect(contentOf(document(type, Buffer.from('x'))).shown).toBe(shown),
)

describe('a document', () => {
  it('whose content stays with its source is elsewhere', () => {
    expect(contentOf(document('application/pdf', undefined))).toEqual({ shown: 'elsewhere' })
    expect(contentOf({ resourceType: 'DocumentReference', status: 'current', content: [] })).toEqual({
      shown: 'elsewhere',
    })
  })

  it('is read in the charset that it names', () => {
    expect(contentOf(document('text/plain; charset=iso-8859-1', Buffer.from([0xe9])))).toMatchObject({
      text: 'é',
    })
    expect(contentOf(document('text/plain', Buffer.from('é')))).toMatchObject({ text: 'é' })
    expect(contentOf(document('text/plain; charset=klingon', Buffer.from('é')))).toMatchObject({ text: 'é' })
  })

  it('that nobody can show keeps no type that a browser would run', () =>
    expect(contentOf(document('image/svg+xml', Buffer.from('<svg/>')))).toMatchObject({
      type: 'application/octet-stream',
    }))
})

test.each([
  ['current', 'final', undefined],
  ['current', null, undefined],
  ['current', 'preliminary', 'Draft'],
  ['superseded', 'final', 'Replaced by a later version'],
  ['entered-in-error', 'final', 'Entered in error'],
])('%s, %s: %s', (status, doc_status, expected) =>
  expect(documentState({ status, doc_status })).toBe(expected),
)

test('a title that may name a clinic is not shown where the place is hidden', () => {
  const row = { title: 'Wath clinic letter', description: null, type_title: 'Clinic letter' }
  expect([documentTitle(row, false), documentTitle(row, true)]).toEqual([
    'Wath clinic letter',
    'Clinic letter',
  ])
})
