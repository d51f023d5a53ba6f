import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { isKnownOn } from '../health.ts'
import { calendar, DAYS_A_YEAR } from '../moment.ts'
import { placeIn } from './care-home-entry.ts'
import { aResident, inventBorough, type Life, lifeOf, type Sketch, WORLD } from './invented-borough.ts'
import { FATAL } from './mortality/fatal.ts'
import { forceOn, mortalOf } from './mortality/force.ts'
import { deathsAt } from './mortality/life-table.ts'

const { from, until } = WORLD.window

const anyone: fc.Arbitrary<Sketch> = fc.record({
  serial: fc.nat(1_000_000),
  age: fc.double({ min: -2.9, max: 104, noNaN: true }),
  sex: fc.constantFrom('female', 'male'),
  deprivation: fc.double({ min: 0, max: 1, noNaN: true }),
  inCareHome: fc.boolean(),
})

describe('a fate', () => {
  it('comes while somebody is there, and a care home before the end', () => {
    fc.assert(
      fc.property(anyone, (sketch) => {
        const { resident, fate, inCareHome } = lifeOf(sketch)
        const { present } = resident
        for (const day of [fate.end?.day, fate.careHome?.from]) {
          if (day === undefined) continue
          expect(Number.isInteger(day)).toBe(true)
          expect(day).toBeGreaterThanOrEqual(present.from)
          expect(day).toBeLessThan(present.until)
        }
        if (fate.careHome) {
          expect(inCareHome).toBe(false)
          expect(fate.careHome.from).toBeLessThan(fate.end?.day ?? until)
          expect(WORLD.ground.careHomes[fate.careHome.home]).toBeDefined()
        }
      }),
    )
  })

  it('has a cause with its code, of an illness that was there if it names one, and none expects what nobody knew', () => {
    fc.assert(
      fc.property(anyone, (sketch) => {
        const { health, fate } = lifeOf(sketch)
        if (!fate.end) return
        const { day, cause, expected } = fate.end
        expect(cause.icd10).toMatch(/^[A-Z]\d\d\d?$/)
        const { condition } = cause
        if (!condition) return
        expect(health.illnesses.some((each) => each.condition === condition && each.since <= day)).toBe(true)
        expect(FATAL[condition]?.causes.map(([, icd10]) => icd10)).toContain(cause.icd10)
        if (expected) expect(isKnownOn(health, condition, day)).toBe(true)
      }),
    )
  })

  it('lets a woman live to give birth', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: from, max: until - 1 }), (serial, birth) => {
        const { fate } = lifeOf({ serial, age: 97, givesBirth: [birth] })
        expect(fate.end?.day ?? until).toBeGreaterThanOrEqual(birth)
      }),
    )
  })

  it('gives an address to whoever moves into a care home', () => {
    const { from, household } = placeIn(WORLD, aResident({ age: 88 }), { from: 20_000, home: 1 })
    expect(from).toBe(20_000)
    expect(household.careHome).toBe('home-2')
    expect(household.postcode).toBe(WORLD.ground.careHomes[1]?.postcode)
  })
})

const PEOPLE = 60_000
const ROTHERHAM = 267_000
const borough = inventBorough(PEOPLE)
const ends = borough.flatMap(({ fate: { end } }) => (end ? [end] : []))
const yearly = (count: number) => ((count / 3) * ROTHERHAM) / PEOPLE
const died = (codes: RegExp) => ends.filter(({ cause }) => codes.test(cause.icd10 ?? '')).length

describe('the deaths of a borough', () => {
  it('are about 3,000 a year, and as many in the third as in the first', () => {
    expect(yearly(ends.length)).toBeGreaterThan(2900)
    expect(yearly(ends.length)).toBeLessThan(3150)
    const inYear = (nth: number) =>
      ends.filter(({ day }) => Math.floor((day - from) / DAYS_A_YEAR) === nth).length
    expect(Math.abs(inYear(2) / inYear(0) - 1)).toBeLessThan(0.12)
  })

  // ONS, deaths registered in England 2022 and 2023: per cent by chapter.
  test.each([
    ['of heart and vessels', /^I/, 22, 30],
    ['of cancers', /^C/, 22, 28],
    ['of lungs', /^J/, 10, 14.5],
    ['of dementia', /^(F0|G30)/, 9, 13],
    ['of injury and poisoning', /^[V-Y]/, 4, 8],
    ['of gut and liver', /^K/, 3, 6],
  ])('are %s as often as in England', (_, codes, least, most) => {
    const share = (100 * died(codes)) / ends.length
    expect(share).toBeGreaterThan(least)
    expect(share).toBeLessThan(most)
  })

  // A year in Rotherham: facts (13.2 and 6.4 in 100,000), Cancer Research UK by crude rates.
  test.each([
    ['suicides', /^X[67]/, 22, 48],
    ['of drugs', /^(X42|F11)/, 10, 32],
    ['of lung cancer', /^C34/, 140, 210],
    ['of bowel cancer', /^C(18|20)/, 55, 95],
  ])('include as many %s', (_, codes, least, most) => {
    expect(yearly(died(codes))).toBeGreaterThan(least)
    expect(yearly(died(codes))).toBeLessThan(most)
  })

  it('come more often in winter', () => {
    const inMonths = (months: readonly number[]) =>
      ends.filter(({ day }) => months.includes(calendar(day).month)).length
    expect(inMonths([12, 1, 2, 3]) / inMonths([6, 7, 8, 9])).toBeGreaterThan(1.05)
  })

  it('are expected where cancer, dementia or a failing organ bring them', () => {
    const expected = (codes: RegExp) => {
      const these = ends.filter(({ cause }) => codes.test(cause.icd10 ?? ''))
      return these.filter(({ expected }) => expected).length / these.length
    }
    expect(expected(/^C/)).toBeGreaterThan(0.6)
    expect(expected(/^I21/)).toBeLessThan(0.25)
    expect(expected(/^[V-Y]/)).toBeLessThan(0.1)
  })
})

