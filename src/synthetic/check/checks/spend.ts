import type { Measured } from '../check.ts'
import type { Place } from '../place.ts'
import { heldBy } from '../statistics/concentration.ts'
import { group, mean } from './measures.ts'

/**
 * The study’s pounds are a linked data set of another area (Bristol, North Somerset and South Gloucestershire, adults, one year, synthetic
 * after the real): 615 a person a year, which is less than all that the health service spends on an adult. Nearest by that mean, and by what
 * such linked data sets hold, is hospital, ambulance, community and mental health care, without general practice and its prescribing.
 */
const SOURCE =
  'Linked data set of Bristol, North Somerset and South Gloucestershire, adults, synthetic sample of 10,000; another area’s. Ours: adults, last twelve months, the services named'

async function held(place: Place, part: number): Promise<Measured> {
  const rows = await place.rows('select pounds from linked_spend')
  const value =
    100 *
    heldBy(
      rows.map(({ pounds }) => Number(pounds)),
      part,
    )
  return { value }
}

const top = (percent: number, target: number, tolerance: number) => ({
  id: `top-${percent}`,
  words: `Of what is spent on adults in a year, held by the ${percent} in 100 with the most`,
  kind: 'share' as const,
  unit: '% of spend',
  target,
  year: '2019-20',
  source: SOURCE,
  tolerance,
  because: 'another area, other prices, and a sample of 10,000',
  from: 5000,
  measure: (place: Place) => held(place, percent / 100),
})

export const spend = group('Spend', [
  top(1, 28.0, 4),
  top(5, 63.8, 5),
  top(10, 80.9, 5),
  {
    id: 'spend-mean',
    words: 'Spent on an adult in a year by the services of the figures above',
    kind: 'mean',
    unit: '£',
    target: 615,
    year: '2019-20',
    source: SOURCE,
    tolerance: 250,
    because:
      'prices rose by a quarter since, and it only serves to say that the services are the nearest set',
    measure: mean('pounds', 'linked_spend'),
  },
  {
    id: 'spend-age',
    words: 'All health spending on a person aged 75 and over beside one of 25 to 44',
    kind: 'share',
    unit: 'ratio',
    target: 4.2,
    year: '2019',
    source: 'Office for Budget Responsibility, health spending by age, read off a chart',
    tolerance: 1.2,
    because: 'read off a chart',
    measure: `select avg(case when age >= 75 then pounds end) / avg(case when age between 25 and 44 then pounds end) as value from spend`,
  },
])
