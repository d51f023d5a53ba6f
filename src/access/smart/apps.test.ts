import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { readPlace } from '../place.ts'

/** What a place says of its apps is checked when it starts, and what is wrong is named. */

const rotherham = fileURLToPath(new URL('../../../places/rotherham', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'golden-thread-apps-'))
cpSync(rotherham, folder, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sound = {
  id: 'charts',
  name: 'Growth charts',
  organisation: 'RFR',
  proof: { kind: 'public' },
  redirectUris: ['https://charts.example/'],
  scopes: ['launch', 'patient/*.rs'],
}
const service = {
  id: 'board',
  name: 'Ward board',
  organisation: 'RFR',
  proof: { kind: 'keys', keysFile: 'board.json' },
  scopes: ['system/*.rs'],
  service: { role: 'co-ordinator', teams: ['rfr-ccc'] },
}
const read = (...apps: object[]) => {
  writeFileSync(join(folder, 'apps.json'), JSON.stringify(apps))
  return readPlace(folder)
}

test('apps that are right are read', () => {
  expect(read(sound, service).apps.map(({ id }) => id)).toEqual(['charts', 'board'])
})

test.each([
  ['an organisation that is not there', [{ ...sound, organisation: 'XXX' }], 'app charts names “XXX”'],
  [
    'an address without TLS',
    [{ ...sound, redirectUris: ['http://charts.example/'] }],
    'must start with https://',
  ],
  ['the id of another app', [sound, sound], 'app charts has the id of something else'],
  [
    'the id of a sender',
    [{ ...sound, id: 'demo-hospital' }],
    'app demo-hospital has the id of something else',
  ],
  ['the id of the product', [{ ...sound, id: 'golden-thread' }], 'has the id of something else'],
  [
    'a scope that cannot be',
    [{ ...sound, scopes: ['patient/*.sr'] }],
    'app charts scope “patient/*.sr” must end in',
  ],
  ['a role that is not there', [{ ...service, service: { role: 'captain' } }], 'app board names “captain”'],
  [
    'another organisation’s team',
    [{ ...service, service: { role: 'gp', teams: ['zp001-practice'] } }],
    'app board names a team that is not of its own organisation',
  ],
  [
    'another organisation’s source',
    [{ ...service, service: { role: 'feed', source: 'zp001-gp' } }],
    'app board needs a source of its own organisation',
  ],
])('%s is named', (_, apps, words) => {
  expect(() => read(...apps)).toThrow(words)
})
