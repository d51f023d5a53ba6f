import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { aPerson, type PersonBuilder, type Place } from './index.ts'

const file = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../places/rotherham/${name}.json`, import.meta.url), 'utf8'))
const place: Place = {
  organisations: file('organisations'),
  sources: file('sources'),
  teams: file('teams'),
}
const now = new Date('2026-11-20T09:30:00Z')
const sent = (person: PersonBuilder) => person.build({ now, place })
const text = (person: PersonBuilder) => JSON.stringify(sent(person))

test('the same seed is the same person, another seed another', () => {
  expect(text(aPerson('one'))).toBe(text(aPerson('one')))
  expect(text(aPerson('one'))).not.toBe(text(aPerson('two')))
})

test('someone ordinary is known to their practice only', () => {
  expect(sent(aPerson().registeredAt('ZP003')).map((s) => s.source)).toEqual(['zp003-gp'])
})

test('a builder that gained a trait leaves the one before as it was', () => {
  const plain = aPerson()
  plain.objecting()
  expect(text(plain)).not.toContain('Consent')
})

test.each<[string, (person: PersonBuilder) => PersonBuilder, string, string]>([
  ['named', (p) => p.named('Ada May Crossley'), 'zp001-gp', '"given":["Ada","May"]'],
  ['admittedTo', (p) => p.admittedTo('RFR/AMU'), 'rfr-hospital', '"value":"RFR/AMU"'],
  ['dischargedFrom', (p) => p.dischargedFrom('RFR/A1', 6), 'rfr-hospital', '"status":"finished"'],
  ['inEmergency', (p) => p.inEmergency(), 'rfr-hospital', '"code":"EMER"'],
  ['onCaseloadOf, nursing', (p) => p.onCaseloadOf('rfr-dn-north'), 'rfr-community', '"value":"rfr-dn-north"'],
  [
    'onCaseloadOf, council',
    (p) => p.onCaseloadOf('rmbc-localities'),
    'rmbc-social-care',
    '"value":"rmbc-localities"',
  ],
  ['onCaseloadOf, memory', (p) => p.onCaseloadOf('rxe-memory'), 'rxe-mental-health', '"value":"rxe-memory"'],
  [
    'onCaseloadOf, hospice',
    (p) => p.onCaseloadOf('zhosp-community'),
    'zhosp-hospice',
    '"value":"zhosp-community"',
  ],
  ['withProtectedAddress', (p) => p.withProtectedAddress(), 'zp001-gp', '"code":"R"'],
  ['objecting', (p) => p.objecting(), 'zp001-gp', '"type":"deny"'],
  ['withSpeciallyProtectedItem', (p) => p.withSpeciallyProtectedItem(), 'rfr-hospital', '"code":"V"'],
  ['withSafeguardingFlag', (p) => p.withSafeguardingFlag(), 'rmbc-social-care', '"code":"safeguarding"'],
  ['withCondition', (p) => p.withCondition('copd'), 'zp001-gp', '"code":"13645005"'],
  ['withNoKnownAllergies', (p) => p.withNoKnownAllergies(), 'zp001-gp', '"code":"716186003"'],
  ['died', (p) => p.onCaseloadOf('rfr-dn-north').died(9), 'rfr-community', '"status":"finished"'],
])('%s', (_name, trait, source, expected) => {
  const found = sent(trait(aPerson())).find((s) => s.source === source)
  expect(JSON.stringify(found)).toContain(expected)
})

test('a team or ward that the place does not have is refused', () => {
  expect(() => sent(aPerson().onCaseloadOf('rfr-dn-west'))).toThrow('rfr-dn-west')
  expect(() => sent(aPerson().admittedTo('RFR/Z9'))).toThrow('RFR/Z9')
})

test('someone without practice or number is known only where they were seen', () => {
  const visitor = aPerson().withNhsNumber(null).registeredNowhere().inEmergency()
  expect(sent(visitor).map((s) => s.source)).toEqual(['rfr-hospital'])
  expect(text(visitor)).not.toContain('nhs-number"')
})
