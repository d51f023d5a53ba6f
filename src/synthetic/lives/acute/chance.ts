import type { Dice } from '../../dice.ts'

/** Lognormal: how stays, waits and journeys are spread (reference: Marazzi et al. 1998, Fitting the distributions of length of stay). */
export function lognormal(dice: Dice, median: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next())
  return median * Math.exp(spread * normal)
}

/** Days until the next of things that come by chance, so many a year. */
export const gapFor = (dice: Dice, yearly: number): number => (-Math.log(1 - dice.next()) / yearly) * 365.25
