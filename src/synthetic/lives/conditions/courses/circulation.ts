import type { Course } from './course.ts'

/**
 * Heart, vessels, kidneys. Shapes by age: Health Survey for England 2021 (measured blood pressure, kidney function), British
 * Heart Foundation statistics 2023, CPRD (AF: Adderley 2019; heart failure: Conrad 2018). Levels: chosen so that those found meet
 * Rotherham's QOF registers of 2019/20. Multipliers: INTERHEART and QRISK3; by deprivation CPRD (Conrad 2018, Barnett 2012).
 */
export const CIRCULATION: readonly Course[] = [
  {
    // Three in ten of those with raised pressure do not know (HSE 2021).
    condition: 'hypertension',
    shares: [0, 0, 0.1, 2, 7, 17, 33, 50, 65, 74, 76],
    deprived: 1.7,
    heavier: 1.45,
    runsIn: ['body', 0.45],
    found: 0.8,
    delay: 2.5,
  },
  {
    condition: 'ischaemicHeartDisease',
    shares: [0, 0, 0, 0, 0.12, 0.81, 2.8, 6.1, 10.5, 15.4, 17],
    women: 0.45,
    deprived: 2,
    smoker: 2.2,
    southAsian: 1.5,
    runsIn: ['body', 0.4],
    raisedBy: [
      ['hypertension', 1.5],
      ['type2Diabetes', 1.7],
    ],
    found: 0.93,
    delay: 1,
    kills: 0.02,
  },
  {
    condition: 'atrialFibrillation',
    shares: [0, 0, 0, 0.021, 0.1, 0.31, 1, 3.3, 8.3, 15.1, 18.7],
    women: 0.65,
    deprived: 1.3,
    heavier: 1.3,
    runsIn: ['body', 0.3],
    raisedBy: [
      ['hypertension', 1.5],
      ['ischaemicHeartDisease', 1.5],
    ],
    found: 0.84,
    delay: 1.2,
    kills: 0.02,
  },
  {
    condition: 'stroke',
    shares: [0, 0, 0.014, 0.034, 0.1, 0.34, 0.83, 1.9, 4.1, 7.2, 9],
    women: 0.8,
    deprived: 1.8,
    smoker: 1.7,
    runsIn: ['body', 0.3],
    raisedBy: [
      ['hypertension', 1.8],
      ['atrialFibrillation', 2],
      ['type2Diabetes', 1.4],
    ],
    inCareHome: 0.2,
    found: 0.97,
    delay: 0.05,
    kills: 0.05,
  },
  {
    condition: 'heartFailure',
    shares: [0, 0, 0, 0.0087, 0.027, 0.087, 0.27, 0.7, 1.8, 4.3, 7],
    women: 0.75,
    deprived: 1.8,
    heavier: 1.2,
    runsIn: ['body', 0.3],
    raisedBy: [
      ['ischaemicHeartDisease', 3],
      ['atrialFibrillation', 2],
      ['hypertension', 1.4],
      ['type2Diabetes', 1.5],
    ],
    inCareHome: 0.14,
    found: 0.78,
    delay: 1,
    kills: 0.12,
  },
  {
    condition: 'peripheralArterialDisease',
    shares: [0, 0, 0, 0, 0.033, 0.17, 0.66, 1.7, 3.1, 3.7, 3.3],
    women: 0.6,
    deprived: 2,
    smoker: 4,
    runsIn: ['body', 0.3],
    raisedBy: [
      ['type2Diabetes', 2],
      ['ischaemicHeartDisease', 1.6],
    ],
    found: 0.78,
    delay: 2,
    kills: 0.03,
  },
  {
    condition: 'chronicKidneyDisease3',
    shares: [0, 0, 0, 0.043, 0.17, 0.52, 1.5, 4.3, 12, 22.4, 26.7],
    women: 1.25,
    deprived: 1.5,
    runsIn: ['body', 0.3],
    raisedBy: [
      ['hypertension', 1.5],
      ['type2Diabetes', 1.7],
      ['heartFailure', 1.8],
    ],
    found: 0.68,
    delay: 2,
    kills: 0.01,
  },
  {
    // About one in a hundred with stage 3 a year (NICE NG203).
    condition: 'chronicKidneyDisease45',
    after: ['chronicKidneyDisease3', 0.7],
    women: 0.8,
    deprived: 1.6,
    raisedBy: [['type2Diabetes', 2]],
    found: 0.95,
    delay: 0.4,
    kills: 0.1,
  },
  {
    // Two in a hundred with diabetes a year (NICE NG19), healed or worse within months.
    condition: 'diabeticFootUlcer',
    after: ['type2Diabetes', 2],
    women: 0.6,
    deprived: 1.6,
    smoker: 1.5,
    raisedBy: [['peripheralArterialDisease', 4]],
    found: 0.92,
    delay: 0.08,
    ends: 0.6,
    kills: 0.05,
  },
]
