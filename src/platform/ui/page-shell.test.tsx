import { parseHTML } from 'linkedom'
import { describe, expect, it, test } from 'vitest'
import { assets } from './assets.ts'
import { type Account, PageShell, type PageShellProps, pageTitle, renderPage } from './page-shell.tsx'

const account: Account = {
  name: 'Asha Begum',
  role: 'Community nurse',
  items: [{ text: 'Change role', href: '/role' }],
  logOut: { action: '/log-out', fields: <input type="hidden" name="token" value="t" /> },
}

function page(props: Partial<PageShellProps> = {}) {
  const html = renderPage(
    <PageShell heading="Allergies" section="Record" place={{ name: 'Rotherham Place' }} {...props}>
      <h1>Allergies</h1>
    </PageShell>,
  )
  return { html, document: parseHTML(html).document }
}

describe('title', () => {
  const place = { name: 'Rotherham Place' }
  test.each([
    [{ heading: 'Allergies', section: 'Record' }, 'Allergies – Record – Golden Thread – Rotherham Place'],
    [{ heading: 'Find a person' }, 'Find a person – Golden Thread – Rotherham Place'],
    [{ heading: 'Find a person', hasErrors: true }, 'Error: Find a person – Golden Thread – Rotherham Place'],
  ])('%o is %s', (props, title) =>
    expect(pageTitle({ ...props, place, service: 'Golden Thread' })).toBe(title),
  )
})

describe('document', () => {
  it('is British English and no phone makes links of NHS numbers', () => {
    const { html, document } = page()
    expect(html).toMatch(/^<!doctype html><html lang="en-GB">/)
    expect(document.querySelector('meta[name=format-detection]')?.getAttribute('content')).toBe(
      'telephone=no',
    )
  })

  it('starts with the skip link and has the content where it leads', () => {
    const { document } = page()
    const skip = document.querySelector('body > a')
    expect(document.querySelector(`main${skip?.getAttribute('href')} h1`)?.textContent).toBe('Allergies')
  })

  it('has the organisation and never the NHS logo', () => {
    const { document } = page()
    expect(document.querySelector('.nhsuk-header__organisation-name')?.textContent).toBe('Rotherham Place')
    expect(document.querySelector('.nhsuk-header__logo')).toBeNull()
  })

  it('says who is logged in, and has Log out last, as a form', () => {
    const { document } = page({ account })
    const items = [...document.querySelectorAll('.nhsuk-header__account-item')]
    expect(items.map((item) => item.textContent)).toEqual([
      'Asha Begum (Community nurse)',
      'Change role',
      'Log out',
    ])
    const form = items.at(-1)?.querySelector('form')
    expect([form?.getAttribute('method'), form?.getAttribute('action')]).toEqual(['post', '/log-out'])
    expect(form?.querySelector('input[name=token]')).not.toBeNull()
  })

  it('says that every person is invented, unless told otherwise', () => {
    expect(page().document.body.textContent).toContain('Every person here is invented')
    expect(page({ environment: false }).document.body.textContent).not.toContain('invented')
  })

  it('prints its header only when it has one', () => {
    expect(page().document.querySelector('.gt-print__head')).toBeNull()
    expect(page({ printHeader: 'Whose' }).document.querySelector('.gt-print__head')?.textContent).toBe(
      'Whose',
    )
  })
})

describe('content policy', () => {
  it('has no inline script without a nonce, and one with it', () => {
    const inline = (props: Partial<PageShellProps>) => [
      ...page(props).document.querySelectorAll('script:not([src])'),
    ]
    expect(inline({})).toHaveLength(0)
    expect(inline({ nonce: 'abc' }).map((script) => script.getAttribute('nonce'))).toEqual(['abc'])
  })

  it('writes its script as a script, unescaped', () => {
    expect(page({ nonce: 'abc' }).html).toContain("' js-enabled'+('noModule' in HTMLScriptElement.prototype")
  })

  it('has no style attribute or element, and loads only what we serve', () => {
    const { document } = page({ account, nonce: 'abc', turbo: true })
    expect(document.querySelectorAll('[style], style')).toHaveLength(0)
    const loaded = [...document.querySelectorAll('script[src], link[href]')]
    for (const element of loaded) {
      expect([...assets.keys()]).toContain(element.getAttribute('src') ?? element.getAttribute('href'))
    }
    expect(loaded.length).toBeGreaterThan(4)
  })
})
