import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anAdt } from '../src/feeds/adt/an-adt.ts'
import { connectTo, type Sender } from '../src/feeds/index.ts'
import { stoppedClock } from '../src/platform/index.ts'
import { type TestApp, testApp } from '../src/testing/app.ts'
import { inShort } from '../src/testing/listening-place.ts'
import { desktop, journey, mustBeAccessible, openBrowser, phone, signedIn } from './browser.ts'

/** The steps are those of docs/quarantine.md, in its order and by its words. */
journey('Somebody who has never seen the screen clears the quarantine', () => {
  let app: TestApp
  let browser: Browser
  let sender: Sender
  let officer: Page
  const person = (number: number) => ({ identifiers: `R88000${number}^^^RFR^MR`, visit: `V88${number}` })
  const whole = anAdt('A01', { ...person(3), control: 'FAULT3' })

  beforeAll(async () => {
    app = await testApp(stoppedClock('2026-06-16T12:00:00Z'))
    sender = await connectTo(app.mllpPort)
    const send = async (message: string) => inShort(await sender.send(message))
    expect(await send(anAdt('A01', { ...person(1), control: 'FAULT1', born: '19411314' }))).toBe('AE (PID-7)')
    expect(await send(anAdt('A01', { ...person(2), control: 'FAULT2' }))).toBe('AA')
    expect(await send(anAdt('A01', { ...person(6), control: 'FAULT2' }))).toBe('AE (MSH-10)')
    expect(await send(whole.replace(/PV1.*?\r/, ''))).toBe('AR (PV1)')
    expect(await send(anAdt('A11', { ...person(4), control: 'FAULT4', recorded: '20260612150000' }))).toBe(
      'AE (PV1-19)',
    )
    expect(await send(anAdt('A01', { ...person(5), control: 'FAULT5', application: 'TESTPAS' }))).toBe(
      'AR (MSH-3)',
    )
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    sender?.close()
    await app.close()
  })

  /** Steps 3 and 6: choose the reason, then the first message in the list. */
  async function open(reason: string): Promise<void> {
    await officer.getByRole('link', { name: new RegExp(`^${reason}`) }).click()
    await officer.locator('tbody').getByRole('link').first().click()
    await officer.getByRole('heading', { name: 'What to do' }).waitFor()
  }
  /** Steps 5 and 6: a box says that it was done; back to the quarantine. */
  async function isDone(words: string): Promise<void> {
    const box = officer.locator('.nhsuk-notification-banner')
    await box.getByText(words).waitFor()
    await box.getByRole('link', { name: 'Back to the quarantine' }).click()
    await officer.getByRole('heading', { level: 1, name: 'Quarantine' }).waitFor()
  }
  const waiting = async () =>
    (await officer.locator('main').innerText()).match(/(\d+) messages? could not/)?.[1]
  const act = (name: string) => officer.getByRole('form', { name, exact: true })

  test('given five faults, when she opens the quarantine, then each reason says what usually ends it', async () => {
    officer = await signedIn(browser, app.base, 'Data quality officer')
    await officer.getByRole('link', { name: 'Quarantine' }).first().click()
    expect(await waiting()).toBe('5')
    const text = await officer.locator('main').innerText()
    for (const words of [
      'A value is wrong',
      'Control id used twice',
      'Not built as HL7',
      'Unknown visit',
      'Unknown sender',
    ])
      expect(text).toContain(words)
    for (const size of [phone, desktop]) {
      await officer.setViewportSize(size.viewport)
      await mustBeAccessible(officer)
    }
  })

  test('a wrong value: she mends the field', async () => {
    await open('A value is wrong')
    for (const size of [phone, desktop]) {
      await officer.setViewportSize(size.viewport)
      await mustBeAccessible(officer)
    }
    await act('Mend PID-7').getByLabel('PID-7: Born').fill('19410714')
    await act('Mend PID-7').getByRole('button', { name: 'Mend and try' }).click()
    await officer.getByRole('alert').getByText('Say why').waitFor()
    await mustBeAccessible(officer)
    await act('Mend PID-7').getByLabel('Why').fill('The ward looked it up')
    await act('Mend PID-7').getByRole('button', { name: 'Mend and try' }).click()
    await isDone('The message was applied')
    expect(await waiting()).toBe('4')
  })

  test('a control id used twice: they are two people, so she replays it, by keyboard alone', async () => {
    await officer.getByRole('link', { name: /^Control id used twice/ }).focus()
    await officer.keyboard.press('Enter')
    await officer.locator('tbody').getByRole('link').first().focus()
    await officer.keyboard.press('Enter')
    await act('Replay as it is').getByLabel('Why').focus()
    await officer.keyboard.type('Two different people')
    await officer.keyboard.press('Tab')
    await officer.keyboard.press('Enter')
    await isDone('The message was applied')
    expect(await waiting()).toBe('3')
  })

  test('a line is missing: she mends the whole text', async () => {
    await open('Not built as HL7')
    expect(await officer.locator('main').innerText()).toContain('There is no PV1 segment')
    await act('Mend the whole text').getByLabel('Text of the message').fill(whole.replaceAll('\r', '\n'))
    await act('Mend the whole text').getByLabel('Why').fill('The line is as in the discharge')
    await act('Mend the whole text').getByRole('button', { name: 'Mend the text and try' }).click()
    await isDone('The message was applied')
    expect(await waiting()).toBe('2')
  })

  test('an unknown visit: she waits, and it leaves by itself when the admission comes', async () => {
    await open('Unknown visit')
    expect(await officer.locator('main').innerText()).toContain('Wait: when what it waits for comes')
    expect(inShort(await sender.send(anAdt('A01', { ...person(4), control: 'LATE4' })))).toBe('AA')
    await officer.goto('/feeds/quarantine')
    expect(await waiting()).toBe('1')
    expect(await officer.locator('main').innerText()).toContain('Applied later: 1 by themselves')
  })

  test('an unknown sender: it is a test system, so she sets it aside, and nothing waits any more', async () => {
    await open('Unknown sender')
    await act('Set aside').getByLabel('Why').fill('A test system, sent by mistake')
    await act('Set aside').getByRole('button', { name: 'Set aside' }).click()
    await isDone('The message was set aside')
    expect(await officer.locator('main').innerText()).toContain('Nothing is in quarantine')
    await mustBeAccessible(officer)
  })

  test('the other pages are as good on a desk and on a phone', async () => {
    for (const path of ['/feeds/messages', '/feeds/messages?state=replayed', '/feeds/health']) {
      await officer.goto(path)
      for (const size of [phone, desktop]) {
        await officer.setViewportSize(size.viewport)
        await mustBeAccessible(officer)
      }
    }
  })

  test('without JavaScript a message is mended, and many are replayed together', async () => {
    for (const number of [7, 8])
      expect(
        inShort(
          await sender.send(
            anAdt('A01', { ...person(number), control: 'FAULT2', name: `No^Script${number}` }),
          ),
        ),
      ).toBe('AE (MSH-10)')
    expect(inShort(await sender.send(anAdt('A01', { ...person(9), control: 'FAULT9', born: 'x' })))).toBe(
      'AE (PID-7)',
    )
    officer = await signedIn(browser, app.base, 'Data quality officer', {
      ...phone,
      javaScriptEnabled: false,
    })
    await officer.goto('/feeds/quarantine')
    await open('A value is wrong')
    await act('Mend PID-7').getByLabel('PID-7: Born').fill('19410714')
    await act('Mend PID-7').getByLabel('Why').fill('The ward looked it up')
    await act('Mend PID-7').getByRole('button', { name: 'Mend and try' }).click()
    await isDone('The message was applied')
    await officer.getByRole('link', { name: /Replay together.*Control id used twice/ }).click()
    await officer.getByLabel('What have you mended?').fill('The sender counts anew')
    await officer.getByRole('button', { name: 'Replay 2 messages' }).click()
    await officer.getByText('All of them were applied').waitFor()
    await officer.getByRole('link', { name: 'Back to the quarantine' }).click()
    expect(await officer.locator('main').innerText()).toContain('Nothing is in quarantine')
  })
})
