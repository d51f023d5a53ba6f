import type { ConditionId } from '../../../health/conditions.ts'
import type { Referral } from '../../happening.ts'
import type { Specialty } from '../specialties.ts'
import type { Rated } from './problems.ts'

/** An operation or treatment that people wait for. */
export interface Listed {
  /** Share of those seen who are put on the list. */
  share: number
  opcs: string
  /** Share done as a day case. */
  dayCase: number
  /** Middle wait in days from the decision. */
  wait: number
  /** Nights of those who stay. */
  nights?: number
  /** A course: how often, and how many days apart. */
  times?: number
  apart?: number
}

/** Why people are sent to a clinic, how often, and what the clinic makes of it. */
export interface Clinic extends Rated {
  text: string
  icd10: string
  condition?: ConditionId
  specialty: Specialty
  from?: Referral['from']
  /** Share referred as suspected cancer, and as urgent. */
  suspected?: number
  urgent?: number
  /** Middle wait in days to the first appointment of routine referrals. */
  wait: number
  /** How often seen again, in the mean, and how many days apart. */
  again: number
  apart: number
  /** Share by telephone or video. */
  remote?: number
  listed?: Listed
}
