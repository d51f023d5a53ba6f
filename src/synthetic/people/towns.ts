import type { Address } from './person.ts'

/**
 * The towns of the place, and the postcodes that invented people may have. A postcode must look right, or forms and address look-ups
 * refuse it, and must not be anyone's: real delivery points are numbered from the start of a sector, so only units that begin with
 * the last letters (9XA to 9ZZ) of the highest sector are used. They are not known to be in use in these districts.
 */
export interface Town {
  town: string
  district: string
  /** North, central and south, as the district nursing teams divide the borough. */
  locality: 'North' | 'Central' | 'South'
  /** Longitude and latitude. */
  centre: readonly [number, number]
}

export const TOWNS: readonly Town[] = [
  { town: 'Rotherham', district: 'S60', locality: 'Central', centre: [-1.357, 53.43] },
  { town: 'Kimberworth', district: 'S61', locality: 'North', centre: [-1.396, 53.437] },
  { town: 'Rawmarsh', district: 'S62', locality: 'North', centre: [-1.344, 53.461] },
  { town: 'Wath upon Dearne', district: 'S63', locality: 'North', centre: [-1.345, 53.501] },
  { town: 'Thrybergh', district: 'S65', locality: 'Central', centre: [-1.298, 53.453] },
  { town: 'Maltby', district: 'S66', locality: 'South', centre: [-1.21, 53.426] },
  { town: 'Dinnington', district: 'S25', locality: 'South', centre: [-1.208, 53.366] },
  { town: 'Kiveton Park', district: 'S26', locality: 'South', centre: [-1.26, 53.344] },
]

export function townNamed(name: string): Town {
  const found = TOWNS.find(({ town }) => town === name)
  if (!found) throw new Error(`There is no town named ${name}`)
  return found
}

/** Letters that may end a postcode. */
const UNIT_LETTERS = [...'ABDEFGHJLNPQRSTUWXYZ']
const UNITS = ['Z', 'Y', 'X'].flatMap((first) => UNIT_LETTERS.map((second) => first + second))

/** The nth invented postcode of a town; after sixty they begin again. */
export const postcodeIn = (town: string, nth: number): string =>
  `${townNamed(town).district} 9${UNITS[nth % UNITS.length]}`

/** Two postcodes for the nth neighbourhood of a town, no other's as long as a town has thirty or fewer. */
export const postcodesFor = (town: string, nth: number): string[] => [
  postcodeIn(town, nth * 2),
  postcodeIn(town, nth * 2 + 1),
]

/** The district nursing team that covers an address. */
export function nursingTeamFor({ postcode }: Address): string {
  const district = postcode.split(' ')[0]
  const locality = TOWNS.find((town) => town.district === district)?.locality ?? 'South'
  return `rfr-dn-${locality.toLowerCase()}`
}
