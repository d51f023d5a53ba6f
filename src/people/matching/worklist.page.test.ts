import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { council, hospital, practice } from '../../testing/a-source.ts'
import { aWorklist, plain, somebody } from '../../testing/a-worklist.ts'
import { nhsNumberFor } from '../../testing/world-bundles.ts'

let place: Awaited<ReturnType<typeof aWorklist>>
beforeAll(async () => {
  place = await aWorklist()
})
afterAll(() => place.close())

/** The verdict that a form answers. */
const seen = (text: string): string => /name="replaces" value="(\d*)"/.exec(text)?.[1] ?? ''

describe('the worklist', () => {
  test('shows a pair with its likeness, its age and nobody’s name on it, and audits whom it showed', async () => {
    const { family, one, other, at } = await place.doubt()
    const { status, text } = await place.get('/matching')
    expect(status).toBe(200)
    expect(text).toContain(family.toUpperCase())
    expect(text).toContain(at.split('/').at(-1))
    expect(plain(text)).toContain('No NHS number to compare')
    expect(plain(text)).toContain('Nobody yet')
    expect(await place.audited('matching.list')).toEqual(expect.arrayContaining([one, other]))
  })

  test('is for the role that matches records: a nurse sees nothing of it', async () => {
    const { at } = await place.doubt()
    for (const path of ['/matching', '/matching.csv', at, '/matching/superseded', '/matching/trace-list'])
      expect((await place.get(path, place.nurse)).status, path).toBe(403)
  })

  test('and that role sees nobody’s record', async () => {
    const { oneRef } = await place.doubt()
    expect((await place.get(`/people/${oneRef}`)).status).toBe(403)
    expect((await place.get('/people/find')).status).toBe(403)
  })

  test('goes to a sheet that no spreadsheet runs', async () => {
    const { family } = await place.doubt({ localValue: '=1+1' })
    const { text } = await place.get('/matching.csv?kind=no%20number')
    const line = text.split('\r\n').find((each) => each.includes(family.toUpperCase()))
    expect(line).toContain('same birth date')
    expect(line).toContain(",'=1+1,")
  })

  test('can be narrowed to what is most dangerous', async () => {
    const { family, birthDate, number } = somebody()
    await place.hears(hospital, { family, birthDate, nhsNumber: number })
    await place.hears(practice, { family, birthDate, nhsNumber: number, given: 'Ivy' })
    expect((await place.get('/matching?kind=one+number')).text).toContain(family.toUpperCase())
    expect((await place.get('/matching?kind=two+numbers')).text).not.toContain(family.toUpperCase())
  })
})

describe('two records side by side', () => {
  test('say in words what agrees and what does not', async () => {
    const { at } = await place.doubt({ given: 'Peggy', postcode: 'S60 2BB', addressLine: '1 High Street' })
    const words = plain((await place.get(at)).text)
    expect(words).toContain('Nearly two forms of one given name')
    expect(words).toContain('Nearly postcodes in one district')
    expect(words).toMatch(/Detail Born [^.]{1,80} Compared Same/)
    expect(words).not.toContain('High Street')
  })

  test('the same person: joined, and what joins them can be seen and undone', async () => {
    const { at, one, other, oneRef, otherRef, family } = await place.doubt()
    const { text } = await place.get(at)
    const done = await place.post(at, {
      answer: 'same',
      why: 'The ward rang the council',
      replaces: seen(text),
    })
    expect([`/matching/people/${oneRef}`, `/matching/people/${otherRef}`]).toContain(done.location)
    expect(await place.audited('matching.decide')).toEqual(expect.arrayContaining([one, other]))
    const person = await place.get(`/matching/people/${otherRef}`)
    expect(plain(person.text)).toContain('2 records of one person')
    expect(plain(person.text)).toContain('Grace Holroyd')
    expect(person.text).toContain('The ward rang the council')
    expect((await place.get('/matching')).text).not.toContain(family.toUpperCase())

    expect((await place.get('/matching/decided')).text).toContain('The ward rang the council')

    const undo = await place.post(`/matching/people/${oneRef}/unlink`, {
      file: otherRef,
      seen: /name="seen" value="([^"]*)"/.exec(person.text)?.[1] ?? '',
      why: 'It was her sister',
    })
    expect(undo.status).toBe(303)
    expect(plain((await place.get(`/matching/people/${oneRef}`)).text)).toContain(
      'One record, not joined to another',
    )
    expect((await place.get('/matching')).text).toContain(family.toUpperCase())
  })

  test('not the same person: never suggested again, whatever comes; and it can be taken back', async () => {
    const { at, family, oneRef, otherRef } = await place.doubt()
    const { text } = await place.get(at)
    await place.post(at, { answer: 'never', why: 'Two sisters, both seen', replaces: seen(text) })
    expect((await place.get('/matching')).text).not.toContain(family.toUpperCase())
    const person = await place.get(`/matching/people/${oneRef}`)
    expect(plain(person.text)).toContain('Never the same person as')
    await place.post(`/matching/people/${oneRef}/take-back`, {
      one: oneRef,
      other: otherRef,
      replaces: seen(person.text),
      why: 'A mistake of mine',
    })
    expect((await place.get('/matching')).text).toContain(family.toUpperCase())
  })

  test('not sure yet: it stays, in my name, with my note', async () => {
    const { at, family } = await place.doubt()
    await place.post(at, { answer: 'unsure', why: 'Left a message at the ward', replaces: '' })
    expect((await place.get('/matching?owner=mine')).text).toContain(family.toUpperCase())
    expect((await place.get('/matching?owner=nobody')).text).not.toContain(family.toUpperCase())
    expect(plain((await place.get(at)).text)).toContain('Left a message at the ward')
  })

  test('an answer to what somebody else has answered meanwhile is refused', async () => {
    const { at } = await place.doubt()
    await place.post(at, { answer: 'unsure', why: 'Left a message', replaces: '' })
    const late = await place.post(at, { answer: 'same', why: 'They are the same', replaces: '' })
    expect(late.status).toBe(409)
    expect(plain((await place.get(at)).text)).toContain('not sure yet')
  })

  test.each([
    [{ why: 'because I know', replaces: '' }, 'Choose whether they are the same person'],
    [{ answer: 'same', why: '', replaces: '' }, 'Say in a few words how you know'],
  ])('%j comes back with what is missing, and both records', async (form, words) => {
    const { at } = await place.doubt()
    const { status, text } = await place.post(at, form as Record<string, string>)
    expect(status).toBe(422)
    expect(text).toContain(words)
    expect(text).toContain('What each source says')
  })

  test('a protected address hides where either lives, and which practice it is', async () => {
    const { family, birthDate } = somebody()
    const one = await place.hears(practice, { family, birthDate, phone: '01709 820000', practice: 'ZP001' })
    const other = await place.hears(council, { family, birthDate, phone: '01709 820000', practice: 'ZP001' })
    await place.peek(
      sql`insert into access.protection (person_key, kind, basis, in_force, recorded_by) values (${one}, 'protected address', 'Patient/1', true, 'x')`,
    )
    const [oneRef, otherRef] = await place.refs(one, other)
    for (const path of [`/matching/pairs/${oneRef}/${otherRef}`, '/matching', '/matching.csv']) {
      const words = plain((await place.get(path)).text)
      const from = words.indexOf(family.toUpperCase())
      expect(from, path).toBeGreaterThan(0)
      const near = path.includes('pairs') ? words : words.slice(from - 300, from + 900)
      expect(near, path).not.toContain('S60 1AA')
      expect(near, path).not.toContain('same phone')
      expect(near, path).not.toContain('same practice')
      if (path.includes('pairs')) {
        expect(near).not.toContain('Clifton Vale')
        expect(near).toContain('A GP practice')
      }
    }
  })

  test('one source says that she died: both are shown, and the correction of a mistake', async () => {
    const { family, birthDate, number } = somebody()
    const said = { family, birthDate, nhsNumber: number, localValue: `H ${number}` }
    const one = await place.hears(hospital, { ...said, died: true })
    await place.hears(practice, said)
    const [ref] = await place.refs(one)
    const disputed = plain((await place.get(`/matching/people/${ref}`)).text)
    expect(disputed).toContain('do not agree on whether this person has died. Hospital: died.')
    const trace = {
      family,
      day: String(Number(birthDate.slice(8))),
      month: String(Number(birthDate.slice(5, 7))),
      year: birthDate.slice(0, 4),
    }
    expect(plain((await place.post('/people/find', trace, place.nurse)).text)).toContain(
      'died, say some sources; others do not',
    )
    await place.hears(hospital, { ...said, died: false })
    expect(plain((await place.get(`/matching/people/${ref}`)).text)).not.toContain('do not agree')
    expect(plain((await place.post('/people/find', trace, place.nurse)).text)).not.toContain('died')
  })
})

