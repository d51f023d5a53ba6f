/**
 * What each ADT event says. `visit` events need a visit number. What an event plans, tracks or takes back of a plan is no fact of the record
 * yet: its demographics and details are taken and nothing more.
 */
export const events = {
  A01: { about: 'visit', does: 'begin' },
  A02: { about: 'visit', does: 'move' },
  A03: { about: 'visit', does: 'end' },
  A04: { about: 'visit', does: 'begin' },
  A05: { about: 'visit', does: 'plan' },
  A06: { about: 'visit', does: 'change' },
  A07: { about: 'visit', does: 'change' },
  A08: { about: 'person', does: 'update' },
  A09: { about: 'person', does: 'update' },
  A10: { about: 'person', does: 'update' },
  A11: { about: 'visit', does: 'cancel admission' },
  A12: { about: 'visit', does: 'cancel move' },
  A13: { about: 'visit', does: 'cancel end' },
  A14: { about: 'visit', does: 'plan' },
  A15: { about: 'person', does: 'update' },
  A16: { about: 'person', does: 'update' },
  A17: { about: 'visit', does: 'move' },
  A18: { about: 'merge', does: 'update' },
  A21: { about: 'visit', does: 'leave' },
  A22: { about: 'visit', does: 'return' },
  A23: { about: 'visit', does: 'delete' },
  A25: { about: 'person', does: 'update' },
  A26: { about: 'person', does: 'update' },
  A27: { about: 'visit', does: 'cancel plan' },
  A28: { about: 'person', does: 'update' },
  A31: { about: 'person', does: 'update' },
  A34: { about: 'merge', does: 'update' },
  A36: { about: 'merge', does: 'update' },
  A38: { about: 'visit', does: 'cancel plan' },
  A40: { about: 'merge', does: 'update' },
  A45: { about: 'visits of another', does: 'hand over' },
  A47: { about: 'merge', does: 'update' },
  A54: { about: 'person', does: 'update' },
  A60: { about: 'person', does: 'update' },
} as const

export type AdtEvent = keyof typeof events
export type Does = (typeof events)[AdtEvent]['does']

/** Why an event is not taken, where there is more to say than that. */
export const refusals: Record<string, string> = {
  A24: 'Linking two people is for a practitioner to do, who sees both records',
  A29: 'A message does not remove a person; the record is put right by a practitioner',
  A35: 'Account numbers are not kept here, so there is nothing to merge',
  A37: 'Parting two people is for a practitioner to do, who sees both records',
  A41: 'Account numbers are not kept here, so there is nothing to merge',
  A50: 'A visit keeps its number here; the visit has to be put right by hand',
}
