import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { ConditionId } from '../../health/conditions.ts'
import { hasOn, isKnownOn } from '../health.ts'
import { COURSES } from './courses/courses.ts'
import { inventBorough, type Life, lifeOf, type Sketch, WORLD } from './invented-borough.ts'

const { from, until } = WORLD.window

const anyone: fc.Arbitrary<Sketch> = fc.record({
  serial: fc.nat(1_000_000),
  age: fc.double({ min: -2.9, max: 104, noNaN: true }),
  sex: fc.constantFrom('female', 'male'),
  deprivation: fc.double({ min: 0, max: 1, noNaN: true }),
  inCareHome: fc.boolean(),
})

/** What ends when another begins. */
const STAGES: readonly (readonly [ConditionId, ConditionId])[] = [
  ['preDiabetes', 'type2Diabetes'],
  ['mildCognitiveImpairment', 'dementia'],
  ['chronicKidneyDisease3', 'chronicKidneyDisease45'],
  ['mildFrailty', 'moderateFrailty'],
  ['moderateFrailty', 'severeFrailty'],
]
const AFTER: readonly (readonly [ConditionId, ConditionId])[] = COURSES.flatMap(({ condition, after }) =>
  after ? [[after[0], condition] as const] : [],
)

describe('the table of conditions', () => {
  it('names causes before what they cause, and each once', () => {
    const seen = new Set<ConditionId>()
    for (const { condition, after, raisedBy = [] } of COURSES) {
      for (const [cause] of [...raisedBy, ...(after ? [after] : [])]) expect(seen).toContain(cause)
      expect(seen).not.toContain(condition)
      seen.add(condition)
    }
  })
})

describe('everybody', () => {
  it('falls ill after birth, is found after that, and is over after both', () => {
    fc.assert(
      fc.property(anyone, (sketch) => {
        const { resident, health } = lifeOf(sketch)
        for (const illness of health.illnesses) {
          expect(illness.since).toBeGreaterThanOrEqual(resident.born)
          expect(illness.since).toBeLessThan(until)
          if (illness.found !== undefined) expect(illness.found).toBeGreaterThanOrEqual(illness.since)
          if (illness.until !== undefined)
            expect(illness.until).toBeGreaterThanOrEqual(illness.found ?? illness.since)
          expect(illness.severity).toBeGreaterThanOrEqual(0)
          expect(illness.severity).toBeLessThanOrEqual(1)
          for (const day of [illness.since, illness.found, illness.until])
            expect(Number.isInteger(day ?? 0)).toBe(true)
        }
      }),
    )
  })

  it('has each condition once, and only what their sex can have', () => {
    fc.assert(
      fc.property(anyone, (sketch) => {
        const { resident, health } = lifeOf(sketch)
        const conditions = health.illnesses.map(({ condition }) => condition)
        expect(new Set(conditions).size).toBe(conditions.length)
        expect(conditions).not.toContain(resident.sex === 'female' ? 'prostateCancer' : 'breastCancer')
      }),
    )
  })

  it('is never in two stages of one illness at once, and in a later one only after an earlier', () => {
    fc.assert(
      fc.property(anyone, (sketch) => {
        const { illnesses } = lifeOf(sketch).health
        const find = (condition: ConditionId) => illnesses.find((each) => each.condition === condition)
        for (const [earlier, later] of STAGES) {
          const [before, after] = [find(earlier), find(later)]
          if (before && after) expect(before.until).toBeLessThanOrEqual(after.since)
        }
        for (const [earlier, later] of AFTER) {
          const [before, after] = [find(earlier), find(later)]
          if (after) expect(before?.since).toBeLessThanOrEqual(after.since)
        }
      }),
    )
  })

  it('is the same whenever they are told', () => {
    fc.assert(
      fc.property(anyone, (sketch) => {
        expect(lifeOf(sketch)).toEqual(lifeOf(sketch))
      }),
    )
  })
})

const borough = inventBorough(60_000)

function share(of: readonly Life[], is: (life: Life) => boolean): number {
  return (100 * of.filter(is).length) / of.length
}
const aged = (low: number, high = 200) => borough.filter(({ age }) => age >= low && age < high)
const has =
  (...conditions: ConditionId[]) =>
  ({ health }: Life) =>
    conditions.some((condition) => hasOn(health, condition, from))
