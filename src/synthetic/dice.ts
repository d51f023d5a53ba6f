/**
 * Chance that can be repeated: the same seed always throws the same numbers, so a demonstration, a test and a
 * bug report all speak of the same people. Each person gets dice of their own (`diceFor('seed/person/17')`), so
 * that a longer story for one person changes nothing in the life of the next.
 */
export interface Dice {
  /** From 0 up to, but not reaching, 1. */
  next(): number
  /** A whole number, both ends included. */
  whole(from: number, to: number): number
  /** About `middle`, mostly within `spread` of it and never more than twice that far. */
  near(middle: number, spread: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** Pairs of a thing and its weight; weights need not sum to anything. */
  weighted<T>(from: readonly (readonly [T, number])[]): T
  /** `count` different things, in the order drawn. */
  some<T>(from: readonly T[], count: number): T[]
}

/** 32 bits from any text (FNV-1a, then stirred so that near seeds fall far apart). */
export function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/**
 * Mulberry32: small, quick, and good enough for invented people. Never use it where secrecy matters. A class, since every person of a
 * borough throws several and closures would be made anew for each.
 */
class Mulberry implements Dice {
  private state: number

  constructor(seed: number) {
    this.state = seed
  }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    const { state } = this
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  near(middle: number, spread: number): number {
    return middle + (this.next() + this.next() + this.next() + this.next() - 2) * spread
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(from: readonly T[]): T {
    const found = from[this.whole(0, from.length - 1)]
    if (found === undefined) throw new Error('Nothing to pick from')
    return found
  }

  weighted<T>(from: readonly (readonly [T, number])[]): T {
    let sum = 0
    for (const [, weight] of from) sum += weight
    let left = this.next() * sum
    for (const [thing, weight] of from) {
      left -= weight
      if (left < 0) return thing
    }
    return this.pick(from)[0]
  }

  some<T>(from: readonly T[], count: number): T[] {
    const left = [...from]
    return Array.from({ length: Math.min(count, left.length) }, () => {
      const drawn = this.pick(left)
      left.splice(left.indexOf(drawn), 1)
      return drawn
    })
  }
}

export const diceFor = (seed: string): Dice => new Mulberry(hash(seed))
