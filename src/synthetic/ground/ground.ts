/**
 * The ground on which invented people live: neighbourhoods, practices and care homes. It is drawn by chance, or read from a
 * place's own published files; whatever lives on it cannot tell which.
 */
export interface Neighbourhood {
  /** The code of a Lower layer Super Output Area, or an invented one of the same shape. */
  code: string
  name: string
  /** The larger area (MSOA) it lies in. */
  area: string
  ward: string
  locality: string
  /** Index of Multiple Deprivation: 1 is the most deprived tenth in England. */
  decile: number
  /** 0 (least) to 1 (most deprived neighbourhood in England); finer than the decile. */
  deprivation: number
  /** How many live in it on the first day. */
  people: number
  /** Longitude and latitude of its middle, in degrees. */
  centre: readonly [number, number]
  town: string
  /** Invented delivery points; see residents/streets. */
  postcodes: readonly string[]
  /** How its people differ from the borough's; each a share of 1. */
  mix: NeighbourhoodMix
  /** How many of each single year of age, 0 to 90 and over, where a place's files say; else the borough's ages, bent to the mix. */
  ages?: readonly number[]
}

export interface NeighbourhoodMix {
  /** Share of its people under 18, and of 65 and over. */
  under18: number
  over65: number
  /** Shares of residents by broad ethnic group. */
  asian: number
  black: number
  mixed: number
  otherEthnic: number
  /** Shares of households by tenure; the rest own. */
  socialRent: number
  privateRent: number
}

export interface Practice {
  code: string
  name: string
  network: string
  centre: readonly [number, number]
  /** How large its list is beside the others'. */
  weight: number
}

export interface CareHome {
  id: string
  name: string
  nursing: boolean
  beds: number
  /** Index into the ground's neighbourhoods. */
  neighbourhood: number
  line: string
  postcode: string
}

export interface Ground {
  neighbourhoods: readonly Neighbourhood[]
  practices: readonly Practice[]
  careHomes: readonly CareHome[]
  /** Whether it was drawn by chance, or read from the files of a real place. */
  origin: 'drawn' | 'reference'
  /** Outlines by neighbourhood code: rings of longitude and latitude. */
  outlines: ReadonlyMap<string, readonly (readonly [number, number])[]>
}

/** Far above any household's serial. */
const FRONT_DOORS = 100_000_000

/** The serial of a care home's household, which whoever moves in from another neighbourhood must know too. */
export const frontDoorOf = (careHome: number): number => FRONT_DOORS + careHome
