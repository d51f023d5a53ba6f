import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileView, definitionOf } from '../src/record/views/index.ts'
import { closingSql, type FiledView, planOf } from '../src/record/views/plan.ts'
import { type FreshDatabase, freshDatabase } from '../src/testing/index.ts'
import { type Guard, guards, keyedOtherwise, queryOf } from './database-guards.ts'
import { hideWhatIsFilled } from './table-types.ts'
import { root } from './tree.ts'
import { faultsOfOpening, keptVersions, viewsIn } from './view-planning.ts'

let fresh: FreshDatabase
let owner: pg.Client
beforeAll(async () => {
  fresh = await freshDatabase()
  owner = new pg.Client({ connectionString: fresh.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await fresh?.close()
})

const views = viewsIn(join(root, 'src/record/views'))

/** The view with one column more, and its last one gone. */
function changed({ definition }: FiledView): FiledView {
  const view = JSON.parse(definition)
  const [first, ...others] = view.select
  const column = [...first.column.slice(0, -1), { name: 'planted', path: 'id', type: 'id' }]
  const next = { ...view, select: [{ ...first, column }, ...others] }
  return { view: compileView(next), definition: definitionOf(next) }
}

const applied = (sql: string) => owner.query(`begin; ${sql}; reset role; commit`)
const columnsOf = async (table: string) =>
  (
    await owner.query(
      "select attname as name from pg_attribute where attrelid = to_regclass('record.' || $1) and attnum > 0 and not attisdropped",
      [table],
    )
  ).rows.map(({ name }) => name)

test('the views are what the migrations say', async () => {
  expect(planOf(views, await keptVersions(owner))).toEqual({ openings: [], faults: [], filling: [] })
})

test('says that nothing has changed, and writes nothing', () => {
  const migrations = join(root, 'migrations')
  const before = readdirSync(migrations)
  const said = execFileSync(process.execPath, ['--import', 'tsx', join(root, 'tools/views-plan.ts')], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(said).toBe('No view has changed.\n')
  expect(readdirSync(migrations)).toEqual(before)
})

test('every view can be opened and closed, and every guard holds meanwhile', async () => {
  const next = views.map(changed)
  const { openings, faults } = planOf(next, await keptVersions(owner))
  expect(faults).toEqual([])
  expect(openings).toHaveLength(views.length)
  for (const opening of openings) {
    expect(await faultsOfOpening(owner, opening)).toEqual([])
    await applied(opening.sql)
  }
  for (const guard of Object.keys(guards) as Guard[]) {
    const { rows } = await owner.query<{ object: string }>(queryOf(guard))
    expect([guard, ...rows.filter(({ object }) => !(object in keyedOtherwise))]).toEqual([guard])
  }
  for (const { view, resource } of (await keptVersions(owner)).filter(({ state }) => state === 'filling')) {
    const { rows } = await owner.query('select target::text from record.tables_of($1)', [resource])
    expect(rows).toEqual(
      expect.arrayContaining([{ target: `record.v_${view}_2` }, { target: `record.v_${view}` }]),
    )
  }
  expect(planOf(next, await keptVersions(owner)).filling).toHaveLength(views.length)
  for (const { view, version } of openings) {
    await applied(closingSql(view, version))
    expect(await columnsOf(`v_${view}`)).toContain('planted')
    expect(await columnsOf(`v_${view}_2`)).toEqual([])
  }
  expect(planOf(next, await keptVersions(owner))).toEqual({ openings: [], faults: [], filling: [] })
})

test('while a version is open, the types have what both tables have', async () => {
  const [flag] = views.filter(({ view }) => view.name === 'flag').map(changed) as [FiledView]
  const { openings } = planOf(
    [flag],
    (await keptVersions(owner)).filter(({ view }) => view === 'flag'),
  )
  expect(openings).toEqual([])
  const { openings: back } = planOf(
    views.filter(({ view }) => view.name === 'flag'),
    (await keptVersions(owner)).filter(({ view }) => view === 'flag'),
  )
  await applied(back[0]?.sql ?? '')
  const before = await columnsOf('v_flag')
  await hideWhatIsFilled(fresh.ownerUrl)
  expect(await columnsOf('v_flag')).toEqual(before.filter((name) => name !== 'planted'))
  expect(await columnsOf('v_flag_3')).toEqual([])
})

test('a table that lacks what protected the one before is named', async () => {
  await owner.query(
    "create policy planted on record.v_consent as restrictive for select to gt_record using (category <> 'planted')",
  )
  const consent = changed(changed(views.find(({ view }) => view.name === 'consent') as FiledView))
  const next = { ...consent, definition: consent.definition.replace('"id"', '"idx"') }
  const { openings } = planOf(
    [next],
    (await keptVersions(owner)).filter(({ view }) => view === 'consent'),
  )
  expect(await faultsOfOpening(owner, openings[0] as (typeof openings)[number])).toEqual([
    expect.stringContaining('consent: the table of version 3 would have no policy planted'),
  ])
})

test('a version cannot be closed before it is filled', async () => {
  const [goal] = views.filter(({ view }) => view.name === 'care_plan') as [FiledView]
  const { openings } = planOf(
    [goal],
    (await keptVersions(owner)).filter(({ view }) => view === 'care_plan'),
  )
  await applied(openings[0]?.sql ?? '')
  await owner.query(
    "insert into record.resource values (gen_random_uuid(), 'CarePlan', 'c1', 1, 'care-plan', 'normal', 's', 'o', now(), '{}')",
  )
  await expect(applied(closingSql('care_plan', 3))).rejects.toThrow(
    'version 3 of the view care_plan is still being filled',
  )
  await owner.query('rollback')
})
