import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { compileView, definitionOf } from '../src/record/views/index.ts'
import type { FiledView, KeptVersion, Opening } from '../src/record/views/plan.ts'

/** Every `*.view.json` of a folder, compiled. Throws ViewError, with the place, for one that is wrong. */
export const viewsIn = (folder: string): FiledView[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.view.json'))
    .sort()
    .map((name) => {
      const view = JSON.parse(readFileSync(join(folder, name), 'utf8'))
      return { view: compileView(view), definition: definitionOf(view) }
    })

/** The versions of views in a migrated database, with what their tables have. */
export async function keptVersions(owner: pg.Client): Promise<KeptVersion[]> {
  const { rows } = await owner.query<KeptVersion>(`
    select v.view, v.version, v.state, v.resource, v.definition,
      coalesce((
        select json_agg(json_build_object('name', a.attname, 'sql', replace(format_type(a.atttypid, null), 'timestamp with time zone', 'timestamptz')) order by a.attnum)
        from pg_attribute a where a.attrelid = t.of and a.attnum > 0 and not a.attisdropped
          and a.attname <> all ('{person_key,resource_id,row_no,category,sensitivity,source,organisation,received_at}')), '[]') as columns,
      coalesce((
        select json_agg(pg_get_indexdef(i.indexrelid) order by i.indexrelid::regclass::text)
        from pg_index i where i.indrelid = t.of and not i.indisprimary), '[]') as indexes,
      coalesce((
        select json_agg(granted.statement order by granted.statement) from (
          select format('grant %s on %s to %s', string_agg(lower(acl.privilege_type), ', ' order by acl.privilege_type), t.of::regclass, acl.grantee::regrole) as statement
          from pg_class c, aclexplode(c.relacl) acl where c.oid = t.of and acl.grantee <> c.relowner group by acl.grantee) granted), '[]') as grants
    from record.view_version v
    cross join lateral (select to_regclass('record.' || record.view_table(v.view, v.version, v.state)) as of) t
    where v.state <> 'replaced' order by v.view, v.version`)
  return rows
}

/**
 * Applies an opening in a transaction that is rolled back, and names what the new table then lacks of what protects the one before: row-level
 * security, policies, grants, indexes.
 */
export async function faultsOfOpening(owner: pg.Client, { view, version, sql }: Opening): Promise<string[]> {
  await owner.query('begin')
  try {
    await owner.query(sql)
    await owner.query('reset role')
    const [old, young] = [`v_${view}`, `v_${view}_${version}`]
    const before = await protectionOf(owner, old)
    const after = (await protectionOf(owner, young)).map((each) => each.replaceAll(young, old))
    return before
      .filter((each) => !after.includes(each))
      .map((each) => `${view}: the table of version ${version} would have no ${each}`)
  } finally {
    await owner.query('rollback')
  }
}

async function protectionOf(owner: pg.Client, table: string): Promise<string[]> {
  const { rows } = await owner.query<{ what: string }>(
    `select 'policy ' || concat_ws(' ', p.policyname, p.permissive, p.roles::text, p.cmd, p.qual, p.with_check) as what from pg_policies p
       where p.schemaname = 'record' and p.tablename = $1
     union all
     select case when c.relrowsecurity and c.relforcerowsecurity then 'row-level security, forced' else 'nothing' end from pg_class c where c.oid = to_regclass('record.' || $1)
     union all
     select 'grant ' || acl.privilege_type || ' to ' || acl.grantee::regrole from pg_class c, aclexplode(c.relacl) acl where c.oid = to_regclass('record.' || $1)
     union all
     select 'comment ' || obj_description(to_regclass('record.' || $1), 'pg_class')
     union all
     select 'index ' || substring(pg_get_indexdef(i.indexrelid) from ' USING .*') from pg_index i where i.indrelid = to_regclass('record.' || $1)`,
    [table],
  )
  return rows.map(({ what }) => what)
}