describe('care homes', () => {
  const inside = borough.filter(({ inCareHome }) => inCareHome)
  const entering = borough.filter(({ fate }) => fate.careHome)

  it('hold about 1,500 people at the end as at the start, and a fifth of all deaths are theirs', () => {
    const people = (lives: readonly Life[]) => (lives.length * ROTHERHAM) / PEOPLE
    const last = [...inside, ...entering].filter(({ fate }) => !fate.end)
    expect(Math.abs(people(inside) - 1500)).toBeLessThan(150)
    expect(Math.abs(people(last) - 1500)).toBeLessThan(250)
    const theirs = borough.filter(({ fate, inCareHome }) => fate.end && (inCareHome || fate.careHome))
    expect(theirs.length / ends.length).toBeGreaterThan(0.15)
    expect(theirs.length / ends.length).toBeLessThan(0.24)
  })

  it('are entered by the old, mostly with dementia', () => {
    const demented = entering.filter(({ health, fate }) =>
      health.illnesses.some(
        ({ condition, since }) => condition === 'dementia' && since <= (fate.careHome?.from ?? 0),
      ),
    )
    expect(entering.every(({ age }) => age > 57)).toBe(true)
    expect(demented.length / entering.length).toBeGreaterThan(0.45)
  })
})

const BANDS = [0, 1, 5, 15, 25, 35, 45, 55, 60, 65, 70, 75, 80, 85, 90]

/** Life expectancy at birth, from each person's own chance of dying on the first day. */
function lifeExpectancy(of: readonly Life[]): number {
  let alive = 1
  let years = 0
  for (const [nth, low] of BANDS.entries()) {
    const high = BANDS[nth + 1] ?? 120
    const there = of.filter(({ age }) => age >= low && age < high)
    const rate = there.reduce((sum, life) => sum + chance(life), 0) / there.length
    const dying = 1 - Math.exp(-rate * (high - low))
    years += (alive * dying) / rate
    alive *= 1 - dying
  }
  return years
}

function chance({ resident: { sex, born }, health, deprivation, inCareHome }: Life): number {
  const { smoking, frailty } = health
  const circumstance = { sex, born, deprivation, inCareHome, smoking, frailty }
  const { unexplained, parts } = forceOn(from, circumstance, mortalOf(health))
  return unexplained + parts
}

describe('the length of lives', () => {
  // ONS 2021: 79.2 years in Rotherham, both sexes. The gap: the 2018 plan, 10.9 and 7.1 years (not the 7 that it prints for both).
  test.each([
    ['male', 77.3, 10.9],
    ['female', 81.1, 7.1],
  ] as const)(
    'is Rotherham’s for each %s, and differs by deprivation as its plan prints',
    (sex, target, gap) => {
      const these = borough.filter(({ resident }) => resident.sex === sex)
      const poor = these.filter(({ deprivation }) => deprivation > 0.94)
      const rich = these.filter(({ deprivation }) => deprivation < 0.26)
      expect(Math.abs(lifeExpectancy(these) - target)).toBeLessThan(1)
      expect(Math.abs(lifeExpectancy(rich) - lifeExpectancy(poor) - gap)).toBeLessThan(2)
    },
  )

  // What illness adds and what the life table says must agree, or UNEXPLAINED has to be chosen again.
  test.each([
    [1, 40],
    [40, 60],
    [60, 75],
    [75, 85],
    [85, 95],
  ])('takes as many between %i and %i as the life table', (low, high) => {
    const these = borough.filter(({ age }) => age >= low && age < high)
    const told = these.reduce((sum, life) => sum + chance(life), 0)
    const tabled = these.reduce((sum, { resident, age }) => sum + deathsAt[resident.sex](age), 0)
    expect(Math.abs(told / tabled - 1)).toBeLessThan(0.1)
  })

  it('is shorter for those who smoke', () => {
    const between = borough.filter(({ age }) => age >= 45 && age < 80)
    const mean = (smoking: string) => {
      const these = between.filter(({ health }) => health.smoking === smoking)
      return (
        these.reduce((sum, life) => sum + chance(life) / deathsAt[life.resident.sex](life.age), 0) /
        these.length
      )
    }
    expect(mean('current')).toBeGreaterThan(mean('never') * 1.7)
  })
})
