import { expect, test } from 'vitest'
import { hidesLocation, organisationLabel, shieldFor, sourceLabel } from './shield.ts'

const place = {
  sources: [
    {
      id: 'hospital',
      organisation: 'H',
      name: 'Hospital',
      kind: 'hospital',
      connected: true,
      lateAfterHours: 24,
    },
    {
      id: 'gp1',
      organisation: 'P1',
      name: 'GP',
      kind: 'general-practice',
      connected: true,
      lateAfterHours: 24,
    },
    {
      id: 'gp2',
      organisation: 'P2',
      name: 'GP',
      kind: 'general-practice',
      connected: true,
      lateAfterHours: 24,
    },
    { id: 'odd', organisation: 'H', name: 'Odd', kind: 'something-new', connected: true, lateAfterHours: 24 },
  ],
  organisations: [
    { code: 'H', name: 'The Hospital Trust', short: 'The Hospital', kind: 'hospital' },
    { code: 'P1', name: 'Hill Street Surgery', short: 'Hill Street', kind: 'general-practice' },
    { code: 'P2', name: 'Mill Lane Surgery', short: 'Mill Lane', kind: 'general-practice' },
  ],
}

test.each([
  ['hospital', false, 'Hospital'],
  ['gp1', false, 'Hill Street'],
  ['hospital', true, 'Hospital'],
  ['gp1', true, 'General practice'],
  ['odd', false, 'Odd'],
  ['odd', true, 'Another service'],
  ['unknown', false, 'Another source'],
  ['unknown', true, 'Another source'],
])('the source %s, hidden %s, is named %s', (id, hides, expected) =>
  expect(sourceLabel(place, id, hides)).toBe(expected),
)

test.each([
  [{ protectedAddress: true, glass: false }, true],
  [{ protectedAddress: true, glass: true }, false],
  [{ protectedAddress: false, glass: false }, false],
])('%j hides the location: %s', ({ protectedAddress, glass }, expected) =>
  expect(hidesLocation({ protections: { protectedAddress }, glassBroken: glass })).toBe(expected),
)

test('a shield lets nothing through that says where', () => {
  const shield = shieldFor(place, true)
  expect([shield.author('Dr Hill'), shield.location('Ward A5'), shield.source('gp2')]).toEqual([
    undefined,
    undefined,
    'General practice',
  ])
  const open = shieldFor(place, false)
  expect([open.author('Dr Hill'), open.location('Ward A5'), open.author(null)]).toEqual([
    'Dr Hill',
    'Ward A5',
    undefined,
  ])
})

test.each([
  ['P1', false, 'Hill Street'],
  ['P1', true, 'General practice'],
  ['X', false, 'X'],
  ['X', true, 'Another organisation'],
])('the organisation %s, hidden %s, is named %s', (code, hides, expected) =>
  expect(organisationLabel(place, code, hides)).toBe(expected),
)
