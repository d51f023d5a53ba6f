import type { Course } from './course.ts'

/**
 * Brain, eyes and ears. Dementia: CFAS II (Matthews 2013) by age; a third unfound, as the dementia diagnosis rate says; level
 * chosen so that those found meet QOF 2019/20 (0.99 per cent of all). Epilepsy: QOF. Parkinson's: Parkinson's UK 2018. MS: MS
 * Society 2020. Migraine: Steiner 2003. Hearing: Davis 1995, RNID. Sight: RNIB, Eye Diseases Prevalence (Burr 2007). A care
 * home's residents: Matthews 2013 (seven in ten with dementia).
 */
export const BRAIN_AND_SENSES: readonly Course[] = [
  {
    condition: 'parkinsons',
    shares: [0, 0, 0, 0, 0.01, 0.04, 0.15, 0.55, 1.5, 2.4, 2.2],
    women: 0.65,
    inCareHome: 0.06,
    found: 0.93,
    delay: 1,
    kills: 0.05,
  },
  {
    condition: 'multipleSclerosis',
    shares: [0, 0, 0.01, 0.06, 0.18, 0.3, 0.36, 0.33, 0.25, 0.1, 0],
    women: 2.6,
    found: 0.97,
    delay: 1.5,
    kills: 0.01,
  },
  {
    condition: 'mildCognitiveImpairment',
    shares: [0, 0, 0, 0, 0, 0.1, 0.6, 4, 10, 18, 24],
    deprived: 1.3,
    raisedBy: [['stroke', 1.8]],
    found: 0.3,
    delay: 1.5,
    ends: 8,
  },
  {
    condition: 'dementia',
    shares: [0, 0, 0, 0, 0, 0.02, 0.087, 0.6, 2.4, 8, 17.4],
    women: 1.15,
    deprived: 1.5,
    smoker: 1.3,
    raisedBy: [
      ['mildCognitiveImpairment', 3],
      ['stroke', 1.8],
      ['type2Diabetes', 1.3],
      ['downs', 30],
      ['parkinsons', 2.5],
    ],
    inCareHome: 0.7,
    found: 0.8,
    delay: 1.2,
    kills: 0.14,
  },
  {
    condition: 'epilepsy',
    shares: [0.093, 0.33, 0.56, 0.7, 0.74, 0.8, 0.84, 0.89, 1, 1.2, 1.2],
    deprived: 1.7,
    raisedBy: [
      ['learningDisability', 15],
      ['cerebralPalsy', 8],
      ['stroke', 2],
      ['dementia', 2],
    ],
    found: 0.97,
    delay: 0.4,
    kills: 0.004,
  },
  {
    condition: 'migraine',
    shares: [0, 0.5, 4.5, 9, 11, 11, 8, 5, 3, 1.5, 1],
    women: 2.7,
    found: 0.6,
    delay: 3,
  },
  {
    condition: 'hearingLoss',
    shares: [0.1, 0.25, 0.4, 0.6, 1, 2.5, 6, 13, 26, 46, 62],
    women: 0.8,
    deprived: 1.3,
    found: 0.6,
    delay: 6,
  },
  {
    // Over when the lens is changed.
    condition: 'cataract',
    shares: [0.02, 0.02, 0.02, 0.03, 0.1, 0.4, 1.5, 6, 14, 20, 20],
    women: 1.2,
    raisedBy: [['type2Diabetes', 1.6]],
    found: 0.9,
    delay: 2,
    ends: 5,
  },
  {
    condition: 'glaucoma',
    shares: [0, 0, 0, 0.02, 0.1, 0.3, 0.8, 1.9, 4, 6.5, 8],
    found: 0.72,
    delay: 3,
  },
  {
    condition: 'sightLoss',
    shares: [0.04, 0.06, 0.1, 0.12, 0.15, 0.25, 0.5, 1, 2.8, 9, 21],
    women: 1.2,
    deprived: 1.3,
    raisedBy: [
      ['type2Diabetes', 1.8],
      ['glaucoma', 2.5],
    ],
    found: 0.75,
    delay: 1.5,
  },
]
