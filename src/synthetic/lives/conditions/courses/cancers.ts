import type { Course } from './course.ts'

/**
 * Anyone who has had it since 2003, as the QOF register counts them (3.2 per cent of Rotherham); a cancer that was cured stays
 * as history. Ages and sexes: CancerData (NHS Digital) incidence 2019 and Macmillan prevalence 2020. By deprivation: Cancer
 * Research UK 2020. What each kills is by year since it began, in mortality/fatal.ts; here only what those deaths take away
 * from the living.
 */
export const CANCERS: readonly Course[] = [
  {
    condition: 'breastCancer',
    only: 'female',
    shares: [0, 0, 0, 0.011, 0.17, 0.88, 2.2, 4, 5.1, 5.5, 5.3],
    deprived: 0.9,
    heavier: 1.08,
    found: 0.97,
    delay: 0.4,
    kills: 0.025,
  },
  {
    condition: 'prostateCancer',
    only: 'male',
    shares: [0, 0, 0, 0, 0, 0.05, 0.5, 2.7, 6.6, 8.5, 8.5],
    deprived: 0.8,
    found: 0.92,
    delay: 0.8,
    kills: 0.035,
  },
  {
    condition: 'lungCancer',
    shares: [0, 0, 0, 0, 0.01, 0.04, 0.15, 0.38, 0.58, 0.5, 0.3],
    smoker: 18,
    deprived: 1.3,
    raisedBy: [['copd', 1.5]],
    found: 0.98,
    delay: 0.2,
    kills: 0.45,
  },
  {
    condition: 'bowelCancer',
    shares: [0, 0, 0, 0.01, 0.03, 0.1, 0.35, 0.85, 1.6, 2.1, 2],
    women: 0.75,
    smoker: 1.2,
    heavier: 1.1,
    found: 0.98,
    delay: 0.3,
    kills: 0.09,
  },
  {
    condition: 'otherCancer',
    shares: [0.022, 0.076, 0.15, 0.3, 0.54, 0.92, 1.6, 2.8, 4.1, 4.6, 4.3],
    smoker: 1.5,
    deprived: 1.15,
    found: 0.98,
    delay: 0.25,
    kills: 0.17,
  },
]
