import { expect, test } from 'vitest'
import { deathSaid } from './death.ts'

const names: Record<string, string> = { gp: 'Clifton Vale Surgery', other: 'Clifton Vale Surgery' }
const name = (source: string) => names[source] ?? source
const on = (source: string, day?: string) => ({ source, day })

test.each([
  [
    'all of one day',
    [on('gp', '2026-09-22'), on('Hospital', '2026-09-22')],
    [],
    false,
    'Recorded by Clifton Vale Surgery and Hospital',
  ],
  [
    'one without a day',
    [on('gp', '2026-09-22'), on('Hospital')],
    [],
    false,
    'Recorded by Clifton Vale Surgery and Hospital',
  ],
  ['one name for two sources', [on('gp'), on('other')], [], false, 'Recorded by Clifton Vale Surgery'],
  [
    'of two days',
    [on('gp', '2026-09-22'), on('Hospital', '2026-09-23')],
    [],
    true,
    'Clifton Vale Surgery: died 22 September 2026. Hospital: died 23 September 2026',
  ],
  [
    'one of two',
    [on('Hospital')],
    ['gp'],
    true,
    'Hospital: died, date not given. Clifton Vale Surgery: no death recorded',
  ],
  [
    'a month only',
    [on('Hospital', '2026-09')],
    ['gp'],
    true,
    'Hospital: died September 2026. Clifton Vale Surgery: no death recorded',
  ],
  ['none that is seen', [], ['gp'], false, 'Recorded by a source that is not shown to you'],
])('%s', (_case, deaths, silent, differ, words) =>
  expect(deathSaid(deaths, silent, name)).toEqual({ differ, words }),
)
