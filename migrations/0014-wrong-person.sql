-- Wrong person: an item that somebody reports as somebody else's vanishes for every reader at once, and is put right by whoever may.
-- Hidden is a word in front of the row's sensitivity, which no scope admits; taking the word away brings back exactly what was.
-- resource_history is a log and keeps its rows as they are; its policy asks the report.

-- Lawful erasure is a role of its own. It reads and writes no table: all it can do is to confirm a disposal that somebody else proposed.
-- Roles belong to the whole server, so it may be there already from another database.
do $$ begin
  if not exists (select from pg_roles where rolname = 'gt_erasure') then
    create role gt_erasure nologin nobypassrls;
  end if;
  grant gt_erasure to gt_app with inherit false, set true;
end $$;

set role gt_owner;

-- Log: what was reported, by whom and why. sensitivity is that of the item's most open row, to tell who would have been shown it.
create table record.wrong_person_report (
  person_key uuid not null,
  id uuid not null default gen_random_uuid() unique,
  type text collate "C" not null,
  resource_id text collate "C" not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  why text not null,
  recorded_at timestamptz not null default platform.now(),
  recorded_by text not null default access.actor(),
  recorded_by_name text not null,
  primary key (person_key, id)
);
create index on record.wrong_person_report (person_key, type, resource_id);
comment on table record.wrong_person_report is 'class: log';

-- Log: what became of a report; the latest row wins. Each names the one it replaces, and only one row can replace another.
-- through: up to which version the item stays hidden in this file; null means all of them.
create table record.wrong_person_state (
  person_key uuid not null,
  report_id uuid not null,
  id bigint generated always as identity,
  replaces bigint,
  state text not null check (state in ('reported', 'restored', 'moved', 'disposal proposed', 'disposed')),
  why text not null,
  through integer,
  moved_to uuid,
  proof jsonb,
  recorded_at timestamptz not null default platform.now(),
  recorded_by text not null default access.actor(),
  recorded_by_name text not null,
  primary key (person_key, report_id, id),
  constraint one_state_replaces_another unique nulls not distinct (report_id, replaces)
);
comment on table record.wrong_person_state is 'class: log';

-- Log: whom an item had reached when it was reported, as far as the audit says. certain: the audit names the item;
-- otherwise they opened a page, a list or a search of the record that may have held it.
create table record.wrong_person_reached (
  person_key uuid not null,
  report_id uuid not null,
  id bigint generated always as identity,
  actor text not null,
  actor_name text not null,
  role text not null,
  organisation text not null,
  action text not null,
  certain boolean not null,
  since timestamptz not null,
  until timestamptz not null,
  times bigint not null,
  primary key (person_key, report_id, id)
);
comment on table record.wrong_person_reached is 'class: log';

-- Who may put right holds the category 'reported'.
do $$ declare target regclass; begin
  foreach target in array array['record.wrong_person_report', 'record.wrong_person_state', 'record.wrong_person_reached']::regclass[] loop
    perform access.owner_passes(target);
    execute format($policy$create policy putting_right on %s for select to gt_record
      using ('reported' = any ((select access.categories())::text[]))$policy$, target);
    execute format('grant select on %s to gt_record', target);
  end loop;
end $$;

create function record.state_of(report uuid) returns record.wrong_person_state
language sql stable security definer set search_path = ''
begin atomic
  select s from record.wrong_person_state s where s.report_id = report order by s.id desc limit 1;
end;

-- Whether this version of an item is hidden in this file.
create function record.hidden(file uuid, item_type text, item_id text, version integer) returns boolean
language sql stable security definer set search_path = ''
begin atomic
  select exists (
    select 1 from record.wrong_person_report r
    cross join lateral (select s.state, s.through from record.wrong_person_state s where s.report_id = r.id order by s.id desc limit 1) latest
    where r.person_key = file and r.type = item_type and r.resource_id = item_id
      and latest.state <> 'restored' and (latest.through is null or hidden.version <= latest.through));
end;

-- A source that sends a new version of a hidden item must find the one before; nobody else does, and it answers nobody with it.
create function access.keeping() returns boolean language sql stable parallel safe
  return current_setting('gt.keeping', true) = 'yes' and access.own_source() is not null;

