import type { Visit } from '../caseload.ts'
import type { NeedsByCondition } from '../episodes.ts'

/**
 * Therapists, podiatrists and speech therapists. England 2024/25 (National Cost Collection), with a borough’s 0.46 per cent:
 * community physiotherapy of adults 4.2 million contacts (19,600), occupational therapy 0.55 million (2,500), teams for stroke,
 * nerves and other rehabilitation 1.9 million (8,600), podiatry 2.7 million (12,700), speech and language therapy 0.6 million of
 * adults (2,700) and 1.4 million of children (6,500).
 */

const clinic = (what: string, minutes: number, missed = 0.07): Visit => ({
  what,
  mode: 'clinic',
  minutes,
  rounds: [[8, 16]],
  missed,
  cancelled: 0.05,
})
const home = (what: string, minutes: number): Visit => ({
  what,
  mode: 'home',
  minutes,
  rounds: [[9, 16]],
  cancelled: 0.04,
})

const physiotherapy = clinic('Physiotherapy', 30, 0.1)
const rehabilitation = home('Rehabilitation at home', 45)
const nerves = home('Neurological therapy', 50)
const breathing = clinic('Pulmonary rehabilitation', 60, 0.12)
const feet = clinic('Podiatry: foot care', 25)
const footAtRisk = clinic('Podiatry: foot at high risk', 30)
const swallowing = home('Swallowing assessment', 45)
const speech = home('Speech and language therapy', 45)
const atSchool: Visit = { ...clinic('Speech and language therapy', 40, 0), mode: 'school', cancelled: 0.08 }

const pain = {
  service: 'community therapy',
  from: 'GP',
  wait: 35,
  visit: physiotherapy,
  every: 18,
  days: 70,
} as const

export const THERAPY: NeedsByCondition = {
  osteoarthritis: [{ ...pain, perYear: 0.06 }],
  lowBackPain: [{ ...pain, perYear: 0.16 }],
  chronicPain: [{ ...pain, perYear: 0.045 }],
  rheumatoidArthritis: [{ ...pain, perYear: 0.08 }],
  falls: [
    {
      service: 'community therapy',
      from: 'GP',
      perYear: 0.13,
      wait: 21,
      visit: rehabilitation,
      every: 9,
      days: 50,
    },
  ],
  stroke: [
    { service: 'community therapy', from: 'GP', perYear: 0.03, wait: 28, visit: nerves, every: 9, days: 60 },
  ],
  parkinsons: [
    { service: 'community therapy', from: 'GP', perYear: 0.4, wait: 28, visit: nerves, every: 9, days: 60 },
    {
      service: 'speech and language',
      from: 'GP',
      perYear: 0.15,
      wait: 28,
      visit: swallowing,
      every: 14,
      days: 45,
    },
  ],
  multipleSclerosis: [
    { service: 'community therapy', from: 'GP', perYear: 0.35, wait: 28, visit: nerves, every: 9, days: 60 },
  ],
  cerebralPalsy: [{ service: 'community therapy', from: 'GP', share: 0.6, visit: nerves, every: 28 }],
  copd: [
    {
      service: 'community therapy',
      from: 'GP',
      perYear: 0.035,
      wait: 40,
      visit: breathing,
      every: 4,
      days: 42,
    },
  ],
  dementia: [
    {
      service: 'speech and language',
      from: 'care home',
      perYear: 0.05,
      wait: 14,
      visit: swallowing,
      every: 21,
      days: 40,
    },
  ],
  type2Diabetes: [{ service: 'podiatry', from: 'GP', share: 0.06, visit: footAtRisk, every: 84 }],
  type1Diabetes: [{ service: 'podiatry', from: 'GP', share: 0.12, visit: footAtRisk, every: 84 }],
  diabeticFootUlcer: [{ service: 'podiatry', from: 'GP', share: 0.9, visit: footAtRisk, every: 12 }],
  peripheralArterialDisease: [{ service: 'podiatry', from: 'GP', share: 0.25, visit: feet, every: 84 }],
  autism: [
    {
      service: 'speech and language',
      from: 'school',
      perYear: 0.03,
      wait: 60,
      visit: speech,
      every: 21,
      days: 120,
    },
  ],
  specialEducationalNeeds: [
    {
      service: 'speech and language',
      from: 'school',
      perYear: 0.12,
      wait: 70,
      visit: atSchool,
      every: 18,
      days: 130,
    },
  ],
  downs: [{ service: 'speech and language', from: 'school', share: 0.5, visit: speech, every: 42 }],
}
