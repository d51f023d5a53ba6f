import { connect } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveOne } from '../src/demo.ts'
import { systemClock } from '../src/platform/index.ts'
import { characters, inventPlace } from '../src/synthetic/index.ts'
import { type TestApp, testApp } from '../src/testing/app.ts'
import { desktop, journey, mustBeAccessible, openBrowser, phone, signedIn } from './browser.ts'

journey('A person’s record from six services on one screen', () => {
  let app: TestApp
  let browser: Browser
  let nurse: Page
  beforeAll(async () => {
    app = await testApp()
    const now = systemClock.now()
    for (const sent of inventPlace({
      people: characters(now).length,
      seed: 'journey',
      now,
      place: app.place,
    }))
      await receiveOne(app.database, app.place, sent)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await app.close()
  })

  test('given an emergency nurse, when she looks for Margaret by keyboard alone, then she must say why', async () => {
    nurse = await signedIn(browser, app.base, 'Emergency nurse')
    await mustBeAccessible(nurse)
    await nurse.goto('/people/find')
    await mustBeAccessible(nurse)
    await nurse.getByLabel('NHS number').focus()
    await nurse.keyboard.type('999 000 1235')
    for (const part of ['14', '7', '1941']) {
      await nurse.keyboard.press('Tab')
      await nurse.keyboard.type(part)
    }
    await nurse.keyboard.press('Enter')
    await nurse.getByRole('heading', { level: 1, name: '1 person found' }).waitFor()
    await mustBeAccessible(nurse)
    await nurse.getByRole('link', { name: /ASHWORTH, Margaret/ }).focus()
    await nurse.keyboard.press('Enter')
    await nurse
      .getByRole('heading', { level: 1, name: 'You have no relationship with this person' })
      .waitFor()
    await mustBeAccessible(nurse)
  })

  test('when she states her reason, then Margaret’s story from six services opens', async () => {
    await nurse.getByRole('button', { name: 'Say why you need this record' }).click()
    await mustBeAccessible(nurse)
    await nurse.getByRole('button', { name: 'Open the record' }).click()
    await nurse.getByRole('alert').waitFor()
    await nurse.getByLabel('The person is with me').check()
    await nurse.getByLabel('In your own words').fill('Brought in by ambulance after a fall')
    await nurse.getByRole('button', { name: 'Open the record' }).click()
    await nurse.locator('.gt-banner', { hasText: 'ASHWORTH, Margaret' }).waitFor()
    const page = await nurse.locator('body').innerText({ timeout: 10_000 })
    for (const words of [
      '999 000 1235',
      '14 Jul 1941',
      'penicillin',
      'Not connected',
      'Yorkshire Ambulance Service',
    ])
      expect(page).toContain(words)
    for (const source of [
      'Clifton Vale Surgery',
      'Hospital',
      'Community services',
      'Mental health',
      'Adult social care',
      'Hospice',
    ])
      expect(page, source).toContain(source)
    await mustBeAccessible(nurse)
  })

  test('when the hospital admits her, then it stands in the record a moment later', async () => {
    const answer = await sendHl7(app.mllpPort, admission())
    expect(answer).toContain('MSA|AA|JOURNEY1')
    await nurse.reload()
    expect(await nurse.locator('main').innerText({ timeout: 10_000 })).toContain(
      'Urgent and Emergency Care Centre',
    )
  })

  test('each section of the record opens from its navigation, on a desk and on a phone', async () => {
    const links = await nurse
      .locator('.gt-sections__link')
      .evaluateAll((all) => all.map((link) => (link as unknown as { href: string }).href))
    expect(links.length).toBeGreaterThanOrEqual(7)
    for (const size of [desktop, phone]) {
      await nurse.setViewportSize(size.viewport)
      for (const link of links) {
        const answer = await nurse.goto(link)
        expect(answer?.status(), link).toBe(200)
        await mustBeAccessible(nurse)
      }
    }
  })

  test('given a GP of another practice, then the record stays shut', async () => {
    const gp = await signedIn(browser, app.base, 'Dr Owen Bell', phone)
    await find(gp, '9990001235', ['14', '7', '1941'])
    await gp.getByRole('link', { name: /ASHWORTH, Margaret/ }).click()
    await gp.getByRole('heading', { level: 1, name: 'You have no relationship with this person' }).waitFor()
    expect(await gp.locator('body').innerText({ timeout: 10_000 })).not.toMatch(/penicillin/i)
    await mustBeAccessible(gp)
  })

  test('given the privacy officer, then the nurse’s reason is there to review', async () => {
    const officer = await signedIn(browser, app.base, 'Privacy officer')
    await officer.goto('/access-reviews')
    const text = await officer.locator('main').innerText({ timeout: 10_000 })
    expect(text).toContain('Brought in by ambulance after a fall')
    expect(text).toContain('Sam Okafor')
    await mustBeAccessible(officer)
    await officer.getByLabel('Appropriate', { exact: true }).check()
    await officer.getByLabel('Note').fill('Admitted the same hour')
    await officer.getByRole('button', { name: 'Save review' }).click()
    await officer.getByRole('heading', { name: 'Reviewed (1)' }).waitFor()
  })

  test('without JavaScript the same record opens to the registered practice', async () => {
    const gp = await signedIn(browser, app.base, 'Dr Priya Nair', { ...desktop, javaScriptEnabled: false })
    await find(gp, '9990001235', ['14', '7', '1941'])
    await gp.getByRole('link', { name: /ASHWORTH, Margaret/ }).click()
    expect(await gp.locator('body').innerText({ timeout: 10_000 })).toMatch(/penicillin/i)
  })
})

async function find(page: Page, nhsNumber: string, born: [string, string, string]): Promise<void> {
  await page.goto('/people/find')
  await page.getByLabel('NHS number').fill(nhsNumber)
  for (const [index, name] of ['Day', 'Month', 'Year'].entries())
    await page.getByLabel(name).fill(born[index] ?? '')
  await page.getByRole('button', { name: 'Find', exact: true }).click()
}

/** Today's admission, in the hospital's own local time. */
function admission(): string {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/London',
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const now = clock.format(systemClock.now()).replace(/\D/g, '')
  return [
    `MSH|^~\\&|RFRPAS|RFR|GOLDENTHREAD|ROTHERHAM|${now}||ADT^A01^ADT_A01|JOURNEY1|P|2.4`,
    `EVN|A01|${now}||||${now}`,
    'PID|1||9990001235^^^NHS^NH~R1400017^^^RFR^MR||Ashworth^Margaret^^^Mrs||19410714|F',
    `PV1|1|E|AE^^3^RFR||||||||||||||||V900777|||||||||||||||||||||||||${now}`,
  ].join('\r')
}

/** Sends one message to the real listener and waits for its acknowledgement. */
function sendHl7(port: number, message: string): Promise<string> {
  return new Promise((done, broken) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`\x0b${message}\x1c\r`))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk.toString()
      if (answer.includes('\x1c')) {
        socket.end()
        done(answer)
      }
    })
    socket.on('error', broken)
  })
}