describe('a number superseded', () => {
  test('takes the pair from the worklist, and a search by name shows only the new record', async () => {
    const { family, birthDate, number } = somebody()
    const old = await place.hears(hospital, { family, birthDate, nhsNumber: number, given: 'Margaret' })
    await place.hears(practice, { family, birthDate, nhsNumber: nhsNumberFor(9000), given: 'Margaret' })
    expect((await place.get('/matching')).text).toContain(family.toUpperCase())
    expect((await place.post('/matching/superseded', { nhsNumber: '999 000 1234' })).status).toBe(422)
    expect((await place.post('/matching/superseded', { nhsNumber: number })).status).toBe(303)
    expect((await place.get('/matching')).text).not.toContain(family.toUpperCase())
    const trace = {
      day: String(Number(birthDate.slice(8))),
      month: String(Number(birthDate.slice(5, 7))),
      year: birthDate.slice(0, 4),
    }
    expect(plain((await place.post('/people/find', { ...trace, family }, place.nurse)).text)).toContain(
      '1 person found',
    )
    expect(
      plain((await place.post('/people/find', { ...trace, nhsNumber: number }, place.nurse)).text),
    ).toContain('1 person found')
    const [ref] = await place.refs(old)
    expect(plain((await place.get(`/matching/people/${ref}`)).text)).toContain(
      'One record, not joined to another',
    )
  })
})

describe('finding a person’s records again', () => {
  test('takes a number and the birth date, and shows what the rules joined', async () => {
    const { family, birthDate, number } = somebody()
    const who = { family, birthDate, nhsNumber: number }
    const file = await place.hears(hospital, who)
    await place.hears(practice, who)
    const [year = '', month = '', day = ''] = birthDate.split('-')
    expect((await place.post('/matching/find', { nhsNumber: number })).status).toBe(422)
    const wrong = await place.post('/matching/find', { nhsNumber: number, day, month, year: '2001' })
    expect(wrong.text).toContain('No record has this number and birth date')
    const found = await place.post('/matching/find', { nhsNumber: number, day, month, year })
    expect(await place.audited('matching.find')).toContain(file)
    const person = await place.get(found.location ?? '')
    expect(plain(person.text)).toContain('same NHS number; same birth date')
    const undo = await place.post(`${found.location}/unlink`, {
      file: found.location?.split('/').at(-1) ?? '',
      seen: /name="seen" value="([^"]*)"/.exec(person.text)?.[1] ?? '',
      why: 'Her mother’s number',
    })
    expect(undo.status).toBe(303)
    expect(plain((await place.get(found.location ?? '')).text)).toContain('One record, not joined')
  })
})
