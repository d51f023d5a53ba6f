import type { Happening } from '../../happening.ts'
import { dayOf, momentOn } from '../../moment.ts'
import { seeEvery, seeOn, takeOn, type Visit } from '../caseload.ts'
import type { Discharge, Everyday } from '../hospital-story.ts'

/**
 * Help to get back on one’s feet after hospital, at home (pathway 1) or in an intermediate care bed (pathway 2). The National
 * Audit of Intermediate Care (2018) found 25 days at home and 26 in a bed on average, most seen within two days.
 */
const DAYS = { home: 25, bed: 26 }

const assess: Visit = {
  what: 'Intermediate care: first assessment',
  mode: 'home',
  minutes: 75,
  rounds: [[9, 16]],
  weekends: true,
}
const therapist: Visit = {
  what: 'Intermediate care: therapy at home',
  mode: 'home',
  minutes: 45,
  rounds: [[9, 16]],
}
const support: Visit = {
  what: 'Intermediate care: help with daily living',
  mode: 'home',
  minutes: 30,
  rounds: [[7, 11]],
  weekends: true,
}
const inBed: Visit = {
  what: 'Intermediate care bed: therapy',
  mode: 'care home',
  minutes: 45,
  rounds: [[9, 16]],
}
const nurseInBed: Visit = {
  what: 'Intermediate care bed: nursing review',
  mode: 'care home',
  minutes: 20,
  rounds: [[8, 20]],
  weekends: true,
}

/** Weighted low: many need two weeks, a few need six. */
const daysOf = (life: Everyday, mean: number) =>
  Math.max(5, Math.min(42, Math.round(mean * (0.3 + life.dice.next() + life.dice.next() * 0.4))))

function followed(life: Everyday, because: Happening, at: number, text: string, bed: boolean): void {
  const first = dayOf(at)
  const days = daysOf(life, bed ? DAYS.bed : DAYS.home)
  const caseload = takeOn(life, {
    service: 'intermediate care',
    from: 'hospital',
    reason: { text: bed ? `Intermediate care bed after ${text}` : `Intermediate care at home after ${text}` },
    at,
    because,
    until: first + days,
  })
  if (!caseload) return
  if (bed) {
    seeEvery(life, caseload, inBed, 2, first + 1, first + days)
    seeEvery(life, caseload, nurseInBed, 3, first + 1, first + days)
    return
  }
  seeOn(life, caseload, assess, first + 1)
  seeEvery(life, caseload, therapist, 4, first + 3, first + days)
  seeEvery(life, caseload, support, 1, first + 1, first + Math.min(days, 10))
}

/** Of those who go home with help, the share whom intermediate care sees; the others have home care or reablement alone. */
const SEEN_AT_HOME = 0.6

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

function after(life: Everyday, stay: Discharge): void {
  if (stay.destination === 'hospice') return
  const text = lower(stay.reason.text)
  if (stay.pathway === 2) followed(life, stay, stay.discharged + 30, text, true)
  if (stay.pathway === 1 && life.dice.chance(SEEN_AT_HOME))
    followed(life, stay, Math.max(stay.discharged, momentOn(dayOf(stay.discharged), 12)), text, false)
}

export function intermediateCare(life: Everyday): void {
  for (const stay of life.hospital.discharges) after(life, stay)
}
