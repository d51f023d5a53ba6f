/** Longitude and latitude in degrees. */
export type Point = readonly [number, number]

/** Kilometres in a degree at 53.4° north; over one borough the ground is flat enough. */
export const KM_A_DEGREE = { east: 66.4, north: 111.3 } as const

export function kilometres(a: Point, b: Point): number {
  return Math.hypot((a[0] - b[0]) * KM_A_DEGREE.east, (a[1] - b[1]) * KM_A_DEGREE.north)
}

/** The place in `from` that lies nearest. */
export function nearest<T extends { centre: Point }>(to: Point, from: readonly T[]): T {
  let found: T | undefined
  let least = Number.POSITIVE_INFINITY
  for (const each of from) {
    const distance = kilometres(to, each.centre)
    if (distance < least) [found, least] = [each, distance]
  }
  if (!found) throw new Error('Nothing to be near to')
  return found
}

/**
 * Parts places into `groups` compact groups of like size, by halving along the longer side again and again.
 * @returns the group of each place, in the order of `centres`
 */
export function grouped(centres: readonly Point[], groups: number): number[] {
  const group = new Array<number>(centres.length).fill(0)
  const part = (members: number[], first: number, count: number): void => {
    if (count === 1) {
      for (const member of members) group[member] = first
      return
    }
    const along = (axis: 0 | 1) => members.map((member) => centres[member]?.[axis] ?? 0)
    const side = (axis: 0 | 1) => Math.max(...along(axis)) - Math.min(...along(axis))
    const axis = side(0) * KM_A_DEGREE.east > side(1) * KM_A_DEGREE.north ? 0 : 1
    const sorted = [...members].sort((a, b) => (centres[a]?.[axis] ?? 0) - (centres[b]?.[axis] ?? 0) || a - b)
    const half = Math.floor(count / 2)
    const cut = Math.round((sorted.length * half) / count)
    part(sorted.slice(0, cut), first, half)
    part(sorted.slice(cut), first + half, count - half)
  }
  part(
    centres.map((_, index) => index),
    0,
    groups,
  )
  return group
}

/** Shares a whole out by weight so that the parts, all whole, add up to it exactly. */
export function sharedOut(whole: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  let weighed = 0
  let given = 0
  return weights.map((weight) => {
    weighed += weight
    const part = Math.round((whole * weighed) / sum) - given
    given += part
    return part
  })
}
