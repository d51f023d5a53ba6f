-- The two logs that grow with every request, the audit and the history of the record, in a partition for each month, so that a month can be
-- kept elsewhere when its time is over. What is there already becomes the first partition as it is: no row is copied. It is one transaction;
-- stopped in the middle, nothing has changed. Policies, grants, indexes, triggers and functions are taken from what is there at that moment.
set role gt_owner;

-- A month of a log as a table of its own, attached. The policies of the parent stand in front of it; by itself it lets nobody in, since it has
-- no grants, and row-level security is forced with no policy but the owner's. Rows that waited for it in the default partition move into it.
-- Attaching waits for whoever reads the default partition; it gives up soon, since there are months of time.
create function platform.add_partition(parent regclass, month timestamptz) returns bigint
language plpgsql security definer set search_path = '' set lock_timeout = '3s' as $$
declare
  home text := (select c.relnamespace::regnamespace::text from pg_class c where c.oid = parent);
  plain text := (select c.relname from pg_class c where c.oid = parent);
  made text := format('%I.%I', home, plain || to_char(month at time zone 'UTC', '"_"YYYY"_"MM'));
  waiting text := format('%I.%I', home, plain || '_outside');
  by_time text := (select a.attname from pg_partitioned_table p join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0] where p.partrelid = parent);
  until timestamptz := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
  moved bigint;
begin
  if to_regclass(made) is not null then
    return null;
  end if;
  execute format('create table %s (like %s including all excluding identity)', made, parent);
  execute format('comment on table %s is %L', made, obj_description(parent, 'pg_class'));
  execute format('lock table %s in access exclusive mode', waiting);
  execute format('with late as (delete from %1$s where %2$I >= $1 and %2$I < $2 returning *) insert into %3$s select * from late', waiting, by_time, made) using month, until;
  get diagnostics moved = row_count;
  perform access.owner_passes(made::regclass);
  execute format('alter table %s attach partition %s for values from (%L) to (%L)', parent, made, month, until);
  return moved;
end $$;

-- The logs that are kept by the month.
create function platform.partitioned() returns setof regclass language sql stable as $$
  select unnest(array['access.audit', 'record.resource_history']::regclass[])
$$;

-- Makes the months from this one to so many ahead, and says which were missing and how many rows had waited for them.
create function platform.keep_partitions(ahead integer) returns table (log text, month timestamptz, moved bigint)
language plpgsql security definer set search_path = '' as $$
declare
  parent regclass;
  latest timestamptz;
begin
  for parent in select * from platform.partitioned() loop
    -- The first partition ends where the months begin; there is never one before that.
    select max(substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''([^'']+)''\)')::timestamptz) into latest
      from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = parent;
    for month in select g from generate_series(latest, date_trunc('month', platform.now(), 'UTC') + make_interval(months => ahead), interval '1 month', 'UTC') g loop
      log := parent::text;
      moved := platform.add_partition(parent, month);
      if moved is not null then return next; end if;
    end loop;
  end loop;
end $$;

