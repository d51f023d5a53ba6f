/**
 * What browsers fetch from us: the design system's stylesheet and script, Turbo, and our own two files. Built
 * once at start from the installed packages, so nothing is fetched from another site and nothing is copied in.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Asset {
  type: string
  body: Buffer
  etag: string
  /** True for an address with the content's hash in it, which may be kept for ever. */
  immutable: boolean
}

export type AssetName = 'nhsuk.css' | 'place.css' | 'nhsuk.js' | 'place.js' | 'turbo.js' | 'place.svg'

/** Every address we serve, plain (`/assets/place.css`) and by content (`/assets/place.1a2b3c4d.css`). */
export const assets: ReadonlyMap<string, Asset> = new Map()

const hashed = new Map<AssetName, string>()

/** The address of a file by its content: it may be kept for ever, because new content gets a new address. */
export function assetUrl(name: AssetName): string {
  const url = hashed.get(name)
  if (!url) throw new Error(`There is no asset ${name}`)
  return url
}

const types = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

function add(path: string, body: string, name?: AssetName): void {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16)
  const ending = path.split('.').at(-1) as keyof typeof types
  const asset = { type: types[ending], body: Buffer.from(body), etag: `"${hash}"` }
  const files = assets as Map<string, Asset>
  files.set(path, { ...asset, immutable: false })
  if (!name) return
  const byContent = path.replace(/\.(\w+)$/, `.${hash}.$1`)
  files.set(byContent, { ...asset, immutable: true })
  hashed.set(name, byContent)
}

const installed = (path: string) => readFileSync(fileURLToPath(import.meta.resolve(path)), 'utf8')
const ours = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const withoutMap = (text: string) => text.replace(/(\/\*|\/\/)# sourceMappingURL=.*$/m, '')

/** The stock stylesheet fetches Frutiger from assets.nhs.uk; without the rules text falls back to Arial. */
export const withoutFonts = (css: string) => css.replace(/@font-face\s*\{[^}]*\}/g, '')

/**
 * Turbo writes a style element for its progress bar as soon as it loads, which our content policy refuses.
 * place.css shows a page on its way from the attribute that Turbo sets, so the element is not missed.
 */
function withoutInlineStyle(turbo: string): string {
  const call = /^ *this\.installStylesheetElement\(\);$/m
  if (!call.test(turbo)) throw new Error('Turbo has changed: look again at how it writes its styles')
  return turbo.replace(call, '')
}

const stylesheets = [
  'place.css',
  'record/patient-banner.css',
  'record/record.css',
  'record/record-pages.css',
  'print.css',
]
const nhsuk = 'nhsuk-frontend/dist/nhsuk'
// The stylesheet shows these four as backgrounds, by these addresses.
for (const icon of ['arrow-down', 'arrow-up-down', 'arrow-up', 'cross']) {
  add(`/assets/images/nhsuk-icon-${icon}.svg`, installed(`${nhsuk}/assets/images/nhsuk-icon-${icon}.svg`))
}
add('/assets/nhsuk.css', withoutMap(withoutFonts(installed(`${nhsuk}/nhsuk-frontend.min.css`))), 'nhsuk.css')
add('/assets/nhsuk.js', withoutMap(installed(`${nhsuk}/nhsuk-frontend.min.js`)), 'nhsuk.js')
add('/assets/turbo.js', withoutInlineStyle(installed('@hotwired/turbo')), 'turbo.js')
// Several files to read, one to fetch. Print is last, because it undoes the others.
add('/assets/place.css', stylesheets.map(ours).join('\n'), 'place.css')
add('/assets/place.svg', ours('place.svg'), 'place.svg')
// A module is one module only under one address, so ours must import the address which the page loads.
add('/assets/place.js', ours('place.js').replace("'./nhsuk.js'", `'${assetUrl('nhsuk.js')}'`), 'place.js')
