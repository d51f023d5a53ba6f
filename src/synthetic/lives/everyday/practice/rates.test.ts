import { beforeAll, describe, expect, it } from 'vitest'
import { drawGround } from '../../../ground/draw.ts'
import { medicineFacts } from '../../../health/medicines.ts'
import { INFLUENZA } from '../../../health/vaccines.ts'
import type { GpContact, Prescription } from '../../happening.ts'
import { livesOf } from '../../lives.ts'
import { ageOn, DAYS_A_YEAR, dayFrom, dayOf, weekday } from '../../moment.ts'
import type { World } from '../../world.ts'

const WINDOW = { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') }
const BOROUGH = 267_000
const WORLD: World = { seed: '7', ground: drawGround({ people: BOROUGH / 30, seed: '7' }), window: WINDOW }

/** Sums over everyone of a thirtieth of a borough; a rate is a sum beside another. */
const sums = new Map<string, number>()
const add = (what: string, much = 1) => sums.set(what, (sums.get(what) ?? 0) + much)
const sum = (what: string) => sums.get(what) ?? 0

function addContact({ mode, by, status, at, booked }: GpContact): void {
  add('contacts')
  add(mode)
  add(by)
  add(status)
  if (weekday(dayOf(at)) === 0) add('Mondays')
  if (weekday(dayOf(at)) === 4) add('Fridays')
  const wait = dayOf(at) - dayOf(booked)
  if (wait === 0) add('same day')
  if (wait > 14) add('over two weeks')
}

function addItem({ medicine, quantity, repeat }: Prescription): void {
  const { pence, supply } = medicineFacts(medicine)
  add('items')
  add('pence', (pence * quantity) / supply)
  if (repeat) add('repeats')
}

beforeAll(() => {
  for (let index = 0; index < WORLD.ground.neighbourhoods.length; index++)
    for (const { resident, happenings } of livesOf(WORLD, index)) {
      const years = (resident.present.until - resident.present.from) / DAYS_A_YEAR
      const age = ageOn(resident.born, dayFrom('2025-04-01'))
      const group = age >= 75 ? 'old' : age < 16 ? 'children' : 'adults'
      add('years', years)
      add(`years of ${group}`, years)
      for (const happening of happenings) {
        if (happening.kind === 'gp contact') addContact(happening)
        if (happening.kind === 'prescription') addItem(happening)
        if (happening.kind === 'test') add('tests')
        if (happening.kind === 'gp contact' || happening.kind === 'prescription')
          add(`${happening.kind} of ${group}`)
        if (happening.kind === 'vaccination' && happening.vaccine === INFLUENZA && group === 'old')
          add('influenza vaccines of the old')
      }
    }
})

/** A rate of the invented borough, what is published, and how far from it a thirtieth of a borough may lie. */
const TARGETS: readonly (readonly [
  what: string,
  of: string,
  per: string,
  target: number,
  tolerance: number,
])[] = [
  // Rotherham’s place plan of 2018: over 1.5 million appointments a year, among 267,000 people.
  ['appointments a person-year', 'contacts', 'years', 1_500_000 / BOROUGH, 0.35],
  // NHS England, Appointments in General Practice, 2024: shares of appointments.
  ['face to face', 'face to face', 'contacts', 0.655, 0.04],
  ['by telephone', 'telephone', 'contacts', 0.25, 0.04],
  ['home visits', 'home visit', 'contacts', 0.02, 0.02],
  ['seen by GPs', 'GP', 'contacts', 0.45, 0.06],
  ['by practice nurses', 'practice nurse', 'contacts', 0.2, 0.03],
  ['missed', 'did not attend', 'contacts', 0.047, 0.012],
  ['seen on the day they asked', 'same day', 'contacts', 0.44, 0.04],
  ['waited over two weeks', 'over two weeks', 'contacts', 0.15, 0.06],
  ['on Mondays', 'Mondays', 'contacts', 0.215, 0.015],
  ['on Fridays', 'Fridays', 'contacts', 0.177, 0.015],
  // NHSBSA, Prescription Cost Analysis 2023/24: 1.2 billion items at £9.00 among 57.7 million people.
  ['items a person-year', 'items', 'years', 20.5, 2.5],
  ['pence an item', 'pence', 'items', 870, 90],
  // Petty et al., BJGP 2014: three quarters of items are repeats; their share has grown since electronic repeat dispensing.
  ['of items are repeats', 'repeats', 'items', 0.93, 0.06],
  // Hobbs et al., Lancet 2016: consultations rise to more than ten a year in old age.
  ['appointments of people of 75 and over', 'gp contact of old', 'years of old', 11, 2],
  ['appointments of children', 'gp contact of children', 'years of children', 2.6, 0.5],
  // UKHSA 2023/24 and 2024/25: 75 to 78% at 65 and over; more at 75.
  [
    'of the old have had an influenza vaccine each year',
    'influenza vaccines of the old',
    'years of old',
    0.79,
    0.08,
  ],
]

describe('the rates of a thirtieth of a borough', () => {
  it.each(TARGETS)('%s', (_, of, per, target, tolerance) => {
    const rate = sum(of) / sum(per)
    expect(rate, `${rate}`).toBeGreaterThan(target - tolerance)
    expect(rate, `${rate}`).toBeLessThan(target + tolerance)
  })
})
