import type { DocumentReference } from '@medplum/fhirtypes'
import { describe, expect, it, test } from 'vitest'
import { contentOf, documentState, documentTitle, locate } from './document.ts'

const base64 = (words: string | Buffer) => Buffer.from(words).toString('base64')

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
])('%s is shown as %s', (type, shown) => expect(contentOf(base64('x'), type).shown).toBe(shown))

describe('the content of a document', () => {
  const attached = (attachment: object): DocumentReference => ({
    resourceType: 'DocumentReference',
    status: 'current',
    content: [{ attachment }],
  })

  it.each<[string, object, ReturnType<typeof locate>]>([
    ['in it', { data: 'eA==', contentType: 'text/plain' }, { data: 'eA==', contentType: 'text/plain' }],
    [
      'in its address',
      { url: 'data:text/plain;charset=utf-8;base64,eA==' },
      { data: 'eA==', contentType: 'text/plain;charset=utf-8' },
    ],
    [
      'in its address as words',
      { url: 'data:text/plain,a%20b' },
      { data: base64('a b'), contentType: 'text/plain' },
    ],
    [
      'in its address, badly',
      { url: 'data:,100%', contentType: 'text/plain' },
      { data: base64('100%'), contentType: 'text/plain' },
    ],
    ['in a Binary', { url: 'Binary/b1' }, { binary: 'b1' }],
    ['at another server', { url: 'https://lab.example/Binary/b1' }, 'elsewhere'],
    ['at another place here', { url: '../people/x' }, 'elsewhere'],
    ['nowhere', { contentType: 'application/pdf' }, 'elsewhere'],
  ])('may be %s', (_, attachment, located) => expect(locate(attached(attachment))).toEqual(located))

  it('may be missing altogether', () =>
    expect(locate({ resourceType: 'DocumentReference', status: 'current', content: [] })).toBe('elsewhere'))

  it('is read in the charset that it names', () => {
    expect(contentOf(base64(Buffer.from([0xe9])), 'text/plain; charset=iso-8859-1')).toMatchObject({
      text: 'é',
    })
    expect(contentOf(base64('é'), 'text/plain')).toMatchObject({ text: 'é' })
    expect(contentOf(base64('é'), 'text/plain; charset=klingon')).toMatchObject({ text: 'é' })
  })

  it('is made safe where it is HTML, whatever its charset, and can be saved as it came', () => {
    const utf16 = Buffer.from('<p>é</p><script>x</script>', 'utf16le')
    const content = contentOf(base64(utf16), 'text/html; charset=utf-16le')
    const shown = content.shown === 'frame' ? content.bytes.toString() : ''
    expect(shown).toContain('<p>é</p>')
    expect(shown).not.toContain('script')
    expect(content.saved).toEqual({ bytes: utf16, filename: 'document.html' })
  })
})

test.each([
  ['current', 'final', false, undefined],
  ['current', null, false, undefined],
  ['current', 'preliminary', false, 'Draft'],
  ['current', 'final', true, 'Replaced by a later version'],
  ['superseded', 'final', false, 'Replaced by a later version'],
  ['entered-in-error', 'final', true, 'Entered in error'],
])('%s, %s, replaced %s: %s', (status, doc_status, replaced, expected) =>
  expect(documentState({ status, doc_status }, replaced)).toBe(expected),
)

test('a title that may name a clinic is not shown where the place is hidden', () => {
  const row = { title: 'Wath clinic letter', description: null, type_title: 'Clinic letter' }
  expect([documentTitle(row, false), documentTitle(row, true)]).toEqual([
    'Wath clinic letter',
    'Clinic letter',
  ])
})
