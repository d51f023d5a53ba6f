import type { Call, Reason } from '../../happening.ts'

/** What callers ask that the centre can settle itself, by who calls: the shares are of its calls. */
interface Caller {
  from: Call['from']
  weight: number
  reasons: readonly (readonly [Reason, number])[]
}

const reason = (text: string, weight: number): [Reason, number] => [{ text }, weight]

const PROFESSIONAL = [
  reason('Which service can see this person', 40),
  reason('What is already in place', 30),
  reason('Advice before sending to hospital', 20),
  reason('Whether a bed is free', 10),
] as const

/** Whoever rings about somebody who lives at home; no plan says who they are, but for whom the centre is: professionals first, since 2018 people too. */
export const CALLERS: readonly Caller[] = [
  { from: 'GP', weight: 22, reasons: PROFESSIONAL },
  { from: 'community nurse', weight: 15, reasons: PROFESSIONAL },
  { from: 'ambulance', weight: 8, reasons: PROFESSIONAL },
  { from: 'social worker', weight: 7, reasons: PROFESSIONAL },
  {
    from: '111',
    weight: 5,
    reasons: [reason('Needs a community service, not urgent', 70), reason('Cannot reach the nurses', 30)],
  },
  {
    from: 'family',
    weight: 22,
    reasons: [
      reason('Worried about a relative', 40),
      reason('Equipment has broken or not come', 25),
      reason('How to get help at home', 35),
    ],
  },
  {
    from: 'self',
    weight: 21,
    reasons: [
      reason('How to get help at home', 30),
      reason('Equipment has broken or not come', 30),
      reason('Dressings, pads or supplies', 25),
      reason('Does not know whom to ask', 15),
    ],
  },
]

/** And about somebody who lives in a care home. */
export const FROM_HOMES: readonly Caller[] = [
  {
    from: 'care home',
    weight: 80,
    reasons: [
      reason('A resident is unwell', 45),
      reason('Wound or pressure area', 30),
      reason('Dressings, pads or supplies', 25),
    ],
  },
  { from: 'GP', weight: 20, reasons: PROFESSIONAL },
]

/** Of people with a nurse or therapist of their own, most ask about the visits. */
export const ABOUT_VISITS: readonly (readonly [Reason, number])[] = [
  reason('When the next visit is', 45),
  reason('To change or cancel a visit', 30),
  reason('A question to the nurse', 25),
]

/** Weight of each hour of the day: open day and night, but professionals ring in office hours. */
export const BY_HOUR: readonly (readonly [hour: number, weight: number])[] = [
  1, 1, 1, 1, 1, 2, 4, 12, 46, 78, 88, 86, 72, 68, 76, 80, 74, 46, 24, 18, 14, 9, 5, 2,
].map((weight, hour) => [hour, weight] as const)
