import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemToken } from '../../../testing/http.ts'
import { anOfficer, type Officer, seenOn, words } from '../../../testing/officer.ts'
import { anAdt } from '../../adt/an-adt.ts'

let it: Officer
beforeAll(async () => {
  it = await anOfficer()
})
afterAll(() => it.close())

describe('mending', () => {
  test('a field is put right, the message is applied, and the original stays', async () => {
    const who = it.somebody()
    await it.told(anAdt('A01', { ...who, control: 'N1', born: '19411314' }))
    const path = await it.pathOf('N1')
    const seen = seenOn(await it.ask(path))
    const missing = await it.ask(`${path}/mend`, { seen, value: '19410714', why: ' ' })
    expect(missing.status).toBe(422)
    expect(words(missing)).toContain('Say why')
    expect(missing.text).toContain('value="19410714"')
    const done = await it.ask(`${path}/mend`, { seen, value: '19410714', why: 'The ward looked it up' })
    expect([done.status, done.location]).toEqual([303, `${path}?did=taken`])
    expect(await it.stateOf('N1')).toBe('replayed')
    const after = words(await it.ask(`${path}?did=taken`))
    expect(after).toContain('The message was applied.')
    expect(after).toMatch(/Being mended .*?The ward looked it up .*?Grace Holroyd/)
    expect(
      await it.look("select body like '%19411314%' as kept from feeds.message where control_id = 'N1'"),
    ).toEqual([{ kept: true }])
  })

  test('a value that is still wrong stays in quarantine with the new reason', async () => {
    const who = it.somebody()
    await it.told(anAdt('A01', { ...who, control: 'N2', born: '19411314' }))
    const path = await it.pathOf('N2')
    const done = await it.ask(`${path}/mend`, {
      seen: seenOn(await it.ask(path)),
      value: '19411414',
      why: 'x',
    })
    expect(done.location).toBe(`${path}?did=waits`)
    const page = await it.ask(`${path}?did=waits`)
    expect(words(page)).toContain('was tried and is still in quarantine')
    expect(page.text).toContain('value="19411414"')
  })

  test('the whole text can be mended; what is no message is refused and nothing typed is lost', async () => {
    const who = it.somebody()
    const whole = anAdt('A01', { ...who, control: 'N3' })
    await it.told(whole.replace(/PV1.*?\r/, ''))
    const path = await it.pathOf('N3')
    const page = await it.ask(path)
    expect(words(page)).toContain('There is no PV1 segment in this message')
    const seen = seenOn(page)
    const wrong = await it.ask(`${path}/mend`, { seen, text: 'hello', why: 'x' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('>hello</textarea>')
    const same = await it.ask(`${path}/mend`, {
      seen,
      text: whole
        .replace(/PV1.*?\r/, '')
        .replace(/\r$/, '')
        .replaceAll('\r', '\r\n')
        .concat('\r\n'),
      why: 'x',
    })
    expect(words(same)).toContain('Nothing has been changed')
    const done = await it.ask(`${path}/mend`, {
      seen,
      text: whole.replaceAll('\r', '\r\n'),
      why: 'As in A08',
    })
    expect(done.location).toBe(`${path}?did=taken`)
  })

  test('what has changed since it was opened is not acted on, and that is said', async () => {
    const who = it.somebody()
    await it.told(anAdt('A11', { ...who, control: 'C1', recorded: '20260612150000' }))
    const path = await it.pathOf('C1')
    const seen = seenOn(await it.ask(path))
    await it.told(anAdt('A01', { ...who, control: 'C2' }))
    expect(await it.stateOf('C1')).toBe('replayed')
    const before = await it.look('select 1 from feeds.message_state')
    for (const act of ['replay', 'mend', 'set-aside']) {
      const answer = await it.ask(`${path}/${act}`, { seen, why: 'Late', value: 'V1' })
      expect(answer.status).toBe(422)
      expect(words(answer)).toContain('It is applied later now: look again')
    }
    expect(await it.look('select 1 from feeds.message_state')).toHaveLength(before.length)
  })

  test.each(['a|b', 'a\nPID|1'])('a field cannot become more than a field: %j', async (value) => {
    const who = it.somebody()
    const control = `X${who.visit}`
    await it.told(anAdt('A01', { ...who, control, born: '19411314' }))
    const path = await it.pathOf(control)
    const answer = await it.ask(`${path}/mend`, { seen: seenOn(await it.ask(path)), value, why: 'x' })
    expect(answer.status).toBe(422)
    expect(words(answer)).toContain('must be one line without')
  })
})

describe('replaying and setting aside', () => {
  test('a control id used twice is replayed as it is', async () => {
    const [one, other] = [it.somebody(), it.somebody()]
    await it.told(anAdt('A01', { ...one, control: 'D1' }))
    expect(await it.told(anAdt('A01', { ...other, control: 'D1' }))).toBe('AE (MSH-10)')
    const [waits] = await it.look<{ id: string }>(
      "select message_id as id from feeds.message_now where control_id = 'D1' and state = 'quarantined'",
    )
    const path = `/feeds/messages/${waits?.id}`
    const done = await it.ask(`${path}/replay`, {
      seen: seenOn(await it.ask(path)),
      why: 'Two different people',
    })
    expect(done.location).toBe(`${path}?did=taken`)
  })

  test('what will not be applied is set aside with a reason, whoever sent it', async () => {
    for (const [control, says] of [
      ['S1', { born: '19411314' }],
      ['S2', { application: 'STRANGER' }],
    ] as const) {
      await it.told(anAdt('A01', { ...it.somebody(), control, ...says }))
      const path = await it.pathOf(control)
      const seen = seenOn(await it.ask(path))
      expect((await it.ask(`${path}/set-aside`, { seen, why: '' })).status).toBe(422)
      const done = await it.ask(`${path}/set-aside`, { seen, why: 'Sent by a test system' })
      expect(done.location).toBe(`${path}?did=aside`)
      expect(await it.stateOf(control)).toBe('set aside')
      expect(words(await it.ask(path))).toMatch(/Set aside (?:\S+ )*?Sent by a test system .*?Grace Holroyd/)
    }
  })

  test('what came by FHIR is for its sender to send again: it can only be set aside', async () => {
    const token = await systemToken(it.app.base, 'demo-hospital', 'demo-hospital-secret')
    const answer = await fetch(`${it.app.base}/fhir/$process-message`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Bundle', id: 'F1', type: 'message', entry: [] }),
    })
    expect(answer.status).toBe(422)
    const path = await it.pathOf('F1')
    const page = await it.ask(path)
    expect(words(page)).toContain('This came by FHIR')
    expect(page.text).not.toContain(`${path}/replay`)
    const seen = seenOn(page)
    await it.ask(`${path}/replay`, { seen, why: 'x' })
    expect(await it.stateOf('F1')).toBe('quarantined')
    await it.ask(`${path}/set-aside`, { seen, why: 'A test of theirs' })
    expect(await it.stateOf('F1')).toBe('set aside')
  })

  test('what an unknown sender sent cannot be tried, and the page says why', async () => {
    await it.told(anAdt('A01', { ...it.somebody(), control: 'U1', application: 'STRANGER' }))
    const path = await it.pathOf('U1')
    const answer = await it.ask(`${path}/replay`, { seen: seenOn(await it.ask(path)), why: 'x' })
    expect(answer.status).toBe(422)
    expect(words(answer)).toContain('its sender is not known here')
  })
})