const isKnown =
  (...conditions: ConditionId[]) =>
  ({ health }: Life) =>
    conditions.some((condition) => isKnownOn(health, condition, from))

describe('a borough of 60,000', () => {
  // Rotherham's QOF registers of 2019/20: per cent of those from an age on, and how far off is let pass.
  test.each<[string, number, number, number, ConditionId[]]>([
    ['hypertension', 0, 16.07, 0.1, ['hypertension']],
    ['diabetes', 17, 7.78, 0.1, ['type1Diabetes', 'type2Diabetes']],
    ['asthma', 0, 7.34, 0.1, ['asthma']],
    ['COPD', 0, 3.04, 0.12, ['copd']],
    ['atrial fibrillation', 0, 2.33, 0.12, ['atrialFibrillation']],
    ['heart failure', 0, 0.99, 0.15, ['heartFailure']],
    ['coronary heart disease', 0, 3.96, 0.1, ['ischaemicHeartDisease']],
    ['stroke and TIA', 0, 2.18, 0.12, ['stroke']],
    ['chronic kidney disease', 18, 4, 0.12, ['chronicKidneyDisease3', 'chronicKidneyDisease45']],
    ['depression', 18, 15.09, 0.1, ['depression']],
    ['severe mental illness', 0, 0.9, 0.15, ['schizophrenia', 'bipolar']],
    ['dementia', 0, 0.99, 0.15, ['dementia']],
    ['epilepsy', 18, 1.04, 0.15, ['epilepsy']],
    ['rheumatoid arthritis', 16, 0.84, 0.18, ['rheumatoidArthritis']],
    ['peripheral arterial disease', 0, 0.79, 0.15, ['peripheralArterialDisease']],
    ['learning disability', 0, 0.63, 0.18, ['learningDisability']],
    ['obesity', 18, 14.41, 0.1, ['obesity']],
    ['cancer', 0, 3.21, 0.12, ['breastCancer', 'prostateCancer', 'lungCancer', 'bowelCancer', 'otherCancer']],
  ])('has the register of %s', (_, from, target, off, conditions) => {
    const found = share(aged(from), isKnown(...conditions))
    expect(Math.abs(found / target - 1)).toBeLessThan(off)
  })

  // What no register holds: per cent of an age group, between two figures.
  test.each<[string, ConditionId, number, number, number, number]>([
    ['autism (facts: 1 in 100)', 'autism', 0, 200, 0.8, 1.4],
    ['special needs at school (about 15 per cent)', 'specialEducationalNeeds', 5, 16, 12, 18],
    ['osteoarthritis over 65 (Swain 2020)', 'osteoarthritis', 65, 200, 26, 38],
    ['hearing loss over 70 (RNID)', 'hearingLoss', 70, 200, 25, 42],
    ['migraine at working age (Steiner 2003)', 'migraine', 20, 60, 7, 14],
    ['alcohol dependence in adults (OHID)', 'alcoholDependence', 18, 200, 1.1, 2],
    ['raised blood sugar in adults (HSE)', 'preDiabetes', 18, 200, 9, 14],
    ['Parkinson’s over 65 (Parkinson’s UK)', 'parkinsons', 65, 200, 1, 2.2],
    ['dementia over 65 (CFAS II)', 'dementia', 65, 200, 6, 9],
  ])('has as many with %s', (_, condition, low, high, least, most) => {
    const found = share(aged(low, high), has(condition))
    expect(found).toBeGreaterThan(least)
    expect(found).toBeLessThan(most)
  })

  // Of those who have it, the share that a practice has found.
  test.each<[ConditionId, number, number]>([
    ['hypertension', 65, 77],
    ['type2Diabetes', 78, 90],
    ['dementia', 55, 67],
    ['copd', 60, 75],
  ])('has found only some of %s', (condition, least, most) => {
    const found = share(borough.filter(has(condition)), isKnown(condition))
    expect(found).toBeGreaterThan(least)
    expect(found).toBeLessThan(most)
  })

  // New cases in 100,000 people a year (NHS Digital; Cancer Research UK; SSNAP and NICE).
  test.each<[ConditionId, number, number]>([
    ['lungCancer', 60, 110],
    ['bowelCancer', 50, 95],
    ['breastCancer', 45, 100],
    ['stroke', 160, 290],
    ['dementia', 220, 380],
    ['type2Diabetes', 300, 500],
    ['heartFailure', 170, 330],
    ['depression', 600, 1600],
  ])('falls ill with %s at the pace of a borough', (condition, least, most) => {
    const began = share(borough, ({ health }) =>
      health.illnesses.some((each) => each.condition === condition && each.since >= from),
    )
    const yearly = (began * 1000) / 3
    expect(yearly).toBeGreaterThan(least)
    expect(yearly).toBeLessThan(most)
  })

  // Facts, 2015 to 2021; Clegg 2016 for frailty.
  test.each<[string, number, number, number, (life: Life) => boolean]>([
    ['smoke', 18, 16.9, 1, ({ health }) => health.smoking === 'current'],
    ['are overweight or obese', 18, 68.3, 1.5, ({ health }) => health.bodyMass >= 25],
    ['drink above 14 units', 18, 31.1, 1.5, ({ health }) => health.alcohol > 14],
    ['are inactive', 18, 25.2, 1.5, ({ health }) => !health.active],
    ['are fit', 65, 50, 4, ({ health }) => health.frailty <= 0.12],
    ['are mildly frail', 65, 35, 4, ({ health }) => health.frailty > 0.12 && health.frailty <= 0.24],
    ['are moderately frail', 65, 12, 3, ({ health }) => health.frailty > 0.24 && health.frailty <= 0.36],
    ['are severely frail', 65, 3, 1.5, ({ health }) => health.frailty > 0.36],
  ])('has as many who %s', (_, from, target, off, is) => {
    expect(Math.abs(share(aged(from), is) - target)).toBeLessThan(off)
  })

  it('has demented and frail people in its care homes', () => {
    const residents = borough.filter(({ inCareHome }) => inCareHome)
    expect(Math.abs(share(residents, has('dementia')) - 70)).toBeLessThan(6)
    expect(share(residents, ({ health }) => health.frailty > 0.24)).toBeGreaterThan(70)
  })
})

