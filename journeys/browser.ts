import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { findChromium } from '../tools/chromium.ts'

const found = findChromium()

/**
 * A journey: what somebody does, in a real browser. Without one it is reported as skipped on a user's machine, and fails in CI, where a
 * missing browser would hide every journey.
 */
export const journey = (words: string, steps: () => void): void => {
  if (!found && process.env['CI'] === 'true') throw new Error('CI needs Chromium: the journeys cannot run')
  describe.skipIf(!found)(words, steps)
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: found ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

export const desktop = { viewport: { width: 1280, height: 900 } }
export const phone = { viewport: { width: 375, height: 800 } }

/** Somebody at a browser of their own, signed in by the demonstration's issuer. */
export async function signedIn(
  browser: Browser,
  base: string,
  name: string,
  options: Parameters<Browser['newContext']>[0] = desktop,
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    baseURL: base,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    ...options,
  })
  const page = await context.newPage()
  await page.goto('/')
  await page
    .getByRole('button', { name: 'Sign in' })
    .or(page.getByRole('link', { name: 'Sign in' }))
    .click()
  await page.getByRole('button', { name }).click()
  await page.waitForURL(`${base}/`)
  return page
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
type Violation = { id: string; nodes: { html: string }[] }

/** A page that is just being left for the next takes its document away under the script: then the next is looked at. */
async function violationsOn(page: Page, tries = 3): Promise<Violation[]> {
  await page.waitForLoadState()
  try {
    const session = await page.context().newCDPSession(page)
    await session.send('Page.setBypassCSP', { enabled: true })
    await page.evaluate(axe)
    return (await page.evaluate(
      "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) => result.violations)",
    )) as Violation[]
  } catch (problem) {
    if (tries === 1) throw problem
    return violationsOn(page, tries - 1)
  }
}

/**
 * No violation of WCAG 2.2 AA that a machine can find, and nothing to scroll sideways for. The script is put in by the browser itself, since
 * the page's own policy lets nothing in.
 */
export async function mustBeAccessible(page: Page): Promise<void> {
  const violations = await violationsOn(page)
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`),
    page.url(),
  ).toEqual([])
  const width = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(width, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0)
}
