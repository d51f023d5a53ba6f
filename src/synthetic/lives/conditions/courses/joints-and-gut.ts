import type { Course } from './course.ts'

/**
 * Bones, joints, pain, gut, and falling. Osteoarthritis: Swain 2020 (CPRD); osteoporosis: Svedbom 2013 (the QOF register holds
 * only those who have broken a bone); rheumatoid arthritis: level chosen to meet QOF 2019/20; chronic pain: Versus Arthritis
 * 2021 (high-impact); irritable bowel: NICE CG61; inflammatory bowel: Pasvol 2020; reflux: El-Serag 2014. Falls: Gale 2014
 * (more than once in a year).
 */
export const JOINTS_AND_GUT: readonly Course[] = [
  {
    condition: 'osteoarthritis',
    shares: [0, 0, 0, 0.2, 1, 4, 12, 22, 32, 39, 42],
    women: 1.5,
    deprived: 1.5,
    heavier: 1.35,
    runsIn: ['body', 0.3],
    found: 0.68,
    delay: 3,
  },
  {
    condition: 'rheumatoidArthritis',
    shares: [0, 0, 0.027, 0.11, 0.32, 0.63, 1, 1.4, 1.7, 1.7, 1.5],
    women: 2.6,
    smoker: 1.5,
    deprived: 1.3,
    found: 0.97,
    delay: 0.7,
    kills: 0.005,
  },
  {
    // Kuo 2015 (CPRD): 2.5 per cent of adults, four men for each woman.
    condition: 'gout',
    shares: [0, 0, 0, 0.2, 0.8, 1.8, 3.2, 4.8, 6.6, 7.6, 7],
    women: 0.27,
    deprived: 1.2,
    heavier: 1.6,
    raisedBy: [['chronicKidneyDisease3', 1.8]],
    found: 0.85,
    delay: 0.5,
  },
  {
    condition: 'osteoporosis',
    shares: [0, 0, 0, 0, 0.1, 0.5, 1.8, 5.5, 12, 20, 24],
    women: 4,
    smoker: 1.3,
    heavier: 0.75,
    raisedBy: [['rheumatoidArthritis', 1.8]],
    found: 0.55,
    delay: 3,
  },
  {
    condition: 'chronicPain',
    shares: [0, 0, 0.7, 3.5, 6.5, 9.5, 12, 13, 13, 13.5, 14],
    women: 1.3,
    deprived: 2.3,
    runsIn: ['mind', 0.4],
    raisedBy: [
      ['osteoarthritis', 1.8],
      ['rheumatoidArthritis', 2],
      ['depression', 1.8],
    ],
    found: 0.6,
    delay: 2,
  },
  {
    condition: 'irritableBowel',
    shares: [0, 0.2, 2.5, 7, 9, 9.5, 9, 8, 7, 6, 5],
    women: 1.9,
    raisedBy: [['anxiety', 1.6]],
    found: 0.55,
    delay: 3,
  },
  {
    condition: 'inflammatoryBowel',
    shares: [0, 0.02, 0.15, 0.5, 0.75, 0.9, 1, 1.1, 1.1, 0.9, 0.8],
    found: 0.97,
    delay: 0.7,
  },
  {
    // About 1 per cent of adults, mostly from fat and drink; a third or more unknown (OHID liver disease profiles).
    condition: 'liverDisease',
    shares: [0, 0, 0.02, 0.1, 0.4, 0.8, 1.2, 1.4, 1.3, 0.9, 0.6],
    women: 0.7,
    deprived: 2.2,
    heavier: 1.4,
    raisedBy: [
      ['alcoholDependence', 8],
      ['drugDependence', 5],
    ],
    found: 0.6,
    delay: 3,
    kills: 0.05,
  },
  {
    condition: 'reflux',
    shares: [1.5, 0.5, 0.6, 3, 6, 10, 13, 16, 18, 18, 18],
    deprived: 1.4,
    smoker: 1.2,
    heavier: 1.3,
    found: 0.75,
    delay: 1,
  },
  {
    condition: 'falls',
    shares: [0, 0, 0, 0, 0.2, 0.5, 1.2, 3.2, 6.5, 13, 19],
    women: 1.2,
    deprived: 1.3,
    raisedBy: [
      ['parkinsons', 2.5],
      ['dementia', 2],
      ['stroke', 1.7],
      ['sightLoss', 1.4],
      ['osteoarthritis', 1.3],
    ],
    inCareHome: 0.45,
    found: 0.55,
    delay: 1,
    kills: 0.03,
  },
]
