import type { Look } from '../../../access/index.ts'
import { listed } from '../frame/gaps.ts'

/** What the audit calls an act, as a reader would say it. */
const acts: Record<string, string> = {
  'people.trace': 'Found this person by a search',
  'people.reason.form': 'Was asked for a reason to open the record',
  'people.reason': 'Stated a reason to open the record',
  'people.break-glass.form': 'Was warned before breaking the glass',
  'people.break-glass': 'Broke the glass',
  'access.reviews': 'Reviewed reasons and broken glass',
  'access.review': 'Reviewed a reason or a broken glass',
  'record.summary': 'Opened the summary',
  'record.timeline': 'Opened the timeline',
  'record.problems': 'Opened the problems',
  'record.medicines': 'Opened the medicines',
  'record.results': 'Opened the results',
  'record.result': 'Opened the results of one test',
  'record.encounters': 'Opened the contacts and stays',
  'record.documents': 'Opened the list of documents',
  'record.document': 'Opened a document',
  'record.document.content': 'Opened the content of a document',
  'record.document.add.form': 'Asked to add a document',
  'record.document.add': 'Added a document',
  'record.looked': 'Opened this list',
  'record.apps': 'Opened the apps',
  'record.app.open': 'Opened an app on this record',
  'app.find': 'Found this person for an app',
  'app.ask': 'Was asked whether an app may see this record',
  'app.allow': 'Allowed an app to see this record',
  'record.not-theirs.form': 'Asked to report an item as somebody else’s',
  'record.not-theirs': 'Reported an item as somebody else’s',
  'wrong-person.report': 'Looked into an item reported as somebody else’s',
  'wrong-person.restore': 'Found a reported item to be this person’s',
  'wrong-person.move': 'Moved a reported item to somebody else’s record',
  'wrong-person.propose': 'Proposed to dispose of a reported item',
  'wrong-person.decline': 'Declined to dispose of a reported item',
  'wrong-person.dispose': 'Disposed of a reported item',
  'record.print': 'Opened the summary to print',
  'caseload-in-hospital.list': 'Saw this person on the list of caseloads in hospital',
  'caseload-in-hospital.export': 'Exported this person on the list of caseloads in hospital',
  'fhir.read': 'Read an item through the FHIR API',
  'fhir.history': 'Read earlier versions of an item through the FHIR API',
  'fhir.search': 'Found items by a search through the FHIR API',
  'fhir.create': 'Sent an item',
  'fhir.update': 'Sent a new version of an item',
  'fhir.patch': 'Changed part of an item',
  'fhir.delete': 'Deleted an item',
  // So it was called before each entry had an act of its own.
  'fhir.transaction': 'Sent items',
  'fhir.vread': 'Read an earlier version of an item through the FHIR API',
  'fhir.everything': 'Read the whole record through the FHIR API',
  'fhir.view': 'Read items as a table through the FHIR API',
  'fhir.export.file': 'Fetched items in an export',
  'feed.hl7': 'Sent a message',
}

/** An act without words of its own is told by its parts: "record.view.frailty" is "Opened the view frailty". */
export function actInWords(action: string): string {
  const known = acts[action]
  if (known) return known
  const view = /^record\.view\.(.+)$/.exec(action)?.[1]
  if (view) return `Opened the view ${view.replaceAll('-', ' ')}`
  const exported = /^record\.(\w+)\.export$/.exec(action)?.[1]
  if (exported)
    return `Exported the ${exported === 'encounters' ? 'contacts and stays' : exported === 'result' ? 'results of one test' : exported}`
  return action.replaceAll(/[.-]/g, ' ').replace(/^./, (first) => first.toUpperCase())
}

const refusals: Record<string, string> = { allowed: 'Allowed', refused: 'Refused', failed: 'Failed' }
export const outcomeInWords = (outcome: string): string => refusals[outcome] ?? 'Not known'

const bases: Record<string, string> = {
  'registered practice': 'registered practice',
  attendance: 'attendance',
  admission: 'admission',
  'open episode': 'open care',
  'stated reason': 'stated reason',
  'break glass': 'broken glass',
  'own source': 'own source',
}

/** Why it was allowed; a refusal has none. */
export const basisInWords = (basis: string | null): string | undefined => bases[basis ?? '']

/** What one practitioner did at one sitting. */
export type Visit = Pick<Look, 'actor_name' | 'role' | 'organisation' | 'outcome' | 'basis' | 'app'> & {
  from: Date
  to: Date
  acts: string[]
}

const sitting = 30 * 60_000

/**
 * Looks brought together into visits, newest first: what one practitioner did with less than half an hour between, and with one outcome on
 * one ground. A refusal never stands among what was allowed.
 * @param looks newest first
 */
export function visitsOf(looks: readonly Look[]): Visit[] {
  const visits: Visit[] = []
  for (const { at, actor_name, role, organisation, action, outcome, basis, app } of looks) {
    const last = visits.at(-1)
    const same =
      last?.actor_name === actor_name &&
      last.role === role &&
      last.organisation === organisation &&
      last.outcome === outcome &&
      last.basis === basis &&
      last.app === app
    const act = actInWords(action)
    if (last && same && last.from.getTime() - at.getTime() < sitting) {
      last.from = at
      if (!last.acts.includes(act)) last.acts.unshift(act)
    } else visits.push({ from: at, to: at, actor_name, role, organisation, outcome, basis, app, acts: [act] })
  }
  return visits
}

/** "Opened the summary, the results and the timeline"; of what was refused, "Asked for the summary". */
export function actsInWords(acts: readonly string[], refused = false): string {
  const opened = acts.filter((act) => act.startsWith('Opened ')).map((act) => act.slice('Opened '.length))
  const others = acts.filter((act) => !act.startsWith('Opened '))
  return [
    ...others,
    ...(opened.length > 0 ? [`${refused ? 'Asked for' : 'Opened'} ${listed(opened)}`] : []),
  ].join('; ')
}
