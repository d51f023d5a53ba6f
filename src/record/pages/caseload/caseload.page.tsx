import { z } from 'zod'
import type { Place, Scope } from '../../../access/index.ts'
import {
  type Actor,
  type Context,
  type Db,
  lists,
  page,
  type Route,
  type View,
} from '../../../platform/index.ts'
import {
  Button,
  counted,
  dateInWords,
  instantInWords,
  londonDate,
  NhsNumber,
  Select,
  Table,
} from '../../../platform/ui/index.ts'
import { type CsvColumn, csvDownload } from '../frame/csv.ts'
import { shieldFor } from '../frame/shield.ts'
import { type Asked, address, type Chosen, choose, type ListRules, optionsOf } from '../lists/list.ts'
import { SortLinks } from '../lists/list-view.tsx'
import { caseloadInHospital, hospitalHeard, mostPeople } from './caseload.queries.ts'
import { type Row, rowOf, wardName } from './caseload.ts'

const path = '/caseload-in-hospital'
const may = lists('activity', { purpose: 'direct care' })

const word = z.string().max(200).default('')
const input = z.object({
  sort: word,
  dir: z.enum(['up', 'down', '']).catch('').default(''),
  page: z.coerce.number().int().min(1).catch(1).default(1),
  ward: word,
  team: word,
})

const rules: ListRules<Row> = {
  filters: [
    { name: 'ward', label: 'Ward', of: (row) => [wardName(row)], words: (value) => value },
    { name: 'team', label: 'Caseload team', of: (row) => row.teams, words: (value) => value },
  ],
  sortings: [
    { key: 'admitted', words: 'Admitted', by: (row) => row.admitted?.getTime() },
    { key: 'name', words: 'Name', by: (row) => row.name },
    { key: 'ward', words: 'Ward', by: (row) => row.ward },
    { key: 'team', words: 'Caseload team', by: (row) => row.teams.join() },
    { key: 'consultant', words: 'Consultant', by: (row) => row.consultant },
  ],
}

/** Everyone in hospital now who is on a caseload outside it, as far as the reader's own relationships reach. */
export function caseloadRoutes(place: Place): Route[] {
  const list = page({
    method: 'GET',
    path,
    may,
    audit: 'caseload-in-hospital.list',
    input,
    run: async (context) => {
      const { ward, team, ...order } = context.input
      const asked: Asked = { ...order, filters: { ward, team } }
      const all = await rowsOf(place, context)
      const chosen = choose(all, rules, asked)
      context.shown(
        chosen.rows.map((row) => row.person.person_key),
        { ward, team },
      )
      return listView({
        all,
        chosen,
        asked,
        now: context.now,
        heard: await hospitalHeard(context.db, hospitals(place)),
        actor: context.actor,
        place,
      })
    },
  })

  const sheet = page({
    method: 'GET',
    path: `${path}.csv`,
    may,
    audit: 'caseload-in-hospital.export',
    input,
    run: async (context) => {
      const all = await rowsOf(place, context)
      context.shown(all.map((row) => row.person.person_key))
      return csvDownload('caseload-in-hospital', columns, all, context.now)
    },
  })
  return [list, sheet]
}

const hospitals = (place: Place): string[] =>
  place.sources.filter((source) => source.kind === 'hospital').map((source) => source.id)

async function rowsOf(
  place: Place,
  { db, scope, now }: Pick<Context<unknown>, 'scope' | 'now'> & { db: Db },
): Promise<Row[]> {
  const outside = place.sources
    .filter((source) => source.kind !== 'hospital' && source.kind !== 'general-practice')
    .map((source) => source.id)
  const found = await caseloadInHospital(db, scope as Scope, outside)
  return found.map((person) => rowOf(person, (hides) => shieldFor(place, hides), now))
}

type Shown = {
  all: Row[]
  chosen: Chosen<Row>
  asked: Asked
  now: Date
  heard: Date | undefined
  actor: Actor
  place: Place
}

