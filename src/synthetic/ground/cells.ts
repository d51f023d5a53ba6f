import type { Dice } from '../dice.ts'
import { KM_A_DEGREE, type Point } from './plane.ts'

/** One piece of the map: its middle and its outline. */
export interface Cell {
  centre: Point
  outline: readonly Point[]
}

/** The middle of the borough, and how large a neighbourhood of 1,500 is there: 286 km² among 170. */
const MIDDLE: Point = [-1.29, 53.425]
const SIDE_KM = 0.805
const ACROSS = SIDE_KM * Math.sqrt(3)

/** How far a corner strays, so that the map does not look like a honeycomb. Cells that meet there stray together. */
const STRAY_KM = 0.22

const corner = (x: number, y: number, strays: Map<string, Point>, dice: Dice): Point => {
  const key = `${Math.round(x * 50)}/${Math.round(y * 50)}`
  const known = strays.get(key)
  if (known) return known
  const east = x + (dice.next() * 2 - 1) * STRAY_KM
  const north = y + (dice.next() * 2 - 1) * STRAY_KM
  const point: Point = [
    Number((MIDDLE[0] + east / KM_A_DEGREE.east).toFixed(6)),
    Number((MIDDLE[1] + north / KM_A_DEGREE.north).toFixed(6)),
  ]
  strays.set(key, point)
  return point
}

const HEXAGON = [0, 1, 2, 3, 4, 5].map((nth) => ((nth + 0.5) * Math.PI) / 3)

/** Cells that tile a lobed borough, north to south. */
export function cells(count: number, dice: Dice): Cell[] {
  const [turn, other] = [dice.next() * Math.PI * 2, dice.next() * Math.PI * 2]
  const reach = Math.ceil(Math.sqrt(count))
  const middles: { x: number; y: number; far: number }[] = []
  for (let row = -reach; row <= reach; row++)
    for (let column = -reach; column <= reach; column++) {
      const x = (column + (row % 2 === 0 ? 0 : 0.5)) * ACROSS
      const y = row * SIDE_KM * 1.5
      const angle = Math.atan2(y, x)
      const lobes = 1 + 0.16 * Math.sin(2 * angle + turn) + 0.1 * Math.sin(3 * angle + other)
      middles.push({ x, y, far: Math.hypot(x, y) / lobes })
    }
  middles.sort((a, b) => a.far - b.far || a.y - b.y || a.x - b.x)
  const strays = new Map<string, Point>()
  return middles
    .slice(0, count)
    .sort((a, b) => b.y - a.y || a.x - b.x)
    .map(({ x, y }) => {
      const ring = HEXAGON.map((angle) =>
        corner(x + SIDE_KM * Math.cos(angle), y + SIDE_KM * Math.sin(angle), strays, dice),
      )
      const [first] = ring
      const mean = (axis: 0 | 1) => ring.reduce((sum, point) => sum + point[axis], 0) / ring.length
      return { centre: [mean(0), mean(1)], outline: first ? [...ring, first] : ring }
    })
}
