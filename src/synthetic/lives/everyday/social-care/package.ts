import type { Dice } from '../../../dice.ts'

/** What support at home is made of: how it is given, for how many hours a week, and at what the council pays an hour. */
export interface Package {
  component: string
  hoursAWeek: number
  weeklyCost: number
}

interface Kind {
  component: string
  weight: number
  hours: readonly [least: number, most: number]
  /** Pounds an hour: home care by what councils paid in 2024-25 (ADASS, about £24 to £26), the others less or shared. */
  hour: number
}

/** Direct payments: 22 in 100 of all in long-term support at home, 37 in 100 of those under 65 (ASCOF 1C, England 2023-24). */
const OLDER: readonly Kind[] = [
  { component: 'Home support', weight: 76, hours: [3.5, 24.5], hour: 25 },
  { component: 'Direct payment', weight: 14, hours: [5, 24], hour: 17 },
  { component: 'Day support', weight: 5, hours: [6, 18], hour: 14 },
  { component: 'Extra care housing', weight: 5, hours: [7, 21], hour: 23 },
]
const YOUNGER: readonly Kind[] = [
  { component: 'Home support', weight: 30, hours: [3.5, 28], hour: 25 },
  { component: 'Direct payment', weight: 45, hours: [6, 40], hour: 17 },
  { component: 'Day support', weight: 15, hours: [12, 30], hour: 14 },
  { component: 'Supported living', weight: 10, hours: [14, 70], hour: 22 },
]
const LEARNING: readonly Kind[] = [
  { component: 'Supported living', weight: 38, hours: [20, 110], hour: 21 },
  { component: 'Direct payment', weight: 30, hours: [8, 45], hour: 17 },
  { component: 'Day support', weight: 22, hours: [15, 30], hour: 14 },
  { component: 'Shared lives', weight: 10, hours: [25, 35], hour: 15 },
]
const HOME_CARE_ALONE: readonly Kind[] = [
  { component: 'Home support', weight: 1, hours: [3.5, 21], hour: 25 },
]

const choices = (kinds: readonly Kind[]) => kinds.map((kind) => [kind, kind.weight] as const)
const BY_WHOM = {
  older: choices(OLDER),
  younger: choices(YOUNGER),
  learning: choices(LEARNING),
  hospital: choices(HOME_CARE_ALONE),
}

const halfHours = (hours: number) => Math.max(1, Math.round(hours * 2) / 2)

export function packageFor(dice: Dice, whose: keyof typeof BY_WHOM): Package {
  const { component, hours, hour } = dice.weighted(BY_WHOM[whose])
  // Most packages are nearer the least than the most.
  const hoursAWeek = halfHours(hours[0] + (hours[1] - hours[0]) * dice.next() * (0.4 + 0.6 * dice.next()))
  return { component, hoursAWeek, weeklyCost: Math.round(hoursAWeek * hour) }
}

/** As a review leaves it. */
export function changed({ component, hoursAWeek, weeklyCost }: Package, factor: number): Package {
  const hours = halfHours(hoursAWeek * factor)
  return { component, hoursAWeek: hours, weeklyCost: Math.round((weeklyCost / hoursAWeek) * hours) }
}
