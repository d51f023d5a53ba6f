import type { ComponentChildren } from 'preact'
import { documentTitle } from '../documents/document.ts'
import { documents } from '../documents/documents.queries.ts'
import type { Sourced } from '../frame/entry.tsx'
import type { Frame } from '../frame/frame.tsx'
import { grouped, said } from '../frame/grouping.ts'
import { dayInWords, momentInWords } from '../frame/when.ts'
import { classInWords, encounterTitle, goesOn } from '../lists/encounter.ts'
import { encounters, ever } from '../lists/encounters.queries.ts'
import { dosage, isCurrent } from '../lists/medicine.ts'
import { medicines } from '../lists/medicines.queries.ts'
import { isActive, lasted, stateInWords } from '../lists/problem.ts'
import { problems } from '../lists/problems.queries.ts'
import { flagOf, isOutOfOrdinary, testKey } from '../lists/result.ts'
import { Latest } from '../lists/result-latest.tsx'
import { latestResults } from '../lists/results.queries.ts'
import { openEpisodes, openReferrals, standingPlans } from '../summary/summary.queries.ts'
import type { Pickable } from './pick.ts'
import type { Of } from './view-file.ts'

/** An item as a view shows it, with what the view picks it by. */
export type ViewItem = Pickable & {
  /** Of the data that it is: a safeguarding concern stays off paper. */
  category: string
  title: ComponentChildren
  detail: ComponentChildren
  sources: readonly Sourced[]
}

/** Who says so, with the item’s id: a view offers to report an item as every other page does. */
const sourceOf = (
  row: { source: string; received_at: Date; resource_id: string },
  author: string | null,
): Sourced => ({ source: row.source, author, receivedAt: row.received_at, id: row.resource_id })

/** Each kind of item in a view's terms: read once, and only where some section asks for it. */
export const itemsOf: Record<Of, (frame: Frame) => Promise<ViewItem[]>> = {
  alerts: async ({ flags }) =>
    flags.map((flag) => ({
      category: flag.category,
      code: flag.code,
      words: [flag.title],
      at: flag.started_at,
      now: true,
      title: flag.title ?? 'Alert without a name',
      detail: `Alert${dayInWords({ text: flag.started, at: flag.started_at }) ? `, since ${dayInWords({ text: flag.started, at: flag.started_at })}` : ''}`,
      sources: [sourceOf(flag, flag.author_display)],
    })),

  problems: async ({ asking, now }) =>
    grouped(await problems(asking)).map((group) => ({
      category: group.items[0].category,
      code: group.items[0].code,
      words: group.items.flatMap((row) => [row.title, row.note]),
      at: group.items[0].onset_at ?? group.items[0].recorded_at,
      now: group.items.some((row) => isActive(row, now)),
      title: group.items[0].title ?? 'Not named',
      detail: [
        'Problem',
        ...said(group, stateInWords).map((words) => words.toLowerCase()),
        said(group, lasted)[0],
      ]
        .filter(Boolean)
        .join(', '),
      sources: group.items.map((row) => sourceOf(row, row.recorder_display ?? row.asserter_display)),
    })),

  medicines: async ({ asking, now }) =>
    grouped((await medicines(asking)).filter((row) => isCurrent(row, now))).map((group) => ({
      category: group.items[0].category,
      code: group.items[0].code,
      words: group.items.map((row) => row.title),
      at: group.items[0].authored_at,
      now: true,
      title: group.items[0].title ?? 'Not named',
      detail: said(group, dosage).join('; or '),
      sources: group.items.map((row) => sourceOf(row, row.author_display)),
    })),

  results: async (frame) =>
    grouped(
      (await latestResults(frame.asking, 12)).filter(
        (row) => row.status !== 'entered-in-error' && row.status !== 'cancelled',
      ),
    ).map((group) => {
      const [latest] = group.items
      const flag = flagOf(latest)
      return {
        category: latest.category,
        code: latest.code,
        words: [latest.title],
        at: latest.at,
        now: true,
        title: (
          <a href={`/people/${frame.person.ref}/results/${encodeURIComponent(testKey(latest))}`}>
            {latest.title ?? 'Not named'}
          </a>
        ),
        detail: (
          <>
            {isOutOfOrdinary(flag) && `${flag}: `}
            <Latest items={group.items} />
          </>
        ),
        sources: [sourceOf(latest, latest.performer_display)],
      }
    }),

  contacts: async ({ asking, shield, now }) =>
    (await encounters(asking, ever, 2000)).map((row) => ({
      category: row.category,
      code: null,
      words: [classInWords(row.class_code), row.type_text, row.reason_text],
      at: row.started_at,
      now: goesOn(row, now),
      title: encounterTitle(row, shield.hides),
      detail: [
        momentInWords({ text: row.started, at: row.started_at }),
        shield.location(row.location_display),
        row.reason_text,
      ]
        .filter(Boolean)
        .join(', '),
      sources: [sourceOf(row, row.author_display)],
    })),

  care: async ({ asking, shield }) =>
    (await openEpisodes(asking)).map((row) => ({
      category: row.category,
      code: null,
      words: [row.type_text, row.team_display],
      at: row.started_at,
      now: true,
      title: row.type_text ?? 'Open care',
      detail: [
        'Open',
        shield.location(row.team_display),
        dayInWords({ text: row.started, at: row.started_at }) &&
          `since ${dayInWords({ text: row.started, at: row.started_at })}`,
      ]
        .filter(Boolean)
        .join(', '),
      sources: [sourceOf(row, row.care_manager_display)],
    })),

  referrals: async ({ asking, shield }) =>
    (await openReferrals(asking)).map((row) => ({
      category: row.category,
      code: null,
      words: [row.title, row.reason_text],
      at: row.authored_at,
      now: true,
      title: shield.hides ? 'Referral' : (row.title ?? 'Referral'),
      detail: ['Open referral', row.reason_text, dayInWords({ text: row.authored, at: row.authored_at })]
        .filter(Boolean)
        .join(', '),
      sources: [sourceOf(row, row.requester_display)],
    })),

  documents: async ({ asking, shield, person }) =>
    (await documents(asking)).map((row) => ({
      category: row.category,
      code: row.type_code,
      words: [row.type_title, row.title, row.description],
      at: row.created_at,
      now: row.status === 'current',
      title: (
        <a href={`/people/${person.ref}/documents/${row.resource_id}`}>{documentTitle(row, shield.hides)}</a>
      ),
      detail: [row.type_title, dayInWords({ text: row.created, at: row.created_at })]
        .filter(Boolean)
        .join(', '),
      sources: [sourceOf(row, row.author_display)],
    })),

  plans: async ({ asking, shield, now }) =>
    (await standingPlans(asking, now)).map((row) => ({
      category: row.category,
      code: row.category_code,
      words: [row.title, row.category_text, row.activities],
      at: row.started_at ?? row.created_at,
      now: true,
      title: row.title ?? row.category_text ?? 'Care plan',
      detail: [shield.location(row.description), shield.location(row.activities)].filter(Boolean).join(' '),
      sources: [sourceOf(row, row.author_display)],
    })),
}
