import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import { type Download, holds, page, type Route, type View } from '../../platform/index.ts'
import {
  type CsvColumn,
  counted,
  csvOf,
  howLongAgo,
  InsetText,
  londonDate,
  Pagination,
  Table,
} from '../../platform/ui/index.ts'
import {
  bornInWords,
  Choices,
  localNumber,
  NumberOf,
  nameOf,
  numberStatus,
  sourceName,
  whoSaid,
} from './shown.tsx'
import { type Doubt, openDoubts, type Side, type Waiting, withSides } from './worklist.queries.ts'
import {
  type Asked,
  choose,
  forAndAgainst,
  isOwned,
  kindOf,
  kinds,
  likenessInWords,
  ownerOf,
} from './worklist.ts'

const path = '/matching'
export const matching = holds('match-records', { purpose: 'record matching' })

const input = z.object({
  kind: z.enum(['one number', 'two numbers', 'no number', '']).catch('').default(''),
  owner: z.enum(['mine', 'nobody', '']).catch('').default(''),
  sort: z.enum(['urgency', 'oldest', 'likeness']).catch('urgency').default('urgency'),
  page: z.coerce.number().int().min(1).catch(1).default(1),
})

/** Pairs of files that may be one person, for whoever matches records. */
export function worklistRoutes(place: Place): Route[] {
  const list = page({
    method: 'GET',
    path,
    may: matching,
    audit: 'matching.list',
    input,
    run: async ({ db, input: asked, actor, now, shown }) => {
      const all = await openDoubts(db)
      const chosen = choose(all, asked, actor.id)
      shown(filesOf(chosen.rows), { ...asked })
      const rows = await withSides(db, chosen.rows)
      return listView({ place, all, chosen: { ...chosen, rows }, asked, reader: actor.id, now })
    },
  })

  const sheet = page({
    method: 'GET',
    path: `${path}.csv`,
    may: matching,
    audit: 'matching.export',
    input,
    run: async ({ db, input: asked, actor, now, shown }): Promise<Download> => {
      const { kept } = choose(await openDoubts(db), asked, actor.id)
      shown(filesOf(kept), { ...asked })
      return {
        type: 'text/csv; charset=utf-8',
        body: csvOf(columnsOf(place), await withSides(db, kept)),
        filename: `matching-${londonDate(now)}.csv`,
      }
    },
  })
  return [list, sheet]
}

const filesOf = (pairs: readonly Waiting[]): string[] =>
  pairs.flatMap((pair) => [pair.one_key, pair.other_key])

/** "2 hours"; what came this minute has not waited. */
const waitedFor = (since: Date, now: Date): string => howLongAgo(since, now).replace(/ ago$/, '')

type Shown = {
  place: Place
  all: Waiting[]
  chosen: Omit<ReturnType<typeof choose>, 'rows'> & { rows: Doubt[] }
  asked: Asked
  reader: string
  now: Date
}

function listView({ place, all, chosen, asked, reader, now }: Shown): View {
  const oldest = all.reduce<Date | undefined>(
    (first, doubt) => (first === undefined || doubt.raised_at < first ? doubt.raised_at : first),
    undefined,
  )
  return {
    title: 'Matching worklist',
    wide: true,
    body: (
      <div class="gt-record">
        <h1 class="nhsuk-heading-l">Matching worklist</h1>
        <p>
          Records from two sources that may be about one person. Nothing here is joined until somebody says
          so. {oldest && `The oldest has waited ${waitedFor(oldest, now)}.`}
        </p>
        <Filters all={all} asked={asked} reader={reader} />
        {all.length === 0 ? (
          <InsetText>
            Nothing waits for you. Every record is either joined by its NHS number and a second identifier, or
            like no other.
          </InsetText>
        ) : (
          <List place={place} chosen={chosen} asked={asked} now={now} total={all.length} />
        )}
        <h2 class="nhsuk-heading-s">Other tasks</h2>
        <ul class="nhsuk-list">
          <li>
            <a href="/matching/decided">Recent decisions, and how to undo them</a>
          </li>
          <li>
            <a href="/matching/trace-list">Trace a list</a>
          </li>
          <li>
            <a href="/matching/superseded">Record a number that was superseded</a>
          </li>
        </ul>
      </div>
    ),
  }
}

const address = (asked: Asked, change: Partial<Asked>, file = path): string => {
  const { page: at, ...rest } = { ...asked, page: 1, ...change }
  const query = new URLSearchParams(
    Object.entries(rest).filter(([name, value]) => value && !(name === 'sort' && value === 'urgency')),
  )
  if (at > 1) query.set('page', String(at))
  return query.size > 0 ? `${file}?${query}` : file
}