-- Rows whose time no partition was made for: a clock was wrong, or nobody made partitions for months.
create function platform.rows_outside() returns table (log text, waiting bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  for log in select p::text from platform.partitioned() p loop
    execute format('select count(*) from (select from %s_outside limit 100000) o', log) into waiting;
    return next;
  end loop;
end $$;

-- Takes one log's table as the first partition of a new parent of the same name.
create function platform.begin_partitions(old regclass, by_time name, key text) returns void language plpgsql as $$
declare
  home text := (select c.relnamespace::regnamespace::text from pg_class c where c.oid = old);
  plain text := (select c.relname from pg_class c where c.oid = old);
  parent text := format('%I.%I', home, plain);
  said text := obj_description(old, 'pg_class');
  remake text[];
  functions text[];
  identity_column name := (select a.attname from pg_attribute a where a.attrelid = old and a.attidentity <> '');
  next_value bigint;
  each record;
  until timestamptz;
  step text;
begin
  select array_agg(steps.sql order by steps.nr, steps.sql) into remake from (
    select 1 as nr, pg_get_indexdef(i.indexrelid) as sql from pg_index i where i.indrelid = old and not i.indisprimary
    union all
    select 2, format('create policy %I on %s as %s for %s to %s', p.policyname, parent, p.permissive, p.cmd, (select string_agg(quote_ident(r), ', ') from unnest(p.roles) r))
      || coalesce(' using (' || p.qual || ')', '') || coalesce(' with check (' || p.with_check || ')', '')
    from pg_policies p where p.schemaname = home and p.tablename = plain
    union all
    select 3, format('grant %s on %s to %s', string_agg(acl.privilege_type, ', '), parent, acl.grantee::regrole)
    from pg_class c, aclexplode(c.relacl) acl where c.oid = old and acl.grantee <> c.relowner group by acl.grantee
    union all
    select 4, format('grant %s (%I) on %s to %s', acl.privilege_type, a.attname, parent, acl.grantee::regrole)
    from pg_attribute a, aclexplode(a.attacl) acl where a.attrelid = old
    union all
    select 5, pg_get_triggerdef(t.oid) from pg_trigger t where t.tgrelid = old and not t.tgisinternal
  ) steps;
  -- Functions that are bound to the table itself and not to its name.
  select coalesce(array_agg(distinct pg_get_functiondef(d.objid)), '{}') into functions
    from pg_depend d where d.refobjid = old and d.classid = 'pg_proc'::regclass and d.refclassid = 'pg_class'::regclass;

  for each in select t.tgname from pg_trigger t where t.tgrelid = old and not t.tgisinternal loop
    execute format('drop trigger %I on %s', each.tgname, parent);
  end loop;
  for each in select p.policyname from pg_policies p where p.schemaname = home and p.tablename = plain and p.policyname <> 'owner_functions' loop
    execute format('drop policy %I on %s', each.policyname, parent);
  end loop;
  for each in select distinct acl.grantee::regrole as whom from pg_class c, aclexplode(c.relacl) acl where c.oid = old and acl.grantee <> c.relowner loop
    execute format('revoke all on %s from %s', parent, each.whom);
  end loop;
  if identity_column is not null then
    execute format('select nextval(pg_get_serial_sequence(%L, %L))', parent, identity_column) into next_value;
    execute format('alter table %s alter column %I drop identity', parent, identity_column);
  end if;
  for each in select c.conname from pg_constraint c where c.conrelid = old and c.contype = 'p' loop
    execute format('alter table %s drop constraint %I', parent, each.conname);
  end loop;
  for each in select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = old loop
    execute format('alter index %I.%I rename to %I', home, each.relname, each.relname || '_before');
  end loop;
  execute format('alter table %s rename to %I', parent, plain || '_before');

  execute format('create table %s (like %s including all excluding indexes) partition by range (%I)', parent, old, by_time);
  execute format('alter table %s add primary key (%s)', parent, key);
  execute format('comment on table %s is %L', parent, said);
  execute format('alter table %1$s enable row level security; alter table %1$s force row level security', parent);
  if identity_column is not null then
    execute format('alter table %s alter column %2$I add generated always as identity (start with %3$s)', parent, identity_column, next_value);
  end if;
  foreach step in array remake loop execute step; end loop;
  foreach step in array functions loop execute step; end loop;

  execute format('select greatest(max(%I), platform.now()) from %s', by_time, old) into until;
  until := (date_trunc('month', until, 'UTC') at time zone 'UTC' + interval '1 month') at time zone 'UTC';
  execute format('alter table %s attach partition %s for values from (minvalue) to (%L)', parent, old, until);
  execute format('create table %1$s_outside partition of %1$s default', parent);
  execute format('comment on table %s_outside is %L', parent, said);
  perform access.owner_passes(format('%s_outside', parent)::regclass);
  if exists (select from pg_depend d where d.refobjid in (old, (select c.reltype from pg_class c where c.oid = old))
             and d.classid in ('pg_proc'::regclass, 'pg_rewrite'::regclass) or (d.classid = 'pg_policy'::regclass and d.refobjid = old
             and d.objid not in (select p.oid from pg_policy p where p.polrelid = old))) then
    raise exception 'something is bound to % that this migration does not move', old;
  end if;
end $$;

-- What an audit row is to the seal. Its argument is the row of the table, so it is made again for the new one.
drop function access.audit_text(access.audit);
select platform.begin_partitions('access.audit', 'at', 'id, at');
create function access.audit_text(a access.audit) returns text language sql stable
  return jsonb_build_array(a.id, extract(epoch from a.at), a.request, a.actor, a.actor_name, a.role, a.organisation, a.purpose,
                           a.action, a.outcome, a.basis, a.person_key, a.detail)::text;

select platform.begin_partitions('record.resource_history', 'received_at', 'person_key, type, id, version, received_at');
drop function platform.begin_partitions;

-- No key over the months can say that a version is written once, since a key must name the month. The home of a resource says it: it holds the
-- newest version. Two that write one at a time take turns at the home's row, and the second is told as by a key. First versions make the home.
alter table record.resource_home add column version integer;
create function record.next_version() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update record.resource_home h set version = new.version
    where h.type = new.type and h.id = new.id
      and coalesce(h.version, (select max(v.version) from record.resource_history v where v.person_key = h.person_key and v.type = h.type and v.id = h.id), 0) < new.version;
  if not found and exists (select from record.resource_home h where h.type = new.type and h.id = new.id) then
    raise unique_violation using message = 'another has written this version', table = 'resource_history';
  end if;
  return new;
end $$;
create trigger next_version before insert on record.resource_history for each row when (new.version > 1) execute function record.next_version();

select from platform.keep_partitions(3);
revoke all on function platform.add_partition, platform.keep_partitions, platform.rows_outside, record.next_version from public;
grant execute on function platform.keep_partitions to gt_access;
grant execute on function platform.rows_outside to gt_access, gt_feeds;
