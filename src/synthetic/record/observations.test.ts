import { expect, test } from 'vitest'
import { news2, type Vitals } from './observations.ts'

const WELL: Vitals = { breathing: 16, oxygen: 97, systolic: 124, diastolic: 76, pulse: 72, temperature: 36.8 }

// One row for each edge that a nurse would check on the chart.
test.each<[Partial<Vitals>, number, string]>([
  [{}, 0, 'well'],
  [{ breathing: 21 }, 2, 'breathing 21'],
  [{ breathing: 25 }, 3, 'breathing 25'],
  [{ oxygen: 95 }, 1, 'saturation 95'],
  [{ oxygen: 91, onOxygen: true }, 5, 'saturation 91 on oxygen'],
  [{ oxygen: 90, scale2: true }, 0, 'scale 2: on target'],
  [{ oxygen: 87, scale2: true }, 1, 'scale 2: just below target'],
  [{ oxygen: 95, scale2: true }, 0, 'scale 2: high on air'],
  [{ oxygen: 95, scale2: true, onOxygen: true }, 4, 'scale 2: too high on oxygen'],
  [{ systolic: 90 }, 3, 'systolic 90'],
  [{ systolic: 110 }, 1, 'systolic 110'],
  [{ systolic: 220 }, 3, 'systolic 220'],
  [{ pulse: 131 }, 3, 'pulse 131'],
  [{ temperature: 37.5 }, 0, 'temperature 37.5'],
  [{ temperature: 39.1 }, 2, 'temperature 39.1'],
  [{ temperature: 36 }, 1, 'temperature 36.0'],
  [{ awake: 'New confusion' }, 3, 'newly confused'],
  [
    { breathing: 24, oxygen: 92, onOxygen: true, systolic: 108, pulse: 109, temperature: 38.7 },
    9,
    'pneumonia',
  ],
])('NEWS2 %o: %i (%s)', (change, total) => {
  expect(news2({ ...WELL, ...change })).toBe(total)
})
