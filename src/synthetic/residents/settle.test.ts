import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawGround } from '../ground/draw.ts'
import { DAYS_A_YEAR, dayFrom } from '../lives/moment.ts'
import type { World } from '../lives/world.ts'
import { firstLivedIn, type Household, householdOn, livesAloneOn, type Resident } from './resident.ts'
import { householdsOf } from './settle.ts'

const worldOf = (people: number, seed = '1'): World => ({
  seed,
  ground: drawGround({ people, seed }),
  window: { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') },
})

const placeOf = (world: World): Household[] =>
  world.ground.neighbourhoods.flatMap((_, index) => [...householdsOf(world, index)])
const residentsIn = (households: readonly Household[]): Resident[] => households.flatMap(firstLivedIn)

const world = worldOf(12_000)
const households = placeOf(world)
const residents = residentsIn(households)

/** What can be compared: households and residents know each other, so only what is written of them. */
const written = (of: readonly Household[]) =>
  residentsIn(of).map(({ homes, mother, cares, ...rest }) => ({
    ...rest,
    homes: homes.map(({ from, household }) => [from, household.serial, household.line, household.postcode]),
    mother: mother?.serial,
    cares: cares && [cares.hours, cares.for.serial],
  }))

describe('the people of a place, all invented', () => {
  test('are the same for the same seed, in whatever order neighbourhoods are asked for', () => {
    const again = worldOf(3000, 'x')
    const forwards = again.ground.neighbourhoods.map((_, index) => written([...householdsOf(again, index)]))
    const other = worldOf(3000, 'x')
    const backwards = other.ground.neighbourhoods.map((_, index) => index).reverse()
    for (const index of backwards) expect(written([...householdsOf(other, index)])).toEqual(forwards[index])
    expect(written(placeOf(worldOf(3000, 'y')))).not.toEqual(forwards.flat())
  })

  test('are as many on the first day as the ground has, give or take', () => {
    fc.assert(
      fc.property(fc.constantFrom(400, 2000, 7000), fc.string({ maxLength: 4 }), (people, seed) => {
        const here = residentsIn(placeOf(worldOf(people, seed))).filter(
          ({ arrived }) => arrived === 'here at the start',
        )
        expect(Math.abs(here.length - people)).toBeLessThan(people * 0.05)
      }),
      { numRuns: 5 },
    )
  })

  test('are each told of once, under numbers that are theirs alone', () => {
    expect(new Set(residents).size).toBe(residents.length)
    expect(new Set(residents.map(({ serial }) => serial)).size).toBe(residents.length)
    const numbers = residents.flatMap(({ nhsNumber }) => nhsNumber ?? [])
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(new Set(households.map(({ serial }) => serial)).size).toBe(households.length)
  })

  test('are members of each household they live in, and of no other', () => {
    for (const household of households)
      for (const member of household.members)
        expect(member.homes.some((home) => home.household === household)).toBe(true)
    for (const { homes } of residents)
      for (const { household } of homes) expect(household.members.length).toBeGreaterThan(0)
    for (const resident of residents)
      expect(resident.homes.every(({ household }) => household.members.includes(resident))).toBe(true)
  })

  test('live where nobody else does, unless they live together', () => {
    const doors = households.map(({ line, postcode }) => `${line} ${postcode}`)
    expect(doors.length - new Set(doors).size).toBeLessThan(doors.length * 0.001)
  })

  test('come before they go, and do not move house once gone', () => {
    for (const { present, homes, leaves, arrived, born } of residents) {
      expect(present.from).toBeLessThan(present.until)
      expect(leaves === undefined).toBe(present.until === world.window.until)
      expect(arrived === 'born' ? present.from : born).toBe(born)
      homes.forEach(({ from }, nth) => {
        expect(from).toBeLessThan(present.until)
        if (nth > 0) expect(from).toBeGreaterThan(homes[nth - 1]?.from ?? 0)
      })
    }
  })

  test('have mothers who were 15 to 50, and brothers and sisters not born within ten months unless twins', () => {
    const children = new Map<Resident, Resident[]>()
    for (const child of residents) {
      if (!child.mother) continue
      const age = (child.born - child.mother.born) / DAYS_A_YEAR
      expect(age).toBeGreaterThanOrEqual(15)
      expect(age).toBeLessThanOrEqual(50)
      children.set(child.mother, [...(children.get(child.mother) ?? []), child])
    }
    let twins = 0
    for (const siblings of children.values()) {
      const sorted = siblings.sort((a, b) => a.born - b.born || (a.birthOrder ?? 0) - (b.birthOrder ?? 0))
      sorted.forEach((child, nth) => {
        const elder = sorted[nth - 1]
        if (child.birthOrder === 2) {
          twins++
          expect(elder).toMatchObject({ born: child.born, birthOrder: 1, mother: child.mother })
        } else if (elder) expect(child.born - elder.born).toBeGreaterThanOrEqual(290)
      })
    }
    expect(twins).toBeGreaterThan(5)
  })

  test('are born to women who are here that day, and join their household', () => {
    const born = residents.filter(({ arrived }) => arrived === 'born')
    expect(born.length).toBeGreaterThan(200)
    for (const child of born) {
      expect(child.mother?.givesBirth).toContain(child.born)
      expect(child.mother && householdOn(child.mother, child.born)).toBe(child.homes[0]?.household)
    }
    for (const { givesBirth, sex, present, leaves } of residents) {
      if (givesBirth.length > 0) expect(sex).toBe('female')
      for (const day of givesBirth) {
        expect(day).toBeGreaterThanOrEqual(present.from)
        expect(day).toBeLessThan(leaves ? present.until : world.window.until + 280)
      }
    }
  })

  test('act for their children under 16, and care for people who are there', () => {
    const bySerial = new Map(residents.map((resident) => [resident.serial, resident]))
    const heldFor = new Set(residents.flatMap(({ proxies }) => proxies.map((proxy) => proxy.for)))
    for (const { proxies, cares, serial } of residents) {
      for (const proxy of proxies) {
        const whom = bySerial.get(proxy.for)
        expect(whom).toBeDefined()
        expect(proxy.for).not.toBe(serial)
      }
      if (cares) expect(cares.for.serial).not.toBe(serial)
    }
    const children = residents.filter(({ mother, born, present }) => mother && present.from - born < 15 * 365)
    for (const child of children) expect(heldFor.has(child.serial)).toBe(true)
  })
})

describe('living alone', () => {
  const lone = residents.filter(
    (resident) => resident.arrived === 'here at the start' && livesAloneOn(resident, world.window.from),
  )

  test('is for those whose household is theirs alone that day', () => {
    expect(lone.length).toBeGreaterThan(1000)
    for (const resident of lone)
      for (const other of householdOn(resident, world.window.from).members)
        expect(other === resident || other.present.from > world.window.from).toBe(true)
  })

  test('begins when the other leaves or dies, and never in a care home', () => {
    const couple = households.find(
      ({ members, careHome }) =>
        !careHome &&
        members.length === 2 &&
        members.every(({ homes, leaves }) => homes.length === 1 && !leaves),
    )
    const [one, other] = couple?.members ?? []
    if (!one || !other) throw new Error('No couple stays')
    const day = world.window.from + 400
    expect(livesAloneOn(one, day)).toBe(false)
    const until = other.present.until
    other.present.until = day
    expect(livesAloneOn(one, day - 1)).toBe(other.present.from > day - 1)
    expect(livesAloneOn(one, day)).toBe(true)
    other.present.until = until
    const homes = households.filter(({ careHome }) => careHome)
    expect(homes.flatMap(({ members }) => members).some((member) => livesAloneOn(member, day))).toBe(false)
  })
})
