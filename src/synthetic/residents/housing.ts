import type { Dice } from '../dice.ts'
import type { Neighbourhood } from '../ground/ground.ts'
import type { HouseholdKind } from './household-types.ts'
import type { Tenure } from './resident.ts'

/** How much likelier than the neighbourhood's households together each kind is to rent (2021 census, England and Wales, about). */
const RENTS: Record<HouseholdKind, { social: number; private: number }> = {
  'one older': { social: 1.3, private: 0.45 },
  'older couple': { social: 0.6, private: 0.25 },
  'one younger': { social: 1.3, private: 1.6 },
  couple: { social: 0.6, private: 1 },
  family: { social: 0.8, private: 1 },
  'lone parent': { social: 1.9, private: 1.7 },
  'grown children': { social: 0.9, private: 0.5 },
  'more generations': { social: 0.9, private: 0.9 },
  sharers: { social: 0.4, private: 4 },
  'care home': { social: 0, private: 0 },
}

export function tenureOf({ mix }: Neighbourhood, kind: HouseholdKind, dice: Dice): Tenure {
  if (kind === 'care home') return 'care home'
  const rents = RENTS[kind]
  const social = Math.min(0.75, mix.socialRent * rents.social)
  const privately = Math.min(0.9 - social, mix.privateRent * rents.private)
  const drawn = dice.next()
  if (drawn < social) return 'social rent'
  return drawn < social + privately ? 'private rent' : 'owned'
}

/** Chance of too few bedrooms by the number of people: 26 households in 1,000 of Rotherham in all (2021 census). */
const CROWDED = [0, 0, 0.003, 0.016, 0.06, 0.18, 0.38, 0.55] as const

export function isOvercrowded(
  people: number,
  tenure: Tenure,
  { deprivation }: Neighbourhood,
  dice: Dice,
): boolean {
  if (tenure === 'care home') return false
  const rented = tenure === 'owned' ? 0.6 : 1.5
  return dice.chance((CROWDED[Math.min(people, 7)] ?? 0) * rented * (0.5 + deprivation))
}
