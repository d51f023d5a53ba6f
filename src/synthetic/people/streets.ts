import type { Dice } from '../dice.ts'
import type { Address } from './person.ts'
import { postcodeIn } from './towns.ts'

/** Invented streets in real towns, for the people of the demonstration. */
interface Streets {
  town: string
  /** Practices whose boundary covers the town, nearest first. */
  practices: readonly string[]
  streets: readonly string[]
}

const TOWNS: readonly Streets[] = [
  {
    town: 'Rotherham',
    practices: ['ZP001', 'ZP002'],
    streets: ['Furnace Bank', 'Old Wharf Lane', 'Lockkeeper Street', 'Tollbar Terrace', 'Rolling Mill Row'],
  },
  {
    town: 'Kimberworth',
    practices: ['ZP006', 'ZP002', 'ZP003'],
    streets: ['Deerpark View', 'Crown Spinney Road', 'Kestrel Bank', 'Meadowcroft Rise'],
  },
  {
    town: 'Rawmarsh',
    practices: ['ZP003', 'ZP005'],
    streets: ['Pottery Fold', 'Glasshouse Croft', 'Monkwood Bank', 'Haugh Top Lane'],
  },
  {
    town: 'Wath upon Dearne',
    practices: ['ZP005', 'ZP003'],
    streets: ['Barnacre Lane', 'Canal Reach', 'Brickpond Close', 'Skylark Fold', 'Old Chapel Walk'],
  },
  {
    town: 'Thrybergh',
    practices: ['ZP001', 'ZP004'],
    streets: ['Reservoir Rise', 'Silverbirch Mount', 'Foljambe Bank', 'Larkspur Grove', 'Cloughside Road'],
  },
  {
    town: 'Maltby',
    practices: ['ZP004', 'ZP001'],
    streets: ['Pithead Avenue', 'Abbey Mill Lane', 'Lime Kiln Close', 'Crag View'],
  },
  {
    town: 'Dinnington',
    practices: ['ZP004', 'ZP001'],
    streets: ['Winding House Road', 'Limestone Hill', 'Throapham Croft'],
  },
  {
    town: 'Kiveton Park',
    practices: ['ZP002', 'ZP004'],
    streets: ['Waterside Cut', 'Colliery Green', 'Hartshead Lane'],
  },
]

/** Postcodes whose unit begins with Z: one for each letter that may follow. */
const POSTCODES = 20

/** A house, and the practice most people in that town are registered with. */
export function aHome(dice: Dice): { address: Address; practice: string } {
  const { town, practices, streets } = dice.pick(TOWNS)
  const line = `${dice.whole(1, 148)} ${dice.pick(streets)}`
  const practice = dice.weighted(practices.map((code, i) => [code, i === 0 ? 2 : 1]))
  return { address: { line, town, postcode: postcodeIn(town, dice.whole(0, POSTCODES - 1)) }, practice }
}

/** The district nursing team that covers an address: north, centre and south of the borough. */
export function nursingTeamFor(address: Address): string {
  const district = address.postcode.split(' ')[0] ?? ''
  if (['S61', 'S62', 'S63'].includes(district)) return 'rfr-dn-north'
  return ['S60', 'S65'].includes(district) ? 'rfr-dn-central' : 'rfr-dn-south'
}
