/** One band of ages, in order from birth; the last is open. */
export interface Band {
  from: number
  /** Undefined for the last. */
  to?: number
  deaths: number
  /** Person-years lived in it. */
  years: number
  /** Share of those years lived in good health, for health expectancy (Sullivan). */
  healthy?: number
}

export interface LifeTable {
  /** Life expectancy at birth, years. */
  expectancy: number
  /** Its standard error. */
  error: number
  /** Years of it lived as `healthy` says. */
  healthy: number
  /** Of 1 born, how many are alive at the start of each band. */
  alive: readonly number[]
}

/** How far into a band its dead have lived, on average: infants die in the first weeks. */
const lived = (from: number): number => (from === 0 ? 0.1 : 0.5)

/**
 * An abridged life table by Chiang's second method, as the Office for National Statistics uses for small areas: q = n·m / (1 + n·(1 − a)·m).
 * The last band is open: all who reach it die in it, after 1/m years on average. The variance is Chiang's, with the open band's own term left
 * out, as in the method's first form; bands in which nobody died have none.
 */
export function lifeTable(bands: readonly Band[]): LifeTable {
  let alive = 1
  const steps = bands.map(({ from, to, deaths, years, healthy = 1 }) => {
    const rate = years > 0 ? deaths / years : 0
    const start = alive
    if (to === undefined)
      return { start, q: 1, lives: rate > 0 ? start / rate : 0, healthy, deaths, width: 0, a: 0 }
    const width = to - from
    const a = lived(from)
    const q = Math.min(1, (width * rate) / (1 + width * (1 - a) * rate))
    alive = start * (1 - q)
    return { start, q, lives: width * (alive + a * (start - alive)), healthy, deaths, width, a }
  })
  let after = 0
  let variance = 0
  for (const { start, q, lives, deaths, width, a } of steps.toReversed()) {
    // `after` is still the years lived by all who reach the next band.
    const reached = start * (1 - q)
    const ahead = reached > 0 ? after / reached : 0
    if (width > 0 && deaths > 0)
      variance += start ** 2 * ((1 - a) * width + ahead) ** 2 * ((q ** 2 * (1 - q)) / deaths)
    after += lives
  }
  return {
    expectancy: after,
    error: Math.sqrt(variance),
    healthy: steps.reduce((sum, { lives, healthy }) => sum + lives * healthy, 0),
    alive: steps.map(({ start }) => start),
  }
}

/**
 * The slope index of inequality: the difference in life expectancy between the bottom and the top of the deprivation scale, from a straight
 * line through equal groups of people, most deprived first, each weighted by the certainty of its figure.
 */
export function slopeIndex(groups: readonly { expectancy: number; error: number }[]): {
  slope: number
  error: number
} {
  const points = groups.map(({ expectancy, error }, nth) => ({
    x: (nth + 0.5) / groups.length,
    y: expectancy,
    weight: error > 0 ? 1 / error ** 2 : 0,
  }))
  const sum = (of: (point: (typeof points)[number]) => number) =>
    points.reduce((total, point) => total + of(point), 0)
  const weight = sum((p) => p.weight)
  const x = sum((p) => p.weight * p.x) / weight
  const y = sum((p) => p.weight * p.y) / weight
  const spread = sum((p) => p.weight * (p.x - x) ** 2)
  return { slope: sum((p) => p.weight * (p.x - x) * (p.y - y)) / spread, error: Math.sqrt(1 / spread) }
}
