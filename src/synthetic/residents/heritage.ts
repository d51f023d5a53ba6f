import type { Dice } from '../dice.ts'
import type { Neighbourhood } from '../ground/ground.ts'
import type { Heritage } from '../people/names.ts'
import type { HouseholdKind, HouseholdSketch } from './household-types.ts'

/**
 * How much likelier a household of this kind is not White: younger and larger families are (2021 census, about; 19 in 100 children of
 * school age, place plan 2023-25, 4.1).
 */
const LIKELIER: Record<HouseholdKind, number> = {
  'one older': 0.2,
  'older couple': 0.2,
  'one younger': 0.8,
  couple: 0.45,
  family: 1.85,
  'lone parent': 1,
  'grown children': 0.9,
  'more generations': 2.6,
  sharers: 1.6,
  'care home': 0.2,
}

export interface Descent {
  heritage: Heritage
  ethnicity: string
}

type Weighted<T> = readonly (readonly [T, number])[]
const of = (heritage: Heritage, ethnicity: string, weight: number): readonly [Descent, number] => [
  { heritage, ethnicity },
  weight,
]

/** Within broad groups, as in Rotherham: Pakistani and Kashmiri by far the largest, then small ones (place plan 2018, 3.1; 2021 census). */
const ASIAN: Weighted<Descent> = [
  of('pakistani', 'J', 76),
  of('pakistani', 'L', 7),
  of('pakistani', 'K', 2),
  of('indian', 'H', 10),
  of('chinese', 'R', 5),
]
const BLACK: Weighted<Descent> = [of('african', 'N', 82), of('british', 'M', 11), of('african', 'P', 7)]
const OTHER: Weighted<Descent> = [of('arab', 'S', 70), of('african', 'S', 15), of('roma', 'S', 15)]

/** White people who are not British: 24 in 1,000 of all White, more in poorer neighbourhoods, where Slovak and Czech Roma live. */
const white = (deprivation: number): Weighted<Descent> => [
  of('british', 'A', 982 - 34 * deprivation),
  of('british', 'B', 3),
  of('polish', 'C', 5 + 10 * deprivation),
  of('roma', 'C', deprivation > 0.8 ? 26 : 3),
]

/** A partner from another community, and what their children are called: D, E, F and G of the NHS data dictionary. */
const PARTNERS: Weighted<{ partner: Descent; children: string }> = [
  [{ partner: { heritage: 'british', ethnicity: 'M' }, children: 'D' }, 33],
  [{ partner: { heritage: 'african', ethnicity: 'N' }, children: 'E' }, 16],
  [{ partner: { heritage: 'pakistani', ethnicity: 'J' }, children: 'F' }, 34],
  [{ partner: { heritage: 'arab', ethnicity: 'S' }, children: 'G' }, 17],
]

export interface HouseholdDescent {
  descent: Descent
  /** A family of two communities: the second parent's, and the letter of those born of both. */
  mixed?: { partner: Descent; children: string }
}

/** By how much to scale so that people, not households, come out in the neighbourhood's shares. */
export function likelihoodOf(households: readonly HouseholdSketch[]): number {
  let people = 0
  let weighed = 0
  for (const { kind, members } of households) {
    people += members.length
    weighed += members.length * LIKELIER[kind]
  }
  return weighed > 0 ? people / weighed : 1
}

export function descentOf(
  { mix, deprivation }: Neighbourhood,
  kind: HouseholdKind,
  scale: number,
  dice: Dice,
): HouseholdDescent {
  const likelier = scale * LIKELIER[kind]
  let left = dice.next()
  left -= mix.asian * likelier
  if (left < 0) return { descent: dice.weighted(ASIAN) }
  left -= mix.black * likelier
  if (left < 0) return { descent: dice.weighted(BLACK) }
  left -= mix.otherEthnic * likelier
  if (left < 0) return { descent: dice.weighted(OTHER) }
  // Of four people in such a family about two are of mixed descent themselves, so there are twice as many families as the share.
  left -= mix.mixed * likelier * 1.7
  const descent = dice.weighted(white(deprivation))
  return left < 0
    ? { descent: { heritage: 'british', ethnicity: 'A' }, mixed: dice.weighted(PARTNERS) }
    : { descent }
}

/** Of what descent the child of two people is; of a mother alone, hers. */
export function childOf(mother: Descent, father: Descent | undefined): Descent {
  const other = father && father.ethnicity !== mother.ethnicity ? [mother, father] : []
  const pair = PARTNERS.find(([{ partner }]) =>
    other.some(({ ethnicity }) => ethnicity === partner.ethnicity),
  )
  if (pair && other.some(({ ethnicity }) => ethnicity === 'A'))
    return { heritage: 'british', ethnicity: pair[0].children }
  return { heritage: mother.heritage, ethnicity: mother.ethnicity }
}
