import type { Course } from './course.ts'

/**
 * Sugar and thyroid. NHS Digital National Diabetes Audit 2022/23 (types, ages, deprivation); Health
 * Survey for England (undiagnosed diabetes: one in eight; raised HbA1c: one adult in eight); UK Biobank and Whitehall II for
 * progression (4 to 5 in 100 a year). Level of type 2: chosen so that found diabetes meets Rotherham's QOF 2019/20.
 */
export const METABOLISM: readonly Course[] = [
  {
    condition: 'type1Diabetes',
    shares: [0.01, 0.1, 0.35, 0.45, 0.5, 0.52, 0.5, 0.45, 0.4, 0.3, 0.2],
    women: 0.8,
    found: 1,
    delay: 0.04,
    kills: 0.005,
  },
  {
    // Everyone whose sugar has ever risen: those who go on to diabetes leave it for the next row.
    condition: 'preDiabetes',
    shares: [0, 0, 0.3, 2, 6, 13, 22, 31, 39, 44, 46],
    deprived: 1.7,
    heavier: 1.6,
    southAsian: 2.2,
    runsIn: ['body', 0.4],
    found: 0.6,
    delay: 2.5,
  },
  {
    condition: 'type2Diabetes',
    after: ['preDiabetes', 2.75],
    women: 0.75,
    deprived: 1.5,
    heavier: 1.35,
    southAsian: 1.5,
    runsIn: ['body', 0.5],
    found: 0.92,
    delay: 1.2,
    kills: 0.01,
  },
  {
    condition: 'hypothyroidism',
    shares: [0.02, 0.05, 0.2, 0.8, 1.7, 3.2, 5, 7, 9, 10, 10],
    women: 5,
    found: 0.9,
    delay: 1,
  },
]
