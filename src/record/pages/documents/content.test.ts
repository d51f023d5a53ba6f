import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hospitalDocument } from '../../../testing/hospital-document.ts'
import { signIn } from '../../../testing/http.ts'
import { aReportingPlace } from '../../../testing/reporting-place.ts'

let place: Awaited<ReturnType<typeof aReportingPlace>>
let margaret: { ref: string; patient: string }
beforeAll(async () => {
  place = await aReportingPlace()
  margaret = await place.fileOf('margaret-ashworth')
  for (const staff of ['co-ordinator', 'emergency-nurse'])
    place.cookies.set(staff, await signIn(place.app.base, `demo-${staff}`))
})
afterAll(() => place.close())

type Given = Parameters<typeof hospitalDocument>[2]
const document = (given: Given, expected?: number) =>
  hospitalDocument(place, margaret.patient, given, expected)
const content = (staff: string, path: string) => place.open(staff, path)

describe('content that is a Binary', () => {
  const readBinary = (staff: string, id: string) => place.open(staff, `/fhir/Binary/${id}`)

  test('is read as its document is', async () => {
    const id = await document({ title: 'A letter', binary: 'b-plain' })
    expect((await place.open('gp', `/people/${margaret.ref}/documents/${id}`)).text).toContain(
      `Secret of ${id}`,
    )
    expect((await readBinary('gp', 'b-plain')).status).toBe(200)
    expect((await readBinary('co-ordinator', 'b-plain')).status).toBe(404)
    expect((await readBinary('emergency-nurse', 'b-plain')).status).toBe(404)
  })

  test('of a specially protected document is kept from whoever the document is kept from', async () => {
    const meta = {
      security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' }],
    }
    const id = await document({ title: 'Protected', binary: 'b-protected', meta })
    expect((await place.open('gp', `/people/${margaret.ref}/documents/${id}`)).status).toBe(404)
    expect((await readBinary('gp', 'b-protected')).status).toBe(404)
  })

  test('cannot come by itself, nor stay behind when its document is classed otherwise', async () => {
    const body = JSON.stringify({
      resourceType: 'Binary',
      id: 'alone',
      contentType: 'text/plain',
      data: 'eA==',
    })
    const alone = await place.fhir('/Binary/alone', { method: 'PUT', body })
    expect([alone.status, await alone.text()]).toEqual([422, expect.stringContaining('in one transaction')])
    await document({ title: 'Plan', binary: 'b-class' })
    await document({ type: { text: 'Safeguarding plan' }, title: 'Plan', url: 'Binary/b-class' }, 422)
    await document({ title: 'Plan', url: 'Binary/b-class' })
  })

  test('vanishes with its document when that is reported', async () => {
    const id = await document({ title: 'About somebody else', binary: 'b-wrong' })
    const report = { items: id, item: `DocumentReference/${id}`, why: 'The letter names somebody else' }
    expect((await place.send('gp', `/people/${margaret.ref}/not-theirs`, report)).status).toBe(303)
    expect((await readBinary('gp', 'b-wrong')).status).toBe(404)
    expect((await place.fhir('/Binary/b-wrong')).status).toBe(404)
    expect((await content('gp', `/people/${margaret.ref}/documents/${id}/content`)).status).toBe(404)
  })

  test('inside a data address is shown like any other', async () => {
    const id = await document({
      title: 'Inline',
      url: `data:text/plain;base64,${Buffer.from('From a data address').toString('base64')}`,
    })
    expect((await place.open('gp', `/people/${margaret.ref}/documents/${id}`)).text).toContain(
      'From a data address',
    )
  })
})

test('a document that concerns safeguarding is not for paper: neither its words, nor its title, nor a copy', async () => {
  const id = await document({ type: { text: 'Safeguarding report' }, title: 'Worry about a nephew' })
  const at = `/people/${margaret.ref}/documents/${id}`
  const { text } = await place.open('gp', at)
  expect(text).toContain(`Secret of ${id}`)
  const { document: paper } = parseHTML(text)
  for (const hidden of paper.querySelectorAll('.gt-screen-only')) hidden.remove()
  expect(paper.documentElement.textContent).toContain('ASHWORTH')
  expect(paper.documentElement.textContent).not.toMatch(/nephew|Secret of/)
  expect(text).not.toContain('?save=yes')
  expect((await content('gp', `${at}/content?save=yes`)).status).toBe(404)
})