/** The conditions that Barnett counted (Lancet 2012), of those told here. */
const COUNTED: readonly ConditionId[] = COURSES.map(({ condition }) => condition).filter(
  (condition) =>
    !['preDiabetes', 'eczema', 'hayFever', 'reflux', 'osteoarthritis', 'gout', 'cataract', 'falls'].includes(
      condition,
    ),
)
const several = ({ health }: Life) =>
  COUNTED.filter((condition) => isKnownOn(health, condition, from)).length >= 2

describe('illness and deprivation', () => {
  const ages = [20, 30, 40, 50, 60, 70]
  const poor = aged(0).filter(({ deprivation }) => deprivation > 0.9)
  const rich = aged(0).filter(({ deprivation }) => deprivation < 0.3)
  const at = (people: readonly Life[], age: number, is: (life: Life) => boolean) =>
    share(
      people.filter((life) => life.age >= age - 5 && life.age < age + 5),
      is,
    )

  it('has more people with several conditions where it is poorer, at every age', () => {
    for (const age of ages) expect(at(poor, age, several)).toBeGreaterThan(at(rich, age, several) * 1.1)
  })

  it('has as many with several conditions ten years earlier in the poorest areas (Barnett 2012)', () => {
    for (const age of [40, 50, 60])
      expect(at(poor, age - 10, several)).toBeGreaterThan(at(rich, age, several) * 0.95)
  })

  it('has more of those conditions that are known for it', () => {
    for (const condition of [
      'copd',
      'type2Diabetes',
      'depression',
      'schizophrenia',
      'drugDependence',
    ] as const)
      expect(share(poor, has(condition))).toBeGreaterThan(share(rich, has(condition)) * 1.2)
    expect(share(poor, ({ health }) => health.smoking === 'current')).toBeGreaterThan(
      share(rich, ({ health }) => health.smoking === 'current') * 2,
    )
  })
})
