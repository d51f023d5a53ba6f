import type { ConditionId } from '../../../health/conditions.ts'
import { conditionFacts } from '../../../health/conditions.ts'
import { livesAloneOn } from '../../../residents/resident.ts'
import type { Reason } from '../../happening.ts'
import { frailtyOn } from '../../living.ts'
import { DAYS_A_YEAR, type Day } from '../../moment.ts'
import type { Everyday } from '../hospital-story.ts'
import { ageAt } from '../standing.ts'

/** Why the council supports somebody, by the codes of the national set, and how likely it is that it does. */
export interface Need {
  support: string
  reason: Reason
  share: number
  /** Not before this day: nobody is supported for what is not yet known. */
  from: Day
}

/**
 * Of adults at home with a condition, the share in long-term support. Learning disability: a quarter of a million adults are on
 * practices' registers and 150,000 are in long-term support (England, QOF and ASC-FR 2023-24), some of them in homes. The others
 * are set so that reasons for support come out as in ASC-FR: of those under 65 about half learning disability, a fifth mental
 * health and a quarter physical; of those over 65 seven in ten personal care and a seventh memory.
 */
const SHARES: Partial<Record<ConditionId, readonly [support: string, share: number]>> = {
  learningDisability: ['LD', 0.325],
  downs: ['LD', 0.6],
  schizophrenia: ['MH', 0.13],
  bipolar: ['MH', 0.05],
  personalityDisorder: ['MH', 0.03],
  dementia: ['MEM', 0.135],
  cerebralPalsy: ['PHY-CARE', 0.35],
  multipleSclerosis: ['PHY-CARE', 0.2],
  parkinsons: ['PHY-CARE', 0.14],
  stroke: ['PHY-ACC', 0.05],
  sightLoss: ['SEN-VIS', 0.03],
  alcoholDependence: ['SOC-SUB', 0.01],
}

/** Beyond this share of deficits help with washing and dressing begins to be needed; living alone there is nobody else to give it. */
const FRAIL_FROM = 0.14
const PER_TENTH = 0.037
const ALONE = 1.6

const reasons = new Map<ConditionId, Reason>()
function reasonOf(condition: ConditionId): Reason {
  let reason = reasons.get(condition)
  if (!reason) {
    const { text, code } = conditionFacts(condition)
    reason = { text, condition, ...(code && { snomed: code }) }
    reasons.set(condition, reason)
  }
  return reason
}

const FRAILTY: Reason = { text: 'Frailty: help with washing, dressing and meals', icd10: 'R54X' }

/** What somebody needs help for on that day, if it is known by then. */
export function needsOn(life: Everyday, day: Day): Need[] {
  const { health, resident } = life
  const needs: Need[] = []
  for (const { condition, since, found, until, severity } of health.illnesses) {
    const known = found ?? since
    const row = SHARES[condition]
    if (!row || known > day || (until !== undefined && until <= day)) continue
    const share = Math.min(0.9, row[1] * (0.6 + 0.8 * severity))
    needs.push({ support: row[0], reason: reasonOf(condition), share, from: known })
  }
  const beyond = frailtyOn(life, day) - FRAIL_FROM
  if (beyond > 0 && ageAt(life, day) >= 55) {
    const share = Math.min(0.6, (beyond / 0.1) * PER_TENTH * (livesAloneOn(resident, day) ? ALONE : 1))
    needs.push({ support: 'PHY-CARE', reason: FRAILTY, share, from: resident.born + 55 * DAYS_A_YEAR })
  }
  return needs
}

/** The chance that one of them at least has led to support. */
export function chanceOf(needs: readonly Need[]): number {
  let none = 1
  for (const { share } of needs) none *= 1 - share
  return 1 - none
}

export const mainOf = (needs: readonly Need[]): Need | undefined =>
  needs.reduce<Need | undefined>((most, need) => (most && most.share >= need.share ? most : need), undefined)
