import { diceFor } from '../dice.ts'
import type { Ground, Neighbourhood, Practice } from './ground.ts'

const NEIGHBOURHOODS = 170

/** As many practices as people need, and never fewer than the place's own six. */
const practicesFor = (people: number) => Math.max(6, Math.round(people / 8900))

function neighbourhood(seed: string, index: number, people: number): Neighbourhood {
  const dice = diceFor(`${seed}/ground/${index}`)
  const deprivation = dice.next()
  return {
    code: `E01${String(990_000 + index)}`,
    name: `Neighbourhood ${index + 1}`,
    area: `E02${String(990_000 + Math.floor(index / 5))}`,
    ward: `Ward ${Math.floor(index / 7) + 1}`,
    locality: ['North', 'Central', 'South'][index % 3] ?? 'Central',
    decile: 10 - Math.floor(deprivation * 10),
    deprivation,
    people,
    centre: [-1.35 + dice.near(0, 0.08), 53.43 + dice.near(0, 0.05)],
    town: 'Rotherham',
    postcodes: ['S60 9ZA'],
    mix: {
      under18: 0.21,
      over65: 0.2,
      asian: 0.05,
      black: 0.01,
      mixed: 0.015,
      otherEthnic: 0.01,
      socialRent: 0.2,
      privateRent: 0.17,
    },
  }
}

/** Ground drawn by chance, in a borough's proportions: the same seed is the same ground. */
export function drawGround({ people, seed }: { people: number; seed: string }): Ground {
  const neighbourhoods = Array.from({ length: NEIGHBOURHOODS }, (_, index) => {
    const upTo = (n: number) => Math.round((people * n) / NEIGHBOURHOODS)
    return neighbourhood(seed, index, upTo(index + 1) - upTo(index))
  })
  const practices = Array.from({ length: practicesFor(people) }, (_, index): Practice => {
    const code = `ZP${String(index + 1).padStart(3, '0')}`
    return {
      code,
      name: `Practice ${code}`,
      network: `Network ${(index % 6) + 1}`,
      centre: [-1.35, 53.43],
      weight: 1,
    }
  })
  return { neighbourhoods, practices, careHomes: [], origin: 'drawn', outlines: new Map() }
}
