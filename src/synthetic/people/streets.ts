import type { Dice } from '../dice.ts'
import type { Address } from './person.ts'

/**
 * Invented streets in real towns. A postcode must look right, or forms and address look-ups refuse it, and must
 * not be anyone's: real delivery points are numbered from the start of a sector, so the last unit letters of its
 * highest sector (9ZA to 9ZZ) are used. They are not known to be in use in these districts.
 */
interface Town {
  town: string
  district: string
  /** Practices whose boundary covers the town, nearest first. */
  practices: readonly string[]
  streets: readonly string[]
}

const TOWNS: readonly Town[] = [
  {
    town: 'Rotherham',
    district: 'S60',
    practices: ['ZP001', 'ZP002'],
    streets: ['Furnace Bank', 'Old Wharf Lane', 'Lockkeeper Street', 'Tollbar Terrace', 'Rolling Mill Row'],
  },
  {
    town: 'Kimberworth',
    district: 'S61',
    practices: ['ZP006', 'ZP002', 'ZP003'],
    streets: ['Deerpark View', 'Crown Spinney Road', 'Kestrel Bank', 'Meadowcroft Rise'],
  },
  {
    town: 'Rawmarsh',
    district: 'S62',
    practices: ['ZP003', 'ZP005'],
    streets: ['Pottery Fold', 'Glasshouse Croft', 'Monkwood Bank', 'Haugh Top Lane'],
  },
  {
    town: 'Wath upon Dearne',
    district: 'S63',
    practices: ['ZP005', 'ZP003'],
    streets: ['Barnacre Lane', 'Canal Reach', 'Brickpond Close', 'Skylark Fold', 'Old Chapel Walk'],
  },
  {
    town: 'Thrybergh',
    district: 'S65',
    practices: ['ZP001', 'ZP004'],
    streets: ['Reservoir Rise', 'Silverbirch Mount', 'Foljambe Bank', 'Larkspur Grove', 'Cloughside Road'],
  },
  {
    town: 'Maltby',
    district: 'S66',
    practices: ['ZP004', 'ZP001'],
    streets: ['Pithead Avenue', 'Abbey Mill Lane', 'Lime Kiln Close', 'Crag View'],
  },
  {
    town: 'Dinnington',
    district: 'S25',
    practices: ['ZP004', 'ZP001'],
    streets: ['Winding House Road', 'Limestone Hill', 'Throapham Croft'],
  },
  {
    town: 'Kiveton Park',
    district: 'S26',
    practices: ['ZP002', 'ZP004'],
    streets: ['Waterside Cut', 'Colliery Green', 'Hartshead Lane'],
  },
]

/** Letters that may end a postcode. */
const UNIT_LETTERS = [...'ABDEFGHJLNPQRSTUWXYZ']

/** A house, and the practice most people in that town are registered with. */
export function aHome(dice: Dice): { address: Address; practice: string } {
  const { town, district, practices, streets } = dice.pick(TOWNS)
  const line = `${dice.whole(1, 148)} ${dice.pick(streets)}`
  const practice = dice.weighted(practices.map((code, i) => [code, i === 0 ? 2 : 1]))
  return { address: { line, town, postcode: `${district} 9Z${dice.pick(UNIT_LETTERS)}` }, practice }
}

/** The district nursing team that covers an address: north, centre and south of the borough. */
export function nursingTeamFor(address: Address): string {
  const district = address.postcode.split(' ')[0] ?? ''
  if (['S61', 'S62', 'S63'].includes(district)) return 'rfr-dn-north'
  return ['S60', 'S65'].includes(district) ? 'rfr-dn-central' : 'rfr-dn-south'
}
