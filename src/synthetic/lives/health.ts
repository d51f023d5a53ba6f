import type { ConditionId } from '../health/conditions.ts'
import { DAYS_A_YEAR, type Day } from './moment.ts'

export interface Illness {
  condition: ConditionId
  /** When it began, years before anyone knew. */
  since: Day
  /** When a practice wrote it down; never, for what goes unnoticed. */
  found?: Day
  /** When it ended, if it does. */
  until?: Day
  /** 0 mild to 1 severe, on the day it is found; what progresses, progresses from here. */
  severity: number
}

export type Smoking = 'never' | 'former' | 'current'

/** What is true of somebody's body and mind over the whole window, known to services or not. */
export interface Health {
  illnesses: readonly Illness[]
  /** How readily this person seeks and needs care, beside others of like health: mean 1, skewed. */
  propensity: number
  smoking: Smoking
  /** Body mass index on the window's first day, kg/m². */
  bodyMass: number
  /** Height in metres. */
  height: number
  /** Units of alcohol a week. */
  alcohol: number
  active: boolean
  /** Frailty as a share of deficits, 0 to 1, on the window's first day, and what a year adds. */
  frailty: number
  frailtyGrowth: number
}

export function illnessOn(health: Health, condition: ConditionId, day: Day): Illness | undefined {
  for (const illness of health.illnesses)
    if (
      illness.condition === condition &&
      illness.since <= day &&
      (illness.until === undefined || day < illness.until)
    )
      return illness
  return undefined
}

/** Whether somebody has it, noticed or not. */
export const hasOn = (health: Health, condition: ConditionId, day: Day): boolean =>
  illnessOn(health, condition, day) !== undefined

/** Whether a practice has written it down. */
export const isKnownOn = (health: Health, condition: ConditionId, day: Day): boolean => {
  const found = illnessOn(health, condition, day)?.found
  return found !== undefined && found <= day
}

/**
 * As a share of deficits: mild above 0.12, moderate above 0.24, severe above 0.36 (the electronic frailty index, Clegg 2016).
 * @param start the window's first day, of which `frailty` speaks
 */
export const frailtyAfter = (
  health: Pick<Health, 'frailty' | 'frailtyGrowth'>,
  start: Day,
  day: Day,
): number => health.frailty + (health.frailtyGrowth * (day - start)) / DAYS_A_YEAR
