import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { readPlace } from '../../../access/index.ts'
import type { Heard } from './frame.queries.ts'
import { gapsFor, leftOutByRole, listed } from './gaps.ts'
import { shieldFor } from './shield.ts'

const place = readPlace(fileURLToPath(new URL('../../../../places/rotherham', import.meta.url)))
const now = new Date('2026-11-22T09:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const allHeard: Heard[] = place.sources.map((source) => ({
  source: source.id,
  last_received_at: source.connected ? hoursAgo(1) : null,
  withholding: false,
}))

type Changes = {
  role?: string
  objection?: boolean
  protectedAddress?: boolean
  glassBroken?: boolean
  practices?: string[]
  heard?: (each: Heard) => Heard
}

const gaps = ({
  role = 'gp',
  objection = false,
  protectedAddress = false,
  glassBroken = false,
  practices = ['ZP001'],
  heard,
}: Changes = {}) =>
  gapsFor({
    place,
    role: place.roles[role]!,
    organisation: 'RFR',
    person: { ref: 'ref', protections: { objection, protectedAddress }, glassBroken, bonds: [] },
    practices,
    seen: [],
    reported: [],
    heard: heard ? allHeard.map(heard) : allHeard,
    shield: shieldFor(place, protectedAddress && !glassBroken),
    now,
  })

const short = (changes?: Changes) => gaps(changes).map(({ source, gap }) => `${source}: ${gap}`)
const always = [
  'Yorkshire Ambulance Service: not connected',
  'Children and young people’s services: not connected',
]

describe('what a record leaves out', () => {
  it('is only what is not connected, where all is well', () => expect(short()).toEqual(always))

  it.each<[string, Changes, string]>([
    [
      'a source that is late',
      {
        heard: (each) =>
          each.source === 'zhosp-hospice' ? { ...each, last_received_at: hoursAgo(49) } : each,
      },
      'Hospice: late',
    ],
    [
      'a source that was never heard',
      { heard: (each) => (each.source === 'zhosp-hospice' ? { ...each, last_received_at: null } : each) },
      'Hospice: late',
    ],
    [
      'specially protected items',
      { heard: (each) => (each.source === 'rfr-hospital' ? { ...each, withholding: true } : each) },
      'Hospital: withheld',
    ],
    ['the person’s practice without an agreement', { practices: ['ZP006'] }, 'Keppel Lane Surgery: withheld'],
    ['an objection', { objection: true }, 'Other organisations: possibly withheld'],
    ['a protected address', { protectedAddress: true }, 'Location: withheld'],
    [
      'a category that the role does not hold',
      { role: 'community-nurse' },
      'Mental health notes: not for your role',
    ],
  ])('names %s', (_name, changes, expected) => {
    // Of a protected person the kind of each source is named, not the source.
    expect(short(changes).filter((gap) => !gap.endsWith('not connected'))).toEqual([expected])
  })

  it('counts a source that sends lists as connected once it has sent one', () => {
    const children = (each: Heard) =>
      each.source === 'rmbc-children' ? { ...each, last_received_at: hoursAgo(100) } : each
    expect(short({ heard: children })).toEqual(always.slice(0, 1))
  })

  it('says nothing of practices that are not the person’s', () => {
    const others = (each: Heard) =>
      each.source.startsWith('zp00') && each.source !== 'zp001-gp'
        ? { ...each, last_received_at: hoursAgo(9999) }
        : each
    expect(short({ heard: others })).toEqual(always)
  })

  it('says a source is late only beyond the hours that it promises', () => {
    const hospital = (hours: number) =>
      short({
        heard: (each) =>
          each.source === 'rfr-hospital' ? { ...each, last_received_at: hoursAgo(hours) } : each,
      })
    expect(hospital(24)).toEqual(always)
    expect(hospital(24.1)).toContain('Hospital: late')
  })

  it('offers to break the glass to whom may', () => {
    expect(gaps({ objection: true })[0]?.action?.href).toBe('/people/ref/break-glass')
    expect(gaps({ objection: true, role: 'social-worker' })[0]?.action).toBeUndefined()
  })

  it('withholds nothing of the person’s wish once the glass is broken', () =>
    expect(short({ objection: true, protectedAddress: true, glassBroken: true })).toEqual(always))

  it('names no practice of a protected person', () => {
    const words = JSON.stringify(gaps({ protectedAddress: true, practices: ['ZP006'] }))
    expect(words).toContain('General practice')
    expect(words).not.toContain('Keppel')
  })
})

test('what a role leaves out is told in words', () => {
  expect(
    listed(leftOutByRole(place.roles['social-worker']!, ['clinical', 'social-care', 'mental-health'])),
  ).toBe('problems and procedures and mental health notes')
  expect(listed([])).toBe('')
})
