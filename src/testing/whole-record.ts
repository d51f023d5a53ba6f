/** Looks with the eyes of the database's owner. */
type Look = <Row extends object>(query: string) => Promise<Row[]>

/** Whatever is counted on the way and is no part of the record: versions, keys, times of arrival. */
const counted = new Set(['versionId', 'lastUpdated', 'person_key', 'received_at', 'id', 'recorded_at', 'ref'])
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (name, part) => (counted.has(name) ? undefined : part)))

/** All that a reader could see: resources, the tables that pages read, who may read, which files are one person’s, what became of each message. */
export async function wholeRecord(look: Look): Promise<Record<string, unknown>> {
  const tables = await look<{ name: string }>(
    "select table_name as name from information_schema.columns where table_schema = 'record' and column_name = 'row_no' group by 1 order by 1",
  )
  const owner = `(select string_agg(local_value, ' ' order by local_value) from people.file f where f.person_key = t.person_key)`
  const rows: Record<string, unknown> = {}
  rows['resources'] = (
    await look<{ owner: string; body: string }>(
      `select ${owner} as owner, body from record.resource t order by type, id`,
    )
  ).map((row) => plain([row.owner, JSON.parse(row.body)]))
  for (const { name } of tables)
    rows[name] = plain(
      await look(`select ${owner} as owner, t.* from record.${name} t order by resource_id, row_no`),
    )
  rows['may read'] = plain(
    await look(`select ${owner} as owner, principal, until from access.reach t order by 1, 2, 3`),
  )
  rows['persons'] = await look(
    `select string_agg(f.local_value, ' ' order by f.local_value) as files from access.person_file p join people.file f using (person_key) group by person_id order by 1`,
  )
  rows['demographics'] = plain(
    await look(`select ${owner} as owner, t.* from people.demographic t order by 1`),
  )
  // A repeat of what was taken is kept; one of what waits is not, so repeats are counted on the way.
  rows['messages'] = await look(
    `select m.control_id, s.state in ('applied', 'replayed') as taken, case when s.state = 'quarantined' then s.reason end as reason
     from feeds.message m cross join lateral (select state, reason from feeds.message_state where message_id = m.id order by id desc limit 1) s
     where s.state <> 'repeat' order by 1`,
  )
  return rows
}

/** Takes all of it away, so that the same database may be filled anew. */
export async function emptyRecord(look: Look): Promise<void> {
  await look(`do $$ declare t text; begin
    for t in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('record', 'feeds', 'people')
      or (schemaname = 'access' and tablename in ('person_file', 'relationship', 'protection', 'reach')) loop
      execute 'truncate ' || t || ' cascade';
    end loop; end $$`)
}
