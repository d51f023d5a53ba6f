import type { Dice } from '../dice.ts'
import { postcodeIn } from '../people/towns.ts'
import type { CareHome, Neighbourhood } from './ground.ts'
import { sharedOut } from './plane.ts'

/** About 1,500 people of 261,000 live in care homes (Better Care Fund plan 2014, BCF07); about 8 beds in 100 are empty. */
const RESIDENTS_PER_PERSON = 1500 / 261_000
export const OCCUPIED = 0.84

/** Beds in a home of middling size, and the share of beds with nursing: 1,290 of 2,337 in Rotherham (CQC). */
const BEDS_A_HOME = 44
const NURSING = 5 / 9

/** The two of the first place, as places/rotherham/organisations.json names them; small places have no others. */
const OWN = ['Wickersley Lodge', 'Swinton Grange'] as const
const FIRST = [
  'Ashfield',
  'Beech',
  'Cedar',
  'Elmhurst',
  'Fairlawn',
  'Hawthorn',
  'Hollybank',
  'Ivy',
  'Larch',
  'Maple',
  'Oakdene',
  'Orchard',
  'Rowan',
  'Silver Birch',
  'Sycamore',
  'Thornfield',
  'Willow',
  'Yew Tree',
] as const
const SECOND = ['Court', 'House', 'Manor', 'View'] as const

const nameOf = (nth: number): string => {
  const own = OWN[nth]
  if (own) return own
  const beyond = nth - OWN.length
  return `${FIRST[beyond % FIRST.length]} ${SECOND[(beyond + Math.floor(beyond / FIRST.length)) % SECOND.length]}`
}

export function drawCareHomes(neighbourhoods: readonly Neighbourhood[], dice: Dice): CareHome[] {
  const people = neighbourhoods.reduce((sum, each) => sum + each.people, 0)
  const beds = Math.max(4, Math.round((people * RESIDENTS_PER_PERSON) / OCCUPIED))
  const count = Math.max(OWN.length, Math.round(beds / BEDS_A_HOME))
  const sizes = sharedOut(
    beds,
    Array.from({ length: count }, () => 0.5 + dice.next()),
  )
  const sites = dice.some(
    neighbourhoods.map((_, index) => index),
    count,
  )
  return sizes.map((size, nth): CareHome => {
    const site = sites[nth % sites.length] ?? 0
    return {
      id: `ZCH${String(nth + 1).padStart(2, '0')}`,
      name: nameOf(nth),
      // Of the first two, one of each kind; then in turn, so that the share holds in few homes too.
      nursing: nth < 2 ? nth === 0 : (nth * NURSING) % 1 < NURSING,
      beds: size,
      neighbourhood: site,
      line: `${nameOf(nth)}, ${dice.whole(1, 40)} Orchard Approach`,
      postcode: neighbourhoods[site]?.postcodes[0] ?? postcodeIn('Rotherham', 0),
    }
  })
}
