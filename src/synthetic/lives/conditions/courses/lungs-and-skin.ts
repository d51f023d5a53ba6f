import type { Course } from './course.ts'

/**
 * Lungs, nose and skin. Asthma and COPD: shapes from the BLF "Battle for Breath" (2016) and CPRD; levels chosen so that those
 * found meet Rotherham's QOF 2019/20, with a third of COPD unfound (Soriano 2015 says more). Eczema: de Lusignan 2021. Psoriasis:
 * Springate 2017. Venous ulcers: Guest 2018 (Burden of Wounds).
 */
export const LUNGS_AND_SKIN: readonly Course[] = [
  {
    condition: 'eczema',
    shares: [8, 13, 8, 6, 5, 4, 4, 4.5, 5, 5.5, 5.5],
    women: 1.1,
    found: 0.85,
    delay: 0.3,
    ends: 9,
  },
  {
    condition: 'hayFever',
    shares: [0, 3, 11, 13, 12, 11, 9, 7, 6, 4, 3],
    raisedBy: [['eczema', 1.6]],
    found: 0.65,
    delay: 2,
  },
  {
    condition: 'asthma',
    shares: [0.5, 4.5, 9.5, 9.5, 8.5, 8.5, 8.7, 9, 8.6, 7.5, 6],
    women: 1.2,
    deprived: 1.4,
    heavier: 1.1,
    raisedBy: [
      ['eczema', 1.8],
      ['hayFever', 1.8],
    ],
    found: 0.8,
    delay: 0.8,
    ends: 40,
  },
  {
    condition: 'copd',
    shares: [0, 0, 0, 0, 0.2, 1.1, 3.6, 8.4, 13.2, 15, 12],
    women: 0.95,
    deprived: 2.6,
    smoker: 9,
    runsIn: ['body', 0.3],
    raisedBy: [['asthma', 1.8]],
    found: 0.82,
    delay: 2,
    kills: 0.03,
  },
  {
    condition: 'psoriasis',
    shares: [0, 0.2, 0.7, 1.5, 2.1, 2.5, 2.8, 3, 2.9, 2.4, 2],
    smoker: 1.5,
    heavier: 1.15,
    found: 0.9,
    delay: 1,
  },
  {
    condition: 'venousLegUlcer',
    shares: [0, 0, 0, 0, 0.03, 0.08, 0.2, 0.5, 1.2, 2.4, 3.2],
    women: 1.2,
    deprived: 1.6,
    heavier: 1.4,
    found: 0.95,
    delay: 0.15,
    ends: 0.8,
  },
]