function Filters({ all, asked, reader }: { all: Waiting[]; asked: Asked; reader: string }) {
  const owners = [
    { value: '', words: 'All' },
    { value: 'mine', words: 'Mine' },
    { value: 'nobody', words: 'Nobody’s yet' },
  ] as const
  const about = [{ kind: '' as const, words: 'All' }, ...kinds]
  const sorts = [
    { value: 'urgency', words: 'Most urgent first' },
    { value: 'oldest', words: 'Oldest first' },
    { value: 'likeness', words: 'Most alike first' },
  ] as const
  return (
    <>
      <Choices
        label="About"
        choices={about.map(({ kind, words }) => ({
          words,
          href: address(asked, { kind }),
          current: asked.kind === kind,
          count: all.filter((doubt) => kind === '' || kindOf(doubt) === kind).length,
        }))}
      />
      <Choices
        label="Owner"
        choices={owners.map(({ value, words }) => ({
          words,
          href: address(asked, { owner: value }),
          current: asked.owner === value,
          count: all.filter((doubt) => isOwned(doubt, value, reader)).length,
        }))}
      />
      <Choices
        label="Order"
        choices={sorts.map(({ value, words }) => ({
          words,
          href: address(asked, { sort: value }),
          current: asked.sort === value,
        }))}
      />
    </>
  )
}

function List({
  place,
  chosen: { kept, rows, page: at, pages },
  asked,
  now,
  total,
}: {
  place: Place
  chosen: Shown['chosen']
  asked: Asked
  now: Date
  total: number
}) {
  return (
    <>
      <p class="gt-list__count">
        {kept.length === total
          ? `${counted(total, 'pair')} to look at.`
          : `${counted(kept.length, 'pair')} of ${total} shown.`}{' '}
        <a href={address(asked, { page: 1 }, `${path}.csv`)}>Export as a spreadsheet (CSV)</a>
      </p>
      <Table
        responsive
        caption={{ text: 'Pairs to look at', classes: 'nhsuk-u-visually-hidden' }}
        head={['One record', 'Another record', 'Likeness', 'Waiting', 'Owner', 'Decide']}
        rows={rows.map((doubt) => [
          { text: <Brief place={place} side={doubt.one} /> },
          { text: <Brief place={place} side={doubt.other} /> },
          { text: <Likeness doubt={doubt} /> },
          { text: waitedFor(doubt.raised_at, now) },
          { text: ownerOf(doubt) === null ? 'Nobody yet' : whoSaid(place, ownerOf(doubt)) },
          {
            text: (
              <a href={`/matching/pairs/${doubt.one.ref}/${doubt.other.ref}`}>
                Compare
                <span class="nhsuk-u-visually-hidden">
                  {' '}
                  {nameOf(doubt.one)} and {nameOf(doubt.other)}
                </span>
              </a>
            ),
          },
        ])}
      />
      {pages > 1 && (
        <Pagination
          previous={at > 1 ? { href: address(asked, { page: at - 1 }) } : undefined}
          next={at < pages ? { href: address(asked, { page: at + 1 }) } : undefined}
        />
      )}
    </>
  )
}

const Brief = ({ place, side }: { place: Place; side: Side }) => (
  <>
    <strong>{nameOf(side)}</strong>
    {side.died && ' (died)'}
    <br />
    Born {bornInWords(side)}
    <br />
    <NumberOf side={side} />
    <br />
    {sourceName(place, side)}
  </>
)

function Likeness({ doubt }: { doubt: Doubt }) {
  const { against } = forAndAgainst(doubt)
  return (
    <>
      <strong>{kinds.find(({ kind }) => kind === kindOf(doubt))?.words}</strong>
      <br />
      {likenessInWords(doubt)}
      {against && (
        <>
          <br />
          Against: {against}
        </>
      )}
    </>
  )
}

function columnsOf(place: Place): CsvColumn<Doubt>[] {
  const side = (which: 'one' | 'other', heading: string): CsvColumn<Doubt>[] => [
    { heading: `${heading}: source`, of: (doubt) => sourceName(place, doubt[which]) },
    { heading: `${heading}: local number`, of: (doubt) => localNumber(doubt[which]) },
    { heading: `${heading}: name`, of: (doubt) => nameOf(doubt[which]) },
    { heading: `${heading}: born`, of: (doubt) => doubt[which].birth_date },
    { heading: `${heading}: NHS number`, of: (doubt) => doubt[which].nhs_number },
    { heading: `${heading}: number status`, of: (doubt) => numberStatus(doubt[which]) },
  ]
  return [
    { heading: 'About', of: (doubt) => kinds.find(({ kind }) => kind === kindOf(doubt))?.words },
    ...side('one', 'First record'),
    ...side('other', 'Second record'),
    { heading: 'Score', of: (doubt) => Math.round(doubt.score) },
    { heading: 'For', of: (doubt) => forAndAgainst(doubt).for },
    { heading: 'Against', of: (doubt) => forAndAgainst(doubt).against },
    { heading: 'Waiting since', of: (doubt) => doubt.raised_at },
    { heading: 'Owner', of: (doubt) => (ownerOf(doubt) === null ? '' : whoSaid(place, ownerOf(doubt))) },
    { heading: 'Note', of: (doubt) => doubt.why },
  ]
}
