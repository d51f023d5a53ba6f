import { hash } from '../dice.ts'
import type { Neighbourhood } from '../ground/ground.ts'

/** Invented streets: a place that suits the town, and what it is. */
const PLACES = [
  'Abbey Mill',
  'Alder',
  'Anvil',
  'Barnacre',
  'Bellpit',
  'Bilberry',
  'Bobbin',
  'Brickpond',
  'Brindle',
  'Canal',
  'Chapel Yard',
  'Cinder',
  'Clough',
  'Coalbrook',
  'Cobbler',
  'Copperbeech',
  'Crown Spinney',
  'Curlew',
  'Deerpark',
  'Dovecote',
  'Engine House',
  'Fallow',
  'Ferryman',
  'Flint',
  'Foljambe',
  'Foundry',
  'Furnace',
  'Glasshouse',
  'Goldfinch',
  'Gorse',
  'Hartshead',
  'Haugh Top',
  'Hawkswood',
  'Haymaker',
  'Jay',
  'Kestrel',
  'Kiln',
  'Lapwing',
  'Larkspur',
  'Limestone',
  'Linnet',
  'Lockkeeper',
  'Marl',
  'Meadowcroft',
  'Millrace',
  'Monkwood',
  'Nailer',
  'Otter',
  'Pinfold',
  'Pithead',
  'Potter',
  'Quarryman',
  'Reservoir',
  'Ropewalk',
  'Rushes',
  'Saddler',
  'Silverbirch',
  'Skylark',
  'Sorrel',
  'Steelmelter',
  'Swift',
  'Tannery',
  'Teasel',
  'Throapham',
  'Tollbar',
  'Wagonway',
  'Waterside',
  'Weir',
  'Winding House',
  'Woodpecker',
] as const
const KINDS = [
  'Avenue',
  'Bank',
  'Close',
  'Court',
  'Crescent',
  'Croft',
  'Drive',
  'Fold',
  'Gardens',
  'Green',
  'Grove',
  'Lane',
  'Mount',
  'Rise',
  'Road',
  'Street',
  'Terrace',
  'View',
  'Walk',
  'Way',
] as const

const STREETS_EACH = 10

interface Street {
  name: string
  /** The lowest house number that is lived in: in a small place few houses of each street are, and not all at its first door. */
  first: number
}

/** Own numbers stay below OWN_NUMBERS with it: a street of the full borough has about a hundred doors. */
const HIGHEST_FIRST = 90

/** The streets of a neighbourhood, the same whoever asks. */
const streetsOf = (neighbourhood: Neighbourhood): Street[] => {
  const start = hash(`streets/${neighbourhood.code}`)
  return Array.from({ length: STREETS_EACH }, (_, nth) => {
    const place = PLACES[(start + nth * 7) % PLACES.length] ?? ''
    const name = `${place} ${KINDS[(Math.floor(start / PLACES.length) + nth * 3) % KINDS.length] ?? ''}`
    return { name, first: 1 + (hash(`${neighbourhood.code}/${name}`) % HIGHEST_FIRST) }
  })
}

const known = new WeakMap<Neighbourhood, Street[]>()

/**
 * The nth front door of a neighbourhood: no other has the same line and postcode.
 * @param from added to every house number
 */
export function addressIn(
  neighbourhood: Neighbourhood,
  nth: number,
  from = 0,
): { line: string; postcode: string } {
  const streets = known.get(neighbourhood) ?? streetsOf(neighbourhood)
  known.set(neighbourhood, streets)
  const { postcodes } = neighbourhood
  const street = streets[nth % streets.length]
  const number = from + (street?.first ?? 1) + Math.floor(nth / streets.length)
  return {
    line: `${number} ${street?.name ?? ''}`,
    // A street lies in one postcode, as a short one does.
    postcode: postcodes[(nth % streets.length) % postcodes.length] ?? '',
  }
}

/** House numbers up to here are for those who settle or stay in their neighbourhood; higher for who comes from another. */
const OWN_NUMBERS = 300

/** The nth door of those who move between two neighbourhoods of one place: neither need know what the other gave out. */
export const addressAcross = (to: Neighbourhood, from: number, nth: number) =>
  addressIn(to, nth, OWN_NUMBERS + from)