function listView(shown: Shown): View {
  const { all, chosen, asked, now, heard } = shown
  const filtered = Object.values(asked.filters).some(Boolean)
  return {
    title: 'Caseload in hospital',
    wide: true,
    body: (
      <div class="gt-record">
        <div class="gt-record__top">
          <h1 class="nhsuk-heading-l">Caseload in hospital</h1>
          <p class="gt-record__as-at">
            List as at {instantInWords(now)} <a href={address(path, asked, { page: chosen.page })}>Refresh</a>
          </p>
        </div>
        <p class="gt-quiet-line">
          People who are in hospital now and on a caseload outside it, where you or your team have a
          relationship with them.{' '}
          {heard
            ? `The hospital was last heard ${instantInWords(heard)}.`
            : 'Nothing has been received from the hospital yet, so nobody can be shown.'}
          {all.length >= mostPeople && ` Only ${mostPeople} are shown. There are more.`}
        </p>
        <Filters all={all} asked={asked} />
        <p class="gt-list__count">
          {filtered
            ? `${counted(chosen.total, 'person', 'people')} of ${all.length}, filtered.`
            : `${counted(chosen.total, 'person', 'people')}.`}{' '}
          {filtered && <a href={path}>Show all</a>}{' '}
          {all.length > 0 && <a href={`${path}.csv`}>Export all as a spreadsheet (CSV)</a>}
        </p>
        {all.length === 0 && (
          <p class="gt-none">
            <strong>Nobody whom you can see is in hospital and on a caseload.</strong> Someone may be in a
            hospital that is not connected.
          </p>
        )}
        {chosen.rows.length > 1 && <SortLinks rules={rules} chosen={chosen} asked={asked} path={path} />}
        {chosen.rows.length > 0 && <ListTable {...shown} />}
      </div>
    ),
  }
}

function Filters({ all, asked }: { all: Row[]; asked: Asked }) {
  return (
    <form class="gt-filter-form" method="get" action={path}>
      {rules.filters.map((filter) => (
        <Select
          id={filter.name}
          name={filter.name}
          label={filter.label}
          value={asked.filters[filter.name] ?? ''}
          items={[
            { value: '', text: 'All' },
            ...optionsOf(all, filter).map((option) => ({
              value: option.value,
              text: `${option.words} (${option.count})`,
            })),
          ]}
        />
      ))}
      {asked.sort && <input type="hidden" name="sort" value={asked.sort} />}
      {asked.dir && <input type="hidden" name="dir" value={asked.dir} />}
      <Button small variant="secondary">
        Show
      </Button>
    </form>
  )
}

function ListTable({ chosen, asked }: Shown) {
  const heading = (text: string, key: string) => {
    const current = key === chosen.sort
    const direction = chosen.descending ? ('descending' as const) : ('ascending' as const)
    return {
      text,
      sort: current ? direction : ('none' as const),
      href: address(path, asked, { sort: key, dir: current && !chosen.descending ? 'down' : 'up' }),
    }
  }
  return (
    <Table
      responsive
      compact
      caption={{ text: 'People on a caseload who are in hospital', classes: 'nhsuk-u-visually-hidden' }}
      head={[
        heading('Name and NHS number', 'name'),
        heading('Ward and bed', 'ward'),
        heading('Admitted', 'admitted'),
        { text: 'Day of stay', format: 'numeric' },
        heading('Caseload team', 'team'),
        heading('Consultant', 'consultant'),
      ]}
      rows={chosen.rows.map((row) => [
        { text: <Name row={row} /> },
        { text: row.ward },
        { text: row.admitted ? dateInWords(londonDate(row.admitted)) : 'Not recorded' },
        { text: row.day ?? 'Not known', format: 'numeric' },
        { text: row.teams.join(', ') },
        { text: row.consultant },
      ])}
    />
  )
}

const Name = ({ row }: { row: Row }) => (
  <>
    <a href={`/people/${row.person.ref}`}>{row.name}</a>
    <span class="gt-cell-note">
      <NhsNumber value={row.nhsNumber} />
    </span>
  </>
)

const columns: CsvColumn<Row>[] = [
  { heading: 'Name', of: (row) => row.name },
  { heading: 'NHS number', of: (row) => row.nhsNumber },
  { heading: 'Ward and bed', of: (row) => row.ward },
  { heading: 'Admitted', of: (row) => row.admitted },
  { heading: 'Day of stay', of: (row) => row.day },
  { heading: 'Caseload team', of: (row) => row.teams.join('; ') },
  { heading: 'Consultant', of: (row) => row.consultant },
]
