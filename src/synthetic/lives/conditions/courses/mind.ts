import type { Course } from './course.ts'

/**
 * Mood, thought, dependence. Adult Psychiatric Morbidity Survey 2014 (ages, sexes, gradients). Depression and severe mental
 * illness: levels chosen so that those found meet Rotherham's QOF 2019/20 (15.1 per cent of adults; 0.90 per cent of all).
 * Dependence: OHID estimates of opiate and crack use 2019/20 and of alcohol dependence (1.4 per cent of adults; Rotherham
 * somewhat above).
 */
export const MIND: readonly Course[] = [
  {
    condition: 'drugDependence',
    shares: [0, 0, 0, 0.35, 1.1, 1.3, 0.7, 0.2, 0.03, 0, 0],
    women: 0.35,
    deprived: 5,
    runsIn: ['mind', 0.6],
    found: 0.7,
    delay: 3,
    ends: 14,
    kills: 0.01,
  },
  {
    condition: 'alcoholDependence',
    shares: [0, 0, 0, 0.7, 1.5, 2, 1.9, 1.2, 0.5, 0.15, 0.05],
    women: 0.4,
    deprived: 2.5,
    runsIn: ['mind', 0.6],
    found: 0.6,
    delay: 4,
    ends: 12,
    kills: 0.015,
  },
  {
    condition: 'schizophrenia',
    shares: [0, 0, 0.023, 0.34, 0.7, 0.9, 0.9, 0.82, 0.68, 0.51, 0.34],
    women: 0.7,
    deprived: 4,
    runsIn: ['mind', 0.4],
    found: 0.97,
    delay: 0.8,
    kills: 0.01,
  },
  {
    condition: 'bipolar',
    shares: [0, 0, 0.018, 0.22, 0.44, 0.53, 0.53, 0.49, 0.4, 0.27, 0.18],
    women: 1.3,
    deprived: 1.5,
    runsIn: ['mind', 0.4],
    found: 0.88,
    delay: 4,
  },
  {
    condition: 'personalityDisorder',
    shares: [0, 0, 0.2, 1, 1.2, 1.1, 0.8, 0.4, 0.2, 0.1, 0],
    women: 1.5,
    deprived: 2.5,
    runsIn: ['mind', 0.7],
    found: 0.5,
    delay: 4,
  },
  {
    condition: 'eatingDisorder',
    shares: [0, 0, 0.7, 1, 0.7, 0.4, 0.2, 0.1, 0, 0, 0],
    women: 5,
    runsIn: ['mind', 0.5],
    found: 0.6,
    delay: 2,
    ends: 7,
  },
  {
    // What a practice's register holds: depression once found, until somebody writes it off, many years later.
    condition: 'depression',
    shares: [0, 0, 2, 14, 21, 23, 22, 18, 14.5, 13, 13],
    women: 1.7,
    deprived: 2.1,
    runsIn: ['mind', 0.7],
    raisedBy: [
      ['alcoholDependence', 1.8],
      ['drugDependence', 1.8],
      ['personalityDisorder', 3],
      ['stroke', 1.4],
      ['copd', 1.4],
      ['type2Diabetes', 1.2],
    ],
    found: 0.84,
    delay: 1.2,
    ends: 16,
  },
  {
    condition: 'anxiety',
    shares: [0, 0.5, 4, 10, 10.5, 10, 9, 7, 6, 5, 4.5],
    women: 1.7,
    deprived: 1.6,
    runsIn: ['mind', 0.7],
    raisedBy: [['depression', 2.2]],
    found: 0.7,
    delay: 1.5,
    ends: 8,
  },
  {
    // People who have harmed themselves more than once in the last years, not single acts.
    condition: 'selfHarm',
    shares: [0, 0, 0.7, 0.6, 0.3, 0.22, 0.14, 0.06, 0.05, 0.05, 0.05],
    women: 1.6,
    deprived: 2,
    runsIn: ['mind', 0.5],
    raisedBy: [
      ['depression', 3],
      ['personalityDisorder', 6],
      ['eatingDisorder', 3],
    ],
    found: 0.65,
    delay: 0.5,
    ends: 2.5,
  },
]
