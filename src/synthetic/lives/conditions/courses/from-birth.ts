import type { Course } from './course.ts'

/**
 * What people are born with or grow up with. Learning disability: register from QOF 2019/20 (0.63 per cent of all in
 * Rotherham), true prevalence Public Health England 2016; Down syndrome: NCARDRS; cerebral palsy: SCPE (2 in 1,000 births);
 * autism: facts (1 in 100 of all ages) and Russell 2022 by age; ADHD: NICE NG87; special educational needs: about 15 per cent
 * of schoolchildren (Department for Education, school census).
 */
export const FROM_BIRTH: readonly Course[] = [
  {
    condition: 'downs',
    shares: [0.1, 0.09, 0.085, 0.08, 0.07, 0.06, 0.045, 0.015, 0, 0, 0],
    found: 1,
    delay: 0.02,
    kills: 0.003,
  },
  {
    condition: 'cerebralPalsy',
    shares: [0.2, 0.2, 0.2, 0.19, 0.18, 0.16, 0.13, 0.08, 0.04, 0, 0],
    women: 0.8,
    found: 0.98,
    delay: 1.2,
    kills: 0.004,
  },
  {
    condition: 'learningDisability',
    shares: [0.3, 0.8, 1.05, 1, 0.85, 0.75, 0.65, 0.5, 0.3, 0.15, 0.05],
    women: 0.65,
    deprived: 1.8,
    raisedBy: [
      ['downs', 300],
      ['cerebralPalsy', 30],
    ],
    found: 0.8,
    delay: 3,
    kills: 0.006,
  },
  {
    condition: 'autism',
    shares: [0, 0.8, 2.2, 2, 1.2, 0.7, 0.45, 0.25, 0.15, 0.1, 0.1],
    women: 0.38,
    raisedBy: [['learningDisability', 12]],
    found: 0.8,
    delay: 3,
  },
  {
    condition: 'adhd',
    shares: [0, 0.6, 3.6, 3, 2.4, 1.8, 1, 0.4, 0.1, 0, 0],
    women: 0.4,
    deprived: 1.7,
    raisedBy: [['autism', 5]],
    found: 0.5,
    delay: 4,
  },
  {
    condition: 'specialEducationalNeeds',
    shares: [0, 7, 14, 14, 0, 0, 0, 0, 0, 0, 0],
    women: 0.6,
    deprived: 1.9,
    raisedBy: [
      ['learningDisability', 25],
      ['autism', 12],
      ['adhd', 4],
      ['cerebralPalsy', 15],
    ],
    found: 1,
    delay: 0.3,
    overBy: 18,
  },
]