-- The wall in front of what was reported. It stands beside the policy that asks for a bond, and both must agree.
create function access.hide_reported(target regclass, shown text) returns void language plpgsql as $$
begin
  execute format($policy$create policy not_reported on %s as restrictive for select to gt_record, gt_people, gt_feeds, gt_access
    using (%s or (select access.keeping()))$policy$, target, shown);
end $$;

do $$ declare target regclass; begin
  for target in select p.polrelid from pg_policy p where p.polname = 'in_scope' and p.polrelid <> 'record.resource_history'::regclass loop
    perform access.hide_reported(target, format($shown$strpos(%s.sensitivity, 'reported') = 0$shown$, target));
  end loop;
  perform access.hide_reported('record.resource_history',
    'not record.hidden(resource_history.person_key, resource_history.type, resource_history.id, resource_history.version)');
end $$;

-- From now on the guard of a new table brings this wall with it.
alter function access.guard(regclass, text, boolean) rename to guard_by_bond;
create function access.guard(target regclass, everyone text, whole_body boolean default false) returns void language plpgsql as $$
begin
  perform access.guard_by_bond(target, everyone, whole_body);
  perform access.hide_reported(target, format($shown$strpos(%s.sensitivity, 'reported') = 0$shown$, target));
end $$;

-- The tables that hold rows of an item besides record.resource, and which of their rows are its: any table with person_key, resource_id and
-- sensitivity. Which type its rows are of stands in its column resource_type or type, or in the policy that access.guard made.
create function record.tables_of(item_type text) returns table (target regclass, condition text)
language sql stable security definer set search_path = ''
begin atomic
  select c.oid::regclass, case when typed.attname is null then 'true' else format('t.%I = %L', typed.attname, item_type) end
  from pg_catalog.pg_class c
  join pg_catalog.pg_policy p on p.polrelid = c.oid and p.polname = 'in_scope'
  left join lateral (
    select a.attname from pg_catalog.pg_attribute a
    where a.attrelid = c.oid and a.attname in ('resource_type', 'type') and not a.attisdropped
      and c.relname not like 'v\_%' order by a.attname limit 1) typed on true
  where c.relnamespace = 'record'::regnamespace
    and (select count(*) from pg_catalog.pg_attribute a
         where a.attrelid = c.oid and a.attname in ('person_key', 'resource_id', 'sensitivity') and not a.attisdropped) = 3
    and (typed.attname is not null
      or strpos(pg_get_expr(p.polqual, p.polrelid), format('everyone_in_reach(%L', item_type)) > 0);
end;

