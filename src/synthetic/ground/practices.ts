import type { Dice } from '../dice.ts'
import { TOWNS, townNamed } from '../people/towns.ts'
import type { Neighbourhood, Practice } from './ground.ts'
import { grouped, kilometres, nearest, type Point } from './plane.ts'

/** The six of the first place, as places/rotherham/organisations.json names them, each in the town where it is. */
const OWN: readonly (readonly [name: string, town: string])[] = [
  ['Clifton Vale Surgery', 'Thrybergh'],
  ['Canal Street Medical Centre', 'Rotherham'],
  ['Wentworth Road Practice', 'Rawmarsh'],
  ['Maltby Green Surgery', 'Maltby'],
  ['Dearne Side Health Centre', 'Wath upon Dearne'],
  ['Keppel Lane Surgery', 'Kimberworth'],
]

const FIRST = [
  'Abbey',
  'Barnacre',
  'Brook',
  'Colliery',
  'Deerpark',
  'Furnace',
  'Glasshouse',
  'Hartshead',
  'Kestrel',
  'Larkspur',
] as const
const SECOND = ['Surgery', 'Medical Centre', 'Health Centre', 'Practice'] as const

/** List sizes beside the mean, largest first, as the 28 lists of Rotherham have them (NHS England allocations 2025/26). */
const LIST_SIZES = [
  2.13, 1.92, 1.66, 1.56, 1.51, 1.35, 1.26, 1.25, 1.21, 1.19, 1.17, 1.08, 1.05, 0.97, 0.89, 0.87, 0.81, 0.72,
  0.7, 0.67, 0.64, 0.6, 0.6, 0.54, 0.48, 0.4, 0.4, 0.4,
] as const

/** Six primary care networks, as there are. */
const NETWORKS = 6

/** As many practices as people need, and never fewer than the place's own six. */
const practicesFor = (people: number) => Math.max(OWN.length, Math.round(people / 9536))

export function drawPractices(people: number, centres: readonly Point[], dice: Dice): Practice[] {
  const count = practicesFor(people)
  const sites = grouped(centres, count)
  const free = new Set(sites)
  const drawn = Array.from({ length: count }, (_, index): Omit<Practice, 'network'> => {
    const code = `ZP${String(index + 1).padStart(3, '0')}`
    const weight = (LIST_SIZES[(index * 5) % LIST_SIZES.length] ?? 1) * (0.95 + dice.next() * 0.1)
    const [name, town] = OWN[index] ?? []
    if (name && town) {
      const centre = townNamed(town).centre
      const site = siteNear(centre, sites, centres, free)
      free.delete(site)
      return { code, name, centre, weight }
    }
    const [site = 0] = free
    free.delete(site)
    const ours = centres.filter((_, at) => sites[at] === site)
    const beyond = index - OWN.length
    const named = `${FIRST[beyond % FIRST.length]} ${beyond < FIRST.length ? '' : 'Road '}${SECOND[(beyond * 3 + Math.floor(beyond / FIRST.length)) % SECOND.length]}`
    return { code, name: named.replace('Lane Road', 'Road'), centre: dice.pick(ours), weight }
  })
  return inNetworks(drawn)
}

/** Practices work together with their neighbours; a network is called after the town nearest its middle. */
function inNetworks(practices: readonly Omit<Practice, 'network'>[]): Practice[] {
  const groups = grouped(
    practices.map(({ centre }) => centre),
    NETWORKS,
  )
  const free = new Set(TOWNS)
  const names = Array.from({ length: NETWORKS }, (_, group) => {
    const ours = practices.filter((_, at) => groups[at] === group)
    const mean = (axis: 0 | 1) => ours.reduce((sum, { centre }) => sum + centre[axis], 0) / ours.length
    const town = nearest([mean(0), mean(1)], [...free])
    free.delete(town)
    return `${town.town} Network`
  })
  return practices.map((practice, at) => ({ ...practice, network: names[groups[at] ?? 0] ?? '' }))
}

/** The free site whose neighbourhoods lie nearest; each practice has one of its own. */
function siteNear(
  to: Point,
  sites: readonly number[],
  centres: readonly Point[],
  free: ReadonlySet<number>,
): number {
  let found = 0
  let least = Number.POSITIVE_INFINITY
  centres.forEach((centre, index) => {
    const site = sites[index] ?? 0
    const distance = kilometres(to, centre)
    if (free.has(site) && distance < least) [found, least] = [site, distance]
  })
  return found
}

/** How far people go to their practice: e-folding, in kilometres. */
const REACH_KM = 1.3

/**
 * The share of each neighbourhood's people on each practice's list: by distance, and so that the lists come out in the proportion of
 * their weights (practices' and neighbourhoods' sides are fitted in turn).
 * @returns for each neighbourhood, running totals up to 1 over the practices
 */
export function catchments(
  neighbourhoods: readonly Neighbourhood[],
  practices: readonly Practice[],
): number[][] {
  const people = neighbourhoods.reduce((sum, each) => sum + each.people, 0)
  const weight = practices.reduce((sum, each) => sum + each.weight, 0)
  const shares = neighbourhoods.map(({ centre }) =>
    practices.map((practice) => Math.exp(-kilometres(centre, practice.centre) / REACH_KM) + 1e-6),
  )
  for (let again = 0; again < 25; again++) {
    const lists = practices.map(() => 0)
    shares.forEach((row, index) => {
      const sum = row.reduce((a, b) => a + b, 0)
      row.forEach((share, at) => {
        row[at] = share / sum
        lists[at] = (lists[at] ?? 0) + (share / sum) * (neighbourhoods[index]?.people ?? 0)
      })
    })
    for (const row of shares)
      row.forEach((share, at) => {
        row[at] = (share * ((practices[at]?.weight ?? 0) / weight) * people) / Math.max(1e-9, lists[at] ?? 0)
      })
  }
  return shares.map((row) => {
    const sum = row.reduce((a, b) => a + b, 0)
    let running = 0
    return row.map((share) => (running += share / sum))
  })
}
