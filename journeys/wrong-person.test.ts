import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../src/platform/index.ts'
import { londonDate } from '../src/platform/ui/index.ts'
import { type TestApp, testApp } from '../src/testing/app.ts'
import { keepCharacters } from '../src/testing/keep-characters.ts'
import { journey, mustBeAccessible, openBrowser, phone, signedIn } from './browser.ts'

let app: TestApp
let browser: Browser
const start = async () => {
  app = await testApp()
  await keepCharacters(app.database, app.place, systemClock.now())
  browser = await openBrowser()
}
const stop = async () => {
  await browser?.close()
  await app?.close()
}

async function openMargaret(page: Page): Promise<void> {
  await page.goto('/people/find')
  await page.getByLabel('NHS number').fill('999 000 1235')
  await page.getByLabel('Day').fill('14')
  await page.getByLabel('Month').fill('7')
  await page.getByLabel('Year').fill('1941')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: /ASHWORTH, Margaret/ }).click()
  await page.locator('.gt-banner', { hasText: 'ASHWORTH, Margaret' }).waitFor()
}

journey('A letter that is about somebody else', () => {
  let gp: Page
  let quality: Page
  let letter: string
  beforeAll(start)
  afterAll(stop)

  test('given her GP reads a letter in Margaret’s record, when it is not about her, then the GP says so', async () => {
    gp = await signedIn(browser, app.base, 'Priya Nair', {
      viewport: { width: 1280, height: 900 },
      javaScriptEnabled: true,
    })
    await openMargaret(gp)
    await gp.getByRole('link', { name: 'Documents', exact: true }).click()
    await mustBeAccessible(gp)
    const first = gp.locator('table a[href*="/documents/"]').first()
    letter = await first.innerText()
    await first.click()
    await gp.getByRole('heading', { level: 1, name: letter }).waitFor()
    await mustBeAccessible(gp)
    await gp.getByRole('link', { name: 'Not about this person?' }).click()
    await gp.getByLabel('How can you tell?').waitFor()
    await mustBeAccessible(gp)
    await gp.getByRole('button', { name: 'Take it out of this record' }).click()
    await gp.getByRole('alert').waitFor()
    await mustBeAccessible(gp)
    await gp.getByLabel('How can you tell?').fill('The letter inside names somebody else')
    await gp.getByRole('button', { name: 'Take it out of this record' }).click()
  })

  test('then it is gone at once, and the record says that something is', async () => {
    await gp.getByText('1 item from').waitFor()
    expect(await gp.locator('body').innerText()).toContain('has been withdrawn while its owner is checked')
    await mustBeAccessible(gp)
    await gp.getByRole('link', { name: 'Documents', exact: true }).click()
    await gp.getByRole('heading', { level: 1, name: 'Documents' }).waitFor()
    expect(await gp.locator('table').innerText()).not.toContain(letter)
  })

  test('when whoever looks after quality finds out whose it is, then they move it there', async () => {
    quality = await signedIn(browser, app.base, 'Grace Holroyd', phone)
    await quality.getByRole('link', { name: 'Wrong person' }).last().click()
    await mustBeAccessible(quality)
    await quality.locator('table a').first().click()
    await quality.getByRole('heading', { level: 1, name: 'Document reported as somebody else’s' }).waitFor()
    await mustBeAccessible(quality)
    await quality.getByLabel('Their NHS number').fill('999 000 1375')
    await quality.getByLabel('Day').fill('11')
    await quality.getByLabel('Month').fill('10')
    await quality.getByLabel('Year').fill('1969')
    await quality.getByRole('button', { name: 'Find this person' }).click()
    await quality.getByText('SYKES, Trevor').waitFor()
    await mustBeAccessible(quality)
    await quality.getByLabel('How do you know that it is theirs?').fill('The clinic confirmed it by phone')
    await quality.getByRole('button', { name: 'Move it to this person' }).click()
    await quality.getByText('Moved').first().waitFor()
    await mustBeAccessible(quality)
    await gp.reload()
    expect(await gp.locator('body').innerText()).not.toContain('has been withdrawn')
  })
})

journey('A document that a practitioner adds', () => {
  let gp: Page
  beforeAll(start)
  afterAll(stop)

  const pdf = (words: string) => ({
    name: 'form.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from(
      `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/MediaBox[0 0 300 144]/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%${words}`,
    ),
  })

  async function fill(title: string, button = 'Add it to this record'): Promise<void> {
    const [year = '', month = '', day = ''] = londonDate(systemClock.now()).split('-')
    await gp.getByLabel('File').setInputFiles(pdf(title))
    await gp.getByLabel('What kind of document is it?').selectOption('ReSPECT form')
    await gp.getByLabel('Title').fill(title)
    await gp.getByLabel('Day').fill(day)
    await gp.getByLabel('Month').fill(month)
    await gp.getByLabel('Year').fill(year)
    await gp.getByRole('button', { name: button }).click()
  }

  test('given no JavaScript, when a GP adds a ReSPECT form, then it stands at the top of the record', async () => {
    gp = await signedIn(browser, app.base, 'Priya Nair', {
      viewport: { width: 1280, height: 900 },
      javaScriptEnabled: false,
    })
    await openMargaret(gp)
    await gp.getByRole('link', { name: 'Documents', exact: true }).click()
    await gp.getByRole('link', { name: 'Add a document' }).click()
    await gp.getByRole('button', { name: 'Add it to this record' }).click()
    await gp.getByText('Choose a file').first().waitFor()
    await fill('ReSPECT form, first')
    await gp.getByRole('heading', { level: 1, name: 'ReSPECT form, first' }).waitFor()
    expect(await gp.locator('iframe').getAttribute('src')).toMatch(/\/content$/)
    await gp.getByRole('link', { name: 'Summary', exact: true }).click()
    await gp.locator('#standing').waitFor()
    expect(await gp.locator('section', { has: gp.locator('#standing') }).innerText()).toContain(
      'ReSPECT form, first',
    )
  })

  test('when it is reviewed, then the new version stands there and the old one says that it was replaced', async () => {
    await gp.getByRole('link', { name: 'ReSPECT form, first' }).first().click()
    await gp.getByRole('link', { name: 'Add a new version' }).click()
    expect(await gp.getByLabel('Title').inputValue()).toBe('ReSPECT form, first')
    await fill('ReSPECT form, reviewed', 'Add the new version')
    await gp.getByRole('heading', { level: 1, name: 'ReSPECT form, reviewed' }).waitFor()
    await gp.getByRole('link', { name: /ReSPECT form, first/ }).click()
    await gp.getByRole('heading', { name: 'Replaced by a later version' }).waitFor()
    await gp.getByRole('link', { name: 'Summary', exact: true }).click()
    const standing = await gp.locator('section', { has: gp.locator('#standing') }).innerText()
    expect(standing).toContain('ReSPECT form, reviewed')
    expect(standing).not.toContain('ReSPECT form, first')
  })
})
