import { isConcern } from '../frame/flag.ts'
import type { Group } from '../frame/grouping.ts'
import type { Summary } from './summary.page.tsx'

/** The summary without safeguarding concerns, be they flags, enquiries, plans or letters. */
export function onPaper(summary: Summary): Summary {
  const kept = <Item extends { category: string }>(items: Item[]) => items.filter((item) => !isConcern(item))
  const groups = <Item extends { category: string }>(all: Group<Item>[]) =>
    all.filter((group) => !group.items.some(isConcern))
  return {
    ...summary,
    problems: { active: groups(summary.problems.active), past: groups(summary.problems.past) },
    contacts: kept(summary.contacts),
    here: kept(summary.here),
    episodes: kept(summary.episodes),
    referrals: kept(summary.referrals),
    plans: kept(summary.plans),
    documents: kept(summary.documents),
    recent: kept(summary.recent),
  }
}
