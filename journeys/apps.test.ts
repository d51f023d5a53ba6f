import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SmartPlace, type Somebody, smartPlace } from '../src/testing/apps/smart-place.ts'
import { anApp } from './an-app.ts'
import { desktop, journey, mustBeAccessible, openBrowser, phone, signedIn } from './browser.ts'

journey('An app reads what a practitioner lets it', () => {
  let place: SmartPlace
  let app: Awaited<ReturnType<typeof anApp>>
  let margaret: Somebody
  let browser: Browser
  let gp: Page
  beforeAll(async () => {
    app = await anApp()
    place = await smartPlace(app.url)
    margaret = await place.somebody('9990001235')
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    app.close()
    await place.close()
  })

  test('given the GP at Margaret’s record, when she opens the app, then it says what it asks for', async () => {
    gp = await signedIn(browser, place.app.base, 'Dr Priya Nair')
    await gp.goto(`/people/${margaret.ref}`)
    await gp.getByRole('link', { name: 'Apps' }).click()
    await gp.getByRole('heading', { level: 1, name: 'Apps' }).waitFor()
    await mustBeAccessible(gp)
    await gp.getByRole('button', { name: 'Open Observations at a glance' }).click()
    await gp
      .getByRole('heading', { level: 1, name: 'Allow Observations at a glance to use the record?' })
      .waitFor()
    for (const size of [phone, desktop]) {
      await gp.setViewportSize(size.viewport)
      await mustBeAccessible(gp)
    }
    const words = await gp.locator('main').innerText()
    for (const said of [
      'ASHWORTH, Margaret',
      '999 000 1235',
      'see test results and measurements',
      'never sees more than you',
    ])
      expect(words).toContain(said)
  })

  test('when she allows it, then it shows her observations, and gets no problems', async () => {
    await gp.getByRole('button', { name: 'Allow', exact: true }).click()
    await gp.waitForURL(`${app.url}/**`)
    await gp
      .locator('#patient', { hasText: 'ASHWORTH' })
      .or(gp.locator('#patient', { hasText: 'Ashworth' }))
      .waitFor()
    await gp.locator('#observations li').first().waitFor()
    await gp.locator('#problem', { hasText: 'no scope for Condition' }).waitFor()
  })

  test('given the app opened by itself on a phone, then she chooses whom it is about, and may refuse', async () => {
    const page = await signedIn(browser, place.app.base, 'Dr Priya Nair', phone)
    await page.goto(`${app.url}/alone.html?server=${encodeURIComponent(`${place.app.base}/fhir`)}`)
    await page
      .getByRole('heading', { level: 1, name: 'Choose a person for Observations at a glance' })
      .waitFor()
    await mustBeAccessible(page)
    await page.getByRole('button', { name: 'Find', exact: true }).click()
    await page.getByRole('alert').waitFor()
    await mustBeAccessible(page)
    await page.getByLabel('NHS number').fill('9990001235')
    const [year = '', month = '', day = ''] = margaret.born.split('-')
    await page.getByLabel('Day').fill(day)
    await page.getByLabel('Month').fill(month)
    await page.getByLabel('Year').fill(year)
    await page.getByRole('button', { name: 'Find', exact: true }).click()
    await page.getByRole('link', { name: /ASHWORTH, Margaret/ }).click()
    await mustBeAccessible(page)
    await page.getByRole('button', { name: 'Do not allow' }).click()
    await page.waitForURL(`${app.url}/**`)
    await page.locator('#problem', { hasText: 'The practitioner refused' }).waitFor()
    expect(await page.locator('#observations li').count()).toBe(0)
  })
})
