import type { GpContact } from '../../happening.ts'

/** Shares up to and including each, so that one throw chooses. */
export type Upto<T> = readonly (readonly [T, number])[]

/** How a kind of contact is arranged. */
export interface Arrangement {
  by: Upto<GpContact['by']>
  mode: Upto<GpContact['mode']>
  /** Days from asking to being seen, at most. */
  wait: Upto<number>
  planned: boolean
}

/**
 * From asking to being seen. Over all contacts 43 to 44% are on the same day, 8% on the next, 20% within a week, 13% within two and
 * 9% after three weeks or more (NHS England, Appointments in General Practice, 2024).
 */
const URGENT: Arrangement['wait'] = [
  [0, 0.64],
  [1, 0.74],
  [7, 0.9],
  [14, 0.97],
  [21, 1],
]
const PLANNED: Arrangement['wait'] = [
  [0, 0.04],
  [1, 0.07],
  [7, 0.2],
  [14, 0.42],
  [21, 0.6],
  [28, 0.8],
  [56, 1],
]
const NEXT_DAYS: Arrangement['wait'] = [
  [0, 0.2],
  [1, 0.35],
  [7, 0.85],
  [14, 1],
]

const MIXED: Arrangement['mode'] = [
  ['face to face', 0.6],
  ['telephone', 0.9],
  ['online', 0.997],
  ['home visit', 1],
]
const IN_PERSON: Arrangement['mode'] = [
  ['face to face', 0.97],
  ['telephone', 0.996],
  ['home visit', 1],
]
const BY_PHONE: Arrangement['mode'] = [
  ['face to face', 0.12],
  ['telephone', 0.86],
  ['online', 1],
]
const AT_HOME: Arrangement['mode'] = [
  ['home visit', 0.85],
  ['telephone', 1],
]

/** Over all contacts GPs see 45%, nurses 21%, others 34% (same source). */
export const ARRANGEMENTS = {
  'whoever is free': {
    by: [
      ['GP', 0.63],
      ['practice nurse', 0.79],
      ['pharmacist', 0.84],
      ['physiotherapist', 0.85],
      ['other', 1],
    ],
    mode: MIXED,
    wait: URGENT,
    planned: false,
  },
  GP: {
    by: [
      ['GP', 0.93],
      ['other', 1],
    ],
    mode: MIXED,
    wait: URGENT,
    planned: false,
  },
  nurse: {
    by: [
      ['practice nurse', 0.75],
      ['healthcare assistant', 0.88],
      ['GP', 1],
    ],
    mode: IN_PERSON,
    wait: NEXT_DAYS,
    planned: false,
  },
  pharmacist: {
    by: [
      ['pharmacist', 0.5],
      ['GP', 0.85],
      ['other', 1],
    ],
    mode: BY_PHONE,
    wait: URGENT,
    planned: false,
  },
  physiotherapist: {
    by: [
      ['physiotherapist', 0.35],
      ['GP', 0.85],
      ['other', 1],
    ],
    mode: MIXED,
    wait: URGENT,
    planned: false,
  },
  'mental health worker': {
    by: [
      ['GP', 0.7],
      ['other', 1],
    ],
    mode: MIXED,
    wait: URGENT,
    planned: false,
  },
  bloods: {
    by: [
      ['healthcare assistant', 0.7],
      ['practice nurse', 0.9],
      ['other', 1],
    ],
    mode: [['face to face', 1]],
    wait: NEXT_DAYS,
    planned: true,
  },
  results: {
    by: [
      ['GP', 0.75],
      ['pharmacist', 0.9],
      ['other', 1],
    ],
    mode: BY_PHONE,
    wait: NEXT_DAYS,
    planned: true,
  },
  measuring: {
    by: [
      ['healthcare assistant', 0.8],
      ['practice nurse', 1],
    ],
    mode: [['face to face', 1]],
    wait: PLANNED,
    planned: true,
  },
  review: {
    by: [
      ['practice nurse', 0.7],
      ['pharmacist', 0.85],
      ['GP', 1],
    ],
    mode: [
      ['face to face', 0.74],
      ['telephone', 0.98],
      ['online', 1],
    ],
    wait: PLANNED,
    planned: true,
  },
  'medicines review': {
    by: [
      ['pharmacist', 0.8],
      ['GP', 1],
    ],
    mode: BY_PHONE,
    wait: PLANNED,
    planned: true,
  },
  screening: { by: [['practice nurse', 1]], mode: [['face to face', 1]], wait: PLANNED, planned: true },
  vaccination: {
    by: [
      ['practice nurse', 0.6],
      ['healthcare assistant', 0.95],
      ['other', 1],
    ],
    mode: [['face to face', 1]],
    wait: PLANNED,
    planned: true,
  },
  'ward round': {
    by: [
      ['GP', 0.5],
      ['other', 0.8],
      ['practice nurse', 0.9],
      ['pharmacist', 1],
    ],
    mode: AT_HOME,
    wait: NEXT_DAYS,
    planned: true,
  },
  'last days': {
    by: [
      ['GP', 0.85],
      ['other', 1],
    ],
    mode: AT_HOME,
    wait: URGENT,
    planned: false,
  },
} as const satisfies Record<string, Arrangement>

export type ArrangementId = keyof typeof ARRANGEMENTS