-- Hides every row of an item in a file, or shows them again as they were.
create function record.set_hidden(file uuid, item_type text, item_id text, hide boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  held record;
  rewritten constant text := case when hide then $sql$'reported ' || t.sensitivity$sql$ else $sql$substr(t.sensitivity, 10)$sql$ end;
  affected constant text := format('t.person_key = $1 and (strpos(t.sensitivity, ''reported'') = 0) = %L::boolean', hide);
begin
  execute format('update record.resource t set sensitivity = %s where t.type = $2 and t.id = $3 and %s', rewritten, affected)
    using file, item_type, item_id;
  for held in select * from record.tables_of(item_type) loop
    execute format('update %s t set sensitivity = %s where t.resource_id = $2 and %s and %s', held.target, rewritten, held.condition, affected)
      using file, item_id;
  end loop;
end $$;

-- Whether this reader would be shown such an item, were it not for the report.
create function record.would_see(file uuid, item_category text, item_source text, item_organisation text, item_sensitivity text,
                                 item_type text, item_id text) returns boolean
language sql stable security definer set search_path = ''
begin atomic
  select item_category = any (access.categories()) and item_source = any (access.sources()) and exists (
    select 1 from access.reach r
    where r.person_key = file and r.principal = any (access.principals())
      and r.since <= platform.now() and r.until > platform.now()
      and (not r.own_only or item_organisation = access.organisation())
      and (r.sees_restricted or strpos(item_sensitivity, 'restricted') = 0)
      and (r.sees_location or strpos(item_sensitivity, 'location') = 0)
      and (strpos(item_sensitivity, 'shared') = 0 or record.everyone_in_reach(item_type, item_id)));
end;

-- What the reader of a record is told: that items of these sources are hidden while it is found out whose they are; only to whom they
-- were shown before, so that it says nothing to anybody else.
create function record.items_reported(files uuid[]) returns table (source text, items bigint)
language sql stable security definer set search_path = ''
begin atomic
  select r.source, count(*) from record.wrong_person_report r
  where r.person_key = any (files) and (record.state_of(r.id)).state in ('reported', 'disposal proposed')
    and record.would_see(r.person_key, r.category, r.source, r.organisation, r.sensitivity, r.type, r.resource_id)
  group by r.source;
end;

-- Reports an item that the reader is shown. It vanishes with the commit. Returns null where there is no such item for this reader.
create function record.report_wrong_person(files uuid[], item_type text, item_id text, reason text, reporter_name text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  item record.resource;
  held record;
  one text;
  openest text;
  report uuid;
begin
  select * into item from record.resource r
    where r.person_key = any (files) and r.type = item_type and r.id = item_id and strpos(r.sensitivity, 'reported') = 0 for update;
  -- Who somebody is, is put right by linking and unlinking files.
  if item.id is null or item_type = 'Patient' then
    return null;
  end if;
  for held in select * from record.tables_of(item_type) loop
    execute format('select t.sensitivity from %s t where t.person_key = $1 and t.resource_id = $2 and %s order by t.sensitivity <> ''normal'', length(t.sensitivity) limit 1',
                   held.target, held.condition) into one using item.person_key, item_id;
    if openest is null or one = 'normal' or (openest <> 'normal' and length(one) < length(openest)) then openest := coalesce(one, openest); end if;
  end loop;
  openest := coalesce(openest, item.sensitivity);
  if not record.would_see(item.person_key, item.category, item.source, item.organisation, openest, item_type, item_id) then
    return null;
  end if;
  insert into record.wrong_person_report (person_key, type, resource_id, category, sensitivity, source, organisation, why, recorded_by_name)
    values (item.person_key, item_type, item_id, item.category, openest, item.source, item.organisation, reason, reporter_name)
    returning id into report;
  insert into record.wrong_person_state (person_key, report_id, state, why, recorded_by_name)
    values (item.person_key, report, 'reported', reason, reporter_name);
  perform record.set_hidden(item.person_key, item_type, item_id, true);
  insert into record.wrong_person_reached (person_key, report_id, actor, actor_name, role, organisation, action, certain, since, until, times)
    select item.person_key, report, a.actor, a.actor_name, a.role, a.organisation, a.action, names.it, min(a.at), max(a.at), count(*)
    from access.audit a
    cross join lateral (select coalesce(coalesce(a.detail->>'id', a.detail->>'document') = item_id, false) as it) names
    where a.person_key = any (files) and a.outcome = 'allowed'
      and a.at >= (select min(h.received_at) from record.resource_history h
                   where h.person_key = item.person_key and h.type = item_type and h.id = item_id)
      and (a.action like 'record.%' or a.action like 'caseload%' or a.action in ('fhir.read', 'fhir.history', 'fhir.search'))
      -- These show nothing of the record, or were how it was reported.
      and a.action not like 'record.not-theirs%' and a.action not like 'record.document.add%' and a.action <> 'record.looked'
      and (names.it or not (a.detail ? 'id' or a.detail ? 'document'))
    group by a.actor, a.actor_name, a.role, a.organisation, a.action, names.it;
  -- A document's content may be a Binary of its own: it goes with it.
  if item_type = 'DocumentReference' then
    perform record.report_wrong_person(files, 'Binary', substr(d.url, 8), reason, reporter_name)
      from record.v_document d where d.person_key = item.person_key and d.resource_id = item_id and starts_with(d.url, 'Binary/');
  end if;
  perform platform.emit('item reported', jsonb_build_object('report', report, 'source', item.source, 'type', item_type, 'id', item_id));
  return report;
end $$;

-- Which of these items of a sending source are hidden, or were disposed of, so that a new version of them stays so.
create function record.reported_among(keys uuid[], types text[], ids text[]) returns table (person_key uuid, type text, id text, disposed boolean)
language sql stable security definer set search_path = ''
begin atomic
  select r.person_key, r.type, r.resource_id, latest.state = 'disposed'
  from unnest(keys, types, ids) as asked (person_key, type, id)
  join record.wrong_person_report r on r.person_key = asked.person_key and r.type = asked.type and r.resource_id = asked.id and r.source = access.own_source()
  cross join lateral (select s.state from record.wrong_person_state s where s.report_id = r.id order by s.id desc limit 1) latest
  where latest.state in ('reported', 'disposal proposed', 'disposed');
end;

create function record.hide_again(file uuid, item_type text, item_id text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from record.reported_among(array[file], array[item_type], array[item_id])) then
    perform record.set_hidden(file, item_type, item_id, true);
  end if;
end $$;

-- What whoever puts right must see: the item as it is kept, and in whose record.
create function record.reported_item(report uuid)
returns table (version integer, body text, ref uuid, nhs_number text, family text, given text, birth_date date)
language sql stable security definer set search_path = ''
begin atomic
  select i.version, i.body, people.ref_of(r.person_key), d.nhs_number, d.family, d.given, d.birth_date
  from record.wrong_person_report r
  left join record.resource i on i.person_key = r.person_key and i.type = r.type and i.id = r.resource_id and strpos(i.sensitivity, 'reported') > 0
  left join lateral (
    select * from people.demographic d where d.person_key = any (people.files_of(people.ref_of(r.person_key)))
    order by (d.nhs_number is null), d.person_key <> r.person_key limit 1) d on true
  where r.id = report and 'reported' = any (access.categories());
end;

-- Who a NHS number and a birth date name, for a move.
create function record.whom_to_move_to(number text, born date) returns table (ref uuid, nhs_number text, family text, given text, birth_date date)
language sql stable security definer set search_path = ''
begin atomic
  select people.ref_of(d.person_key), d.nhs_number, d.family, d.given, d.birth_date
  from people.demographic d
  where d.nhs_number = number and d.birth_date = born and 'reported' = any (access.categories())
  order by d.person_key limit 1;
end;

-- Appends a state. @raises unique_violation where another was appended meanwhile.
create function record.append_state(report uuid, replaced bigint, allowed_after text[], given record.wrong_person_state) returns record.wrong_person_report
language plpgsql security definer set search_path = '' as $$
declare
  about record.wrong_person_report;
  was record.wrong_person_state;
begin
  if not coalesce('reported' = any (access.categories()), false) then
    raise insufficient_privilege using message = 'only who puts right may do this';
  end if;
  select * into about from record.wrong_person_report r where r.id = report for update;
  select * into was from record.wrong_person_state s where s.report_id = report and s.id = replaced;
  if about.id is null or was.id is null or was.state <> all (allowed_after) then
    raise unique_violation using message = 'this report is not in a state that allows it';
  end if;
  insert into record.wrong_person_state (person_key, report_id, replaces, state, why, through, moved_to, proof, recorded_by_name)
    values (about.person_key, report, replaced, given.state, given.why, given.through, given.moved_to, given.proof, given.recorded_by_name);
  return about;
end $$;

create function record.restore_item(report uuid, replaced bigint, reason text, by_name text) returns void
language plpgsql security definer set search_path = '' as $$
declare about record.wrong_person_report;
begin
  about := record.append_state(report, replaced, array['reported'],
    jsonb_populate_record(null::record.wrong_person_state, jsonb_build_object('state', 'restored', 'why', reason, 'recorded_by_name', by_name)));
  perform record.set_hidden(about.person_key, about.type, about.resource_id, false);
  perform platform.emit('item restored', jsonb_build_object('report', report, 'source', about.source, 'type', about.type, 'id', about.resource_id));
end $$;

-- Ends what an item did to who may read this file, and begins it for another where one is given.
create function record.move_bonds(item text, file uuid, moved_to uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into access.relationship (person_key, principal, kind, basis, since, until, reason)
    select moved.person_key, b.principal, b.kind, b.basis, b.since, case when moved.ends then b.since else b.until end, b.reason
    from (select distinct on (r.principal, r.kind, r.basis) r.* from access.relationship r
          where r.person_key = file and (r.basis = item or starts_with(r.basis, item || '#'))
          order by r.principal, r.kind, r.basis, r.id desc) b
    cross join (values (file, true), (moved_to, false)) as moved (person_key, ends)
    where moved.person_key is not null and b.since < b.until;
  insert into access.protection (person_key, kind, basis, in_force)
    select moved.person_key, p.kind, p.basis, not moved.ends
    from (select distinct on (p.kind, p.basis) p.* from access.protection p
          where p.person_key = file and p.basis = item order by p.kind, p.basis, p.id desc) p
    cross join (values (file, true), (moved_to, false)) as moved (person_key, ends)
    where moved.person_key is not null and p.in_force;
end $$;

-- Where a moved item goes: into that person's file of the same source, or into the file that the reference names where the source has none;
-- and the Patient by which an item in that file names whom it is about.
create function record.move_target(report uuid, target_ref uuid) returns table (file uuid, patient text)
language sql stable security definer set search_path = ''
begin atomic
  select f.person_key, (select i.id from record.resource i where i.person_key = f.person_key and i.type = 'Patient' order by i.received_at desc limit 1)
  from record.wrong_person_report r
  join people.file f on f.person_key = any (people.files_of(target_ref)) and (f.source = r.source or f.ref = target_ref)
  where r.id = report and 'reported' = any (access.categories())
  order by f.source = r.source desc, f.person_key limit 1;
end;

-- Moves an item to the right person by writing a version of it there. The rows of views say nothing of whom they are about but the key, so they move as they are.
create function record.move_item(report uuid, replaced bigint, target_ref uuid, new_body text, reason text, by_name text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  about record.wrong_person_report;
  item record.resource;
  held record;
  target uuid;
begin
  select r.* into about from record.wrong_person_report r where r.id = report;
  select * into item from record.resource i where i.person_key = about.person_key and i.type = about.type and i.id = about.resource_id for update;
  select file into target from record.move_target(report, target_ref);
  if item.id is null or target is null or target = about.person_key then
    raise unique_violation using message = 'there is nothing to move, or nowhere to move it to';
  end if;
  about := record.append_state(report, replaced, array['reported'], jsonb_populate_record(null::record.wrong_person_state,
    jsonb_build_object('state', 'moved', 'why', reason, 'through', item.version, 'moved_to', target, 'recorded_by_name', by_name)));
  insert into record.resource_history (person_key, type, id, version, category, sensitivity, source, organisation, received_at, body)
    values (target, item.type, item.id, item.version + 1, item.category, substr(item.sensitivity, 10), item.source, item.organisation, platform.now(), new_body);
  insert into record.resource (person_key, type, id, version, category, sensitivity, source, organisation, received_at, body)
    values (target, item.type, item.id, item.version + 1, item.category, substr(item.sensitivity, 10), item.source, item.organisation, platform.now(), new_body);
  delete from record.resource i where i.person_key = item.person_key and i.type = item.type and i.id = item.id;
  for held in select * from record.tables_of(item.type) loop
    execute format('insert into %1$s select (jsonb_populate_record(t, jsonb_build_object(''person_key'', $3, ''sensitivity'', substr(t.sensitivity, 10)))).* from %1$s t where t.person_key = $1 and t.resource_id = $2 and %2$s',
                   held.target, held.condition) using item.person_key, item.id, target;
    execute format('delete from %s t where t.person_key = $1 and t.resource_id = $2 and %s', held.target, held.condition) using item.person_key, item.id;
  end loop;
  update record.resource_home h set person_key = target where h.type = item.type and h.id = item.id;
  perform record.move_bonds(item.type || '/' || item.id, item.person_key, target);
  perform platform.emit('item moved', jsonb_build_object('report', report, 'source', about.source, 'type', about.type, 'id', about.resource_id));
end $$;

create function record.propose_disposal(report uuid, replaced bigint, reason text, by_name text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform record.append_state(report, replaced, array['reported'],
    jsonb_populate_record(null::record.wrong_person_state, jsonb_build_object('state', 'disposal proposed', 'why', reason, 'recorded_by_name', by_name)));
end $$;

create function record.decline_disposal(report uuid, replaced bigint, reason text, by_name text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform record.append_state(report, replaced, array['disposal proposed'],
    jsonb_populate_record(null::record.wrong_person_state, jsonb_build_object('state', 'reported', 'why', reason, 'recorded_by_name', by_name)));
end $$;

revoke all on function record.state_of, record.hidden, record.tables_of, record.set_hidden, record.would_see, record.items_reported,
  record.report_wrong_person, record.reported_among, record.hide_again, record.reported_item, record.whom_to_move_to, record.append_state,
  record.restore_item, record.move_bonds, record.move_target, record.move_item, record.propose_disposal, record.decline_disposal from public;
grant execute on function record.hidden to gt_record, gt_people, gt_feeds, gt_access;
grant execute on function record.items_reported, record.report_wrong_person, record.reported_among, record.hide_again, record.reported_item,
  record.whom_to_move_to, record.move_target, record.restore_item, record.move_item, record.propose_disposal, record.decline_disposal to gt_record;

grant usage on schema platform, access, record to gt_erasure;
create policy own_audit_of_erasure on access.audit for insert to gt_erasure with check (actor = coalesce((select access.actor()), 'nobody'));
grant insert on access.audit to gt_erasure;

-- Erases the content of an item in every version, and leaves a proof: what was erased, by its digest, and who proposed and confirmed it.
create function record.dispose_item(report uuid, replaced bigint, reason text, by_name text) returns table (file uuid, proof jsonb)
language plpgsql security definer set search_path = '' as $$
declare
  about record.wrong_person_report;
  proposed record.wrong_person_state;
  held record;
begin
  select * into about from record.wrong_person_report r where r.id = report;
  select * into proposed from record.wrong_person_state s where s.report_id = report and s.id = replaced;
  if proposed.recorded_by = access.actor() then
    raise insufficient_privilege using message = 'disposal needs two people';
  end if;
  select jsonb_build_object(
      'type', about.type, 'id', about.resource_id, 'source', about.source, 'reported', about.why,
      'versions', coalesce(jsonb_agg(jsonb_build_object('version', h.version, 'received', h.received_at, 'sha256', encode(sha256(convert_to(h.body, 'UTF8')), 'hex')) order by h.version), '[]'),
      'sha256', encode(sha256(convert_to(coalesce(string_agg(h.version || ' ' || encode(sha256(convert_to(h.body, 'UTF8')), 'hex'), chr(10) order by h.version), ''), 'UTF8')), 'hex'),
      'proposed', jsonb_build_object('by', proposed.recorded_by, 'name', proposed.recorded_by_name, 'at', proposed.recorded_at, 'why', proposed.why),
      'confirmed', jsonb_build_object('by', access.actor(), 'name', by_name, 'at', platform.now(), 'why', reason))
    into proof
    from record.resource_history h
    where h.person_key = about.person_key and h.type = about.type and h.id = about.resource_id and h.body is not null;
  about := record.append_state(report, replaced, array['disposal proposed'], jsonb_populate_record(null::record.wrong_person_state,
    jsonb_build_object('state', 'disposed', 'why', reason, 'proof', proof, 'recorded_by_name', by_name)));
  update record.resource_history h set body = null where h.person_key = about.person_key and h.type = about.type and h.id = about.resource_id;
  delete from record.resource i where i.person_key = about.person_key and i.type = about.type and i.id = about.resource_id;
  for held in select * from record.tables_of(about.type) loop
    execute format('delete from %s t where t.person_key = $1 and t.resource_id = $2 and %s', held.target, held.condition)
      using about.person_key, about.resource_id;
  end loop;
  perform record.move_bonds(about.type || '/' || about.resource_id, about.person_key, null);
  perform platform.emit('item disposed', jsonb_build_object('report', report, 'source', about.source, 'type', about.type, 'id', about.resource_id));
  file := about.person_key;
  return next;
end $$;
revoke all on function record.dispose_item from public;
grant execute on function record.dispose_item to gt_erasure;
