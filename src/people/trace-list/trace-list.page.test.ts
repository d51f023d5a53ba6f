import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hospital } from '../../testing/a-source.ts'
import { aWorklist, plain, somebody } from '../../testing/a-worklist.ts'

let place: Awaited<ReturnType<typeof aWorklist>>
beforeAll(async () => {
  place = await aWorklist()
})
afterAll(() => place.close())

describe('tracing a list', () => {
  test('says how each line came out, gives no name or address, and audits whom it found', async () => {
    const { family, birthDate, number } = somebody()
    const file = await place.hears(hospital, { family, birthDate, nhsNumber: number, postcode: 'S60 5XY' })
    const list = `local id,family name,given name,birth date,postcode,NHS number
L1,${family},Margaret,${birthDate},,${number}
L2,${family},Margaret,${birthDate},S60 5XY,
L3,Nobody,Here,1999-09-09,,
=L4,${family},Margaret,${birthDate},,9990001234
L5,${family},Margaret,31/02/1990,,`
    const { status, text } = await place.post('/matching/trace-list', { list })
    expect(status).toBe(200)
    const words = plain(text.slice(text.indexOf('Each line')))
    expect(words).toMatch(/L1 Outcome verified/)
    expect(words).toMatch(/L2 Outcome one to confirm NHS number to confirm 999/)
    expect(words).toMatch(/L3 Outcome none/)
    expect(words).toMatch(/L4 Outcome number wrong/)
    expect(words).toContain('line 6, birth date: must be a real date')
    expect(words).not.toContain(family)
    expect(await place.audited('people.trace-list')).toContain(file)

    const sheet = await place.post('/matching/trace-list', { list, as: 'sheet' })
    expect(sheet.text).toContain(`3,L2,one to confirm,05,${number}`)
    expect(sheet.text).toContain("5,'=L4,number wrong,03")
  })

  test('takes a file, in the charset that Excel writes', async () => {
    const { family, birthDate, number } = somebody()
    await place.hears(hospital, { family, birthDate, nhsNumber: number, given: 'Zoë' })
    const form = new FormData()
    const bytes = Buffer.from(
      `id;surname;forename;dob;nhs number\r\nC1;${family};Zoë;${birthDate};${number}\r\n`,
      'latin1',
    )
    form.set('file', new File([bytes], 'list.csv', { type: 'application/vnd.ms-excel' }))
    const answer = await fetch(`${place.base}/matching/trace-list`, {
      method: 'POST',
      headers: { cookie: place.officer },
      body: form,
    })
    expect(plain(await answer.text())).toMatch(/C1 Outcome verified/)
  })

  test.each([
    ['', 'Choose a file, or paste the list'],
    ['id,name\n1,x', 'Line 1 has no column “birth date”'],
  ])('%j is refused with its place', async (list, words) => {
    const { status, text } = await place.post('/matching/trace-list', { list })
    expect(status).toBe(422)
    expect(text).toContain(words)
  })
})
