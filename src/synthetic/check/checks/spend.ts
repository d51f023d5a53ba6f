import type { Measured } from '../check.ts'
import type { Place } from '../place.ts'
import { heldBy } from '../statistics/concentration.ts'
import { group, mean } from './measures.ts'

/**
 * The study’s pounds are a linked data set of another area: adults, one year, 615 a person on average, which is far less than all that the
 * health service spends on an adult, and it is not said which services it holds. We take the set of ours whose mean comes nearest: admitted
 * care of every kind, 770 to 790 in the prices of 2024-25, beside 615 raised by a quarter for the prices since. The choice matters. Of our
 * own place, unplanned care alone (A&E, ambulance, emergency admissions; a mean of 600) is held more closely, 33, 71 and 86 in 100; admitted
 * care with A&E less, 24, 59 and 78; all of a hospital 21, 52 and 70; everything with general practice and medicines 16, 40 and 56.
 */
const SOURCE =
  'Linked data set of Bristol, North Somerset and South Gloucestershire, adults, one year, synthetic sample of 10,000. Another area’s; ours is admitted care'

async function held(place: Place, part: number): Promise<Measured> {
  const rows = await place.rows('select pounds from admitted_spend')
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
  words: `Of admitted care’s cost, adults in the last twelve months, held by the ${percent} in 100 with the most`,
  kind: 'share' as const,
  unit: '% of spend',
  target,
  year: 'about 2019-20',
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
    words: 'Spent on an adult in the last twelve months by admitted care',
    kind: 'mean',
    unit: '£',
    target: 769,
    year: 'about 2019-20',
    source: SOURCE,
    tolerance: 115,
    because: '615 raised by a quarter, which prices rose by; it serves to say that the set is the nearest',
    measure: mean('pounds', 'admitted_spend'),
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
    from: 20_000,
    measure: `select avg(case when age >= 75 then pounds end) / avg(case when age between 25 and 44 then pounds end) as value from spend`,
  },
])
