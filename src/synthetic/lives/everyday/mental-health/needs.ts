import type { Visit } from '../caseload.ts'
import type { Need, NeedsByCondition } from '../episodes.ts'

/**
 * Community mental health, learning disability and drug and alcohol teams. England 2024/25: 22.8 million mental health contacts
 * (National Cost Collection), 105,700 for a borough of 267,000; 1.9 million people in contact at a month’s end in early 2024
 * (Mental Health Services Data Set), 8,900 for the borough. Drug and alcohol treatment: 310,900 adults in 2023-24 (OHID, adult
 * substance misuse treatment statistics), 1,440 for the borough and more where it is poorer.
 */

const meeting = (what: string, minutes: number, mode: Visit['mode'] = 'clinic', missed = 0.11): Visit => ({
  what,
  mode,
  minutes,
  rounds: [[9, 17]],
  missed,
  cancelled: 0.05,
})

const nurse = meeting('Community mental health: care co-ordinator', 50, 'home')
const therapy = meeting('Community mental health: psychological therapy', 55)
const cpa = meeting('Care programme approach: yearly review', 60, 'clinic', 0.08)
const older = meeting('Older people’s mental health: visit', 50, 'home', 0.03)
const learning = meeting('Learning disability team: visit', 50, 'home', 0.03)
const learningReview = meeting('Learning disability: yearly review', 60, 'home', 0.03)
const keyWorker = meeting('Recovery worker', 35, 'clinic', 0.2)
const prescriber = meeting('Opioid substitution: medical review', 30, 'clinic', 0.12)

const team = 'community mental health'

/** NICE (NG53, transition between inpatient mental health settings and home): followed up within seven days of leaving. */
export const AFTER_WARD: Need = {
  service: team,
  from: 'hospital',
  days: 150,
  wait: 5,
  visit: nurse,
  every: 14,
}

export const MENTAL_HEALTH: NeedsByCondition = {
  schizophrenia: [{ service: team, from: 'GP', share: 0.75, visit: nurse, every: 24, review: cpa }],
  bipolar: [{ service: team, from: 'GP', share: 0.6, visit: nurse, every: 32, review: cpa }],
  personalityDisorder: [
    { service: team, from: 'GP', share: 0.3, visit: nurse, every: 28, review: cpa },
    { service: team, from: 'GP', perYear: 0.1, days: 240, wait: 60, visit: therapy, every: 12 },
  ],
  eatingDisorder: [
    { service: team, from: 'GP', perYear: 0.12, days: 220, wait: 30, visit: therapy, every: 9 },
  ],
  depression: [{ service: team, from: 'GP', perYear: 0.035, days: 170, wait: 24, visit: nurse, every: 21 }],
  dementia: [{ service: team, from: 'GP', perYear: 0.25, days: 130, wait: 10, visit: older, every: 18 }],
  learningDisability: [
    {
      service: 'learning disability',
      from: 'GP',
      share: 0.3,
      visit: learning,
      every: 35,
      review: learningReview,
    },
  ],
  downs: [
    {
      service: 'learning disability',
      from: 'GP',
      share: 0.25,
      visit: learning,
      every: 42,
      review: learningReview,
    },
  ],
  drugDependence: [
    { service: 'substance use', from: 'self', share: 0.5, visit: keyWorker, every: 14, review: prescriber },
  ],
  alcoholDependence: [
    {
      service: 'substance use',
      from: 'self',
      perYear: 0.14,
      days: 180,
      wait: 10,
      visit: keyWorker,
      every: 12,
    },
  ],
}
