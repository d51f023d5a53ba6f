import { expect, it } from 'vitest'
import { assets, assetUrl, withoutFonts } from './assets.ts'

const text = (path: string) => assets.get(path)?.body.toString('utf8') ?? ''

it('asks nothing of another site', () => {
  for (const name of ['nhsuk.css', 'place.css'] as const) {
    expect(text(assetUrl(name))).not.toMatch(/@font-face|url\(['"]?(https?:)?\/\//)
  }
})

it('strips font rules, and only them', () => {
  expect(withoutFonts('a{b:c}@font-face{src:url(https://x)}d{e:f}')).toBe('a{b:c}d{e:f}')
})

it('serves every picture which the stylesheet names', () => {
  const named = [...text('/assets/nhsuk.css').matchAll(/url\((\/[^)]+)\)/g)].map((match) => match[1])
  expect(named.length).toBeGreaterThan(0)
  for (const path of named) expect([...assets.keys()]).toContain(path)
})

it('gives each file a plain address and one by its content', () => {
  const plain = assets.get('/assets/place.css')
  const byContent = assets.get(assetUrl('place.css'))
  expect(byContent?.body).toEqual(plain?.body)
  expect(byContent?.etag).toBe(plain?.etag)
  expect([plain?.immutable, byContent?.immutable]).toEqual([false, true])
  expect(plain?.type).toBe('text/css; charset=utf-8')
})

it('imports the design system by the address which the page loads', () => {
  expect(text('/assets/place.js')).toContain(`from '${assetUrl('nhsuk.js')}'`)
})

it('leaves no source map address, which would ask for a file we do not serve', () => {
  for (const path of assets.keys()) expect(text(path)).not.toContain('sourceMappingURL=nhsuk')
})
