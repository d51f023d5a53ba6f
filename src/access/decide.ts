import type { Actor } from '../platform/index.ts'

/**
 * The decision: may this practitioner see this item about this person, now? It is written once, here, and nowhere else.
 *
 * Read it from the top; the first line that applies decides.
 *
 * | what is asked | refused because |
 * |---|---|
 * | the purpose is not one of the role's | purpose |
 * | the category is not one of the role's | role |
 * | the reader's organisation has no sharing agreement in force | agreement |
 * | the source's organisation has none | source agreement |
 * | the item is reported as somebody else's, and that is not put right | wrong person |
 * | a sending system, about what its own source sent | (allowed: own source) |
 * | a sending system, about anything else | own source only |
 * | no bond of the reader or their team with the person is in force | relationship |
 * | the glass is broken by this reader | (allowed: break glass) |
 * | the person objects, and the item is another organisation's | objection |
 * | the item is specially protected | specially protected |
 * | the item reveals a location, and the address is protected | protected address |
 * | the item concerns others too, and one of them is out of reach | another person |
 * | otherwise | (allowed: the bond) |
 *
 * A bond is registration, attendance, admission, an open episode or a stated reason; breaking the glass makes one of its own kind.
 * It yields everything that stands above a relationship, but not what the role or the agreements leave out.
 */
export function decide(request: Request, rules: Rules, now: Date): Decision {
  const { actor, purpose, item, person } = request
  const role = rules.roles[actor.role]
  if (!role?.purposes.includes(purpose)) return refused('purpose')
  if (!role.categories.includes(item.category)) return refused('role')
  if (!rules.agrees(actor.organisation, now)) return refused('agreement')
  if (!rules.agrees(item.organisation, now)) return refused('source agreement')
  if (item.reported) return refused('wrong person')
  if (role.ownSourceOnly)
    return item.source === actor.source ? allowed('own source') : refused('own source only')
  const bonds = person.bonds.filter((bond) => inForce(bond, now) && isOf(bond, actor))
  if (bonds.length === 0) return refused('relationship')
  if (bonds.some((bond) => bond.kind === 'break glass')) {
    return everyoneInReach(item, actor, now) ? allowed('break glass') : refused('another person')
  }
  if (person.objection && item.organisation !== actor.organisation) return refused('objection')
  if (item.restricted) return refused('specially protected')
  if (item.location && person.protectedAddress) return refused('protected address')
  if (!everyoneInReach(item, actor, now)) return refused('another person')
  return allowed(bonds[0]?.kind ?? 'relationship')
}

export type Bond = { principal: string; kind: string; since: Date; until: Date }

export type PersonFacts = { bonds: readonly Bond[]; objection: boolean; protectedAddress: boolean }

/** What the decision needs to know of one item. `others`: people besides the subject whom the item concerns. */
export type Item = {
  category: string
  source: string
  organisation: string
  restricted: boolean
  location: boolean
  /** Said to be about somebody else, and not yet put right: nobody sees it, whatever their bond. */
  reported: boolean
  others: readonly PersonFacts[]
}

export type Request = { actor: Actor; purpose: string; item: Item; person: PersonFacts }

export type RoleRules = {
  name: string
  purposes: readonly string[]
  categories: readonly string[]
  capabilities: readonly string[]
  ownSourceOnly?: boolean
}

/** The place's roles and agreements. */
export type Rules = {
  roles: Readonly<Record<string, RoleRules>>
  /** Whether the organisation's information sharing agreement is in force. */
  agrees(organisation: string, now: Date): boolean
}

export type Refusal =
  | 'purpose'
  | 'role'
  | 'agreement'
  | 'source agreement'
  | 'wrong person'
  | 'own source only'
  | 'relationship'
  | 'objection'
  | 'specially protected'
  | 'protected address'
  | 'another person'

export type Decision = { allowed: true; basis: string } | { allowed: false; why: Refusal }

const allowed = (basis: string): Decision => ({ allowed: true, basis })
const refused = (why: Refusal): Decision => ({ allowed: false, why })

/** Whose bonds a reader may use: those of their teams and their own. */
export const principalsOf = (actor: Actor): string[] => [...actor.teams, `actor:${actor.id}`]

const isOf = (bond: Bond, actor: Actor): boolean => principalsOf(actor).includes(bond.principal)

/** From its first instant until just before its last. */
export const inForce = (bond: { since: Date; until: Date }, now: Date): boolean =>
  bond.since <= now && bond.until > now

function everyoneInReach(item: Item, actor: Actor, now: Date): boolean {
  return item.others.every((other) => other.bonds.some((bond) => inForce(bond, now) && isOf(bond, actor)))
}
