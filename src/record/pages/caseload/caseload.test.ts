import { describe, expect, it } from 'vitest'
import { shieldFor } from '../frame/shield.ts'
import type { InHospital } from './caseload.queries.ts'
import { rowOf, wardName } from './caseload.ts'

const now = new Date('2026-11-22T09:00:00Z')
const place = {
  sources: [
    {
      id: 'rfr-community',
      organisation: 'RFR',
      name: 'Community services',
      kind: 'community',
      connected: true,
      lateAfterHours: 48,
    },
  ],
  organisations: [],
}
const person: InHospital = {
  person_key: 'k',
  ref: 'r',
  address_protected: false,
  family: 'Bramwell',
  given: 'Harold',
  prefix: 'Mr',
  nhs_number: '9990001308',
  admitted: '2026-11-18T07:15:00Z',
  admitted_at: new Date('2026-11-18T07:15:00Z'),
  consultant: 'Dr Lena Hoffmann',
  ward_code: 'RFR/A5',
  ward: 'Ward A5, bay 2, bed 4',
  received_at: now,
  caseloads: [
    { team: 'District Nursing North', care: 'Leg ulcer care', source: 'rfr-community' },
    { team: 'District Nursing North', care: 'Insulin', source: 'rfr-community' },
  ],
}
const row = (changes: Partial<InHospital> = {}) =>
  rowOf({ ...person, ...changes }, (hides) => shieldFor(place, hides), now)

describe('a row of the list of caseloads in hospital', () => {
  it('says who, where, since when and on whose caseload', () => {
    expect(row()).toMatchObject({
      name: 'BRAMWELL, Harold',
      ward: 'Ward A5, bay 2, bed 4',
      day: 5,
      teams: ['District Nursing North'],
      consultant: 'Dr Lena Hoffmann',
    })
    expect(wardName(row())).toBe('Ward A5')
  })

  it('of a protected person has nothing in it that says where, not even to filter by', () => {
    const { person: _, ...shown } = row({ address_protected: true })
    expect(shown).toMatchObject({
      ward: 'Protected: not shown',
      wardCode: undefined,
      teams: ['Community services'],
      consultant: 'Not shown',
    })
    for (const secret of ['A5', 'North', 'Hoffmann']) expect(JSON.stringify(shown)).not.toContain(secret)
  })

  it('says what is not known', () =>
    expect(row({ family: null, given: null, admitted_at: null, ward: null, consultant: null })).toMatchObject(
      { name: 'Not known', ward: 'Not known', day: undefined, consultant: 'Not recorded' },
    ))
})
