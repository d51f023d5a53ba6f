import { diceFor } from '../../dice.ts'
import type { CareHome, Neighbourhood } from '../../ground/ground.ts'
import type { Household, Resident } from '../../residents/resident.ts'
import type { Health } from '../health.ts'
import { DAYS_A_YEAR, type Day, dayFrom } from '../moment.ts'
import type { World } from '../world.ts'
import { type Fate, fateOf } from './fate.ts'
import { healthOf } from './health-of.ts'

/**
 * Residents in Rotherham's proportions of age, sex and deprivation, for tests of health alone: they do not change when
 * households are settled in another way.
 */
const NEIGHBOURHOOD: Neighbourhood = {
  code: 'E01990000',
  name: 'Neighbourhood 1',
  area: 'E02990000',
  ward: 'Ward 1',
  locality: 'North',
  decile: 5,
  deprivation: 0.5,
  people: 1500,
  centre: [-1.35, 53.43],
  town: 'Rotherham',
  postcodes: ['S60 9ZA'],
  mix: {
    under18: 0.21,
    over65: 0.2,
    asian: 0.05,
    black: 0.01,
    mixed: 0.015,
    otherEthnic: 0.01,
    socialRent: 0.2,
    privateRent: 0.17,
  },
}

const careHome = (nursing: boolean): CareHome => ({
  id: nursing ? 'home-1' : 'home-2',
  name: 'Reservoir House',
  nursing,
  beds: 40,
  neighbourhood: 0,
  line: '1 Reservoir Rise',
  postcode: 'S60 9ZA',
})

export const WORLD: World = {
  seed: '1',
  ground: {
    neighbourhoods: [NEIGHBOURHOOD],
    practices: [],
    careHomes: [careHome(true), careHome(false)],
    origin: 'drawn',
    outlines: new Map(),
  },
  window: { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') },
}

export interface Sketch {
  serial?: number
  /** Years old on the window's first day; below zero for those still to be born. */
  age: number
  sex?: 'female' | 'male'
  deprivation?: number
  inCareHome?: boolean
  alone?: boolean
  givesBirth?: readonly Day[]
}

export function aResident({
  serial = 1,
  age,
  sex = 'female',
  deprivation = 0.5,
  inCareHome = false,
  alone = true,
  givesBirth = [],
}: Sketch): Resident {
  const born = Math.floor(WORLD.window.from - age * DAYS_A_YEAR)
  const household: Household = {
    serial,
    neighbourhood: { ...NEIGHBOURHOOD, deprivation },
    line: '2 Reservoir Rise',
    postcode: 'S60 9ZA',
    tenure: inCareHome ? 'care home' : 'owned',
    overcrowded: false,
    ...(inCareHome && { careHome: 'home-1' }),
    members: [],
  }
  const resident: Resident = {
    serial,
    nhsNumber: null,
    sex,
    born,
    given: ['Jean'],
    family: 'Booth',
    heritage: 'british',
    ethnicity: 'A',
    homes: [{ from: born, household }],
    practice: null,
    arrived: born > WORLD.window.from ? 'born' : 'here at the start',
    present: { from: Math.max(born, WORLD.window.from), until: WORLD.window.until },
    givesBirth,
    proxies: [],
    protectedAddress: false,
    objects: false,
    optedOut: false,
  }
  household.members.push(resident)
  if (!alone) household.members.push({ ...resident, serial: serial + 1, homes: [...resident.homes] })
  return resident
}

export interface Life {
  resident: Resident
  age: number
  deprivation: number
  inCareHome: boolean
  health: Health
  fate: Fate
}

export function lifeOf(sketch: Sketch): Life {
  const resident = aResident(sketch)
  const health = healthOf(WORLD, resident, diceFor(`1/health/${resident.serial}`))
  const fate = fateOf(WORLD, resident, health, diceFor(`1/fate/${resident.serial}`))
  const { age, deprivation = 0.5, inCareHome = false } = sketch
  return { resident, age, deprivation, inCareHome, health, fate }
}

/** ONS mid-2020, Rotherham: people in each five years of age; the last is 90 and over. */
const AGES = [
  15_195, 16_641, 16_599, 14_238, 13_932, 16_610, 17_056, 16_696, 14_586, 17_020, 19_109, 18_542, 16_372,
  14_034, 14_121, 10_635, 7375, 4045, 2178,
].map((people, band) => [band * 5, people] as const)

/**
 * Shares of Rotherham's people by tenth of deprivation in England, most deprived first (IMD 2019; facts: 22 per cent in the
 * first).
 */
const TENTHS = [22, 14, 10, 9, 9, 11, 9, 9, 7, 0.5].map((share, tenth) => [tenth, share] as const)

/** Women among those of an age, and those who live in care homes: so many that 1,500 of 267,000 do. ONS; facts. */
const womenAt = (age: number) =>
  age > 90 ? 0.68 : age > 85 ? 0.61 : age > 80 ? 0.56 : age > 70 ? 0.525 : 0.505
const inCareHomeAt = (age: number) =>
  age > 90 ? 0.185 : age > 85 ? 0.1 : age > 80 ? 0.046 : age > 75 ? 0.0185 : age > 65 ? 0.0068 : 0

export function inventBorough(people: number): Life[] {
  const dice = diceFor('borough')
  return Array.from({ length: people }, (_, serial) => {
    const band = dice.weighted(AGES)
    const age = band + dice.next() * (band === 90 ? 8 : 5)
    return lifeOf({
      serial,
      age,
      sex: dice.chance(womenAt(age)) ? 'female' : 'male',
      deprivation: 1 - (dice.weighted(TENTHS) + dice.next()) / 10,
      inCareHome: dice.chance(inCareHomeAt(age)),
      alone: dice.chance(age > 75 ? 0.5 : 0.25),
    })
  })
}
