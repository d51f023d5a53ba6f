import { strengthOf } from './rules.ts'
import type { Doubt, Waiting } from './worklist.queries.ts'

/** What a doubt is about. One number held by two people is the most dangerous: each may be shown the other's record. */
export type Kind = 'one number' | 'two numbers' | 'no number'

export const kinds: { kind: Kind; words: string }[] = [
  { kind: 'one number', words: 'One NHS number, two people?' },
  { kind: 'two numbers', words: 'Two NHS numbers, one person?' },
  { kind: 'no number', words: 'No NHS number to compare' },
]

export const kindOf = ({ number_agreement: agreement }: Waiting): Kind =>
  agreement === null ? 'no number' : agreement === 'same' ? 'one number' : 'two numbers'

/** Whoever looked last and left it open owns it. */
export const ownerOf = (doubt: Waiting): string | null => (doubt.verdict === null ? null : doubt.said_by)

export type Asked = {
  kind: Kind | ''
  owner: 'mine' | 'nobody' | ''
  sort: 'urgency' | 'oldest' | 'likeness'
  page: number
}

const perPage = 50

/** Narrowed, in order, and one page of it. */
export function choose(all: readonly Waiting[], asked: Asked, reader: string) {
  const kept = all
    .filter((doubt) => asked.kind === '' || kindOf(doubt) === asked.kind)
    .filter((doubt) => isOwned(doubt, asked.owner, reader))
    .sort((one, other) => orders[asked.sort](one, other) || one.one_key.localeCompare(other.one_key))
  const pages = Math.max(1, Math.ceil(kept.length / perPage))
  const page = Math.min(asked.page, pages)
  return { kept, pages, page, rows: kept.slice((page - 1) * perPage, page * perPage) }
}

export function isOwned(doubt: Waiting, owner: Asked['owner'], reader: string): boolean {
  const owned = ownerOf(doubt)
  return owner === '' || (owner === 'mine' ? owned === reader : owned === null)
}

type Order = (one: Waiting, other: Waiting) => number
const oldest: Order = (one, other) => one.raised_at.getTime() - other.raised_at.getTime()
const likeness: Order = (one, other) => other.score - one.score
const rank = (doubt: Waiting) => kinds.findIndex(({ kind }) => kind === kindOf(doubt))
const orders: Record<Asked['sort'], Order> = {
  urgency: (one, other) => rank(one) - rank(other) || oldest(one, other),
  oldest,
  likeness,
}

/** "Strong likeness (32)". */
export const likenessInWords = (doubt: { score: number }): string => {
  const words = strengthOf(doubt.score)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} likeness (${Math.round(doubt.score)})`
}

/** What speaks for one person, and what against, in the order of the fields. */
export function forAndAgainst(doubt: Pick<Doubt, 'reasons'>): { for: string; against: string } {
  const words = (keep: (bits: number) => boolean) =>
    [...new Set(doubt.reasons.filter((reason) => keep(reason.bits)).map((reason) => reason.words))].join('; ')
  return { for: words((bits) => bits > 0), against: words((bits) => bits < 0) }
}
