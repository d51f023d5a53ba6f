-- Apps: what an app's token narrows, and the handles by which the record opens an app.
set role gt_owner;

-- What an app may do in this transaction, besides what its practitioner or its role may: a type, or '*' for all of them. An app for which
-- nothing is set sees nothing and writes nothing; without an app nothing is narrowed.
create function access.app() returns text language sql stable parallel safe
  return nullif(current_setting('gt.app', true), '');

-- All files of the one person about whom the app was opened; as they are linked now, not as they were then.
create function access.app_files() returns uuid[]
language sql stable security definer set search_path = ''
begin atomic
  select people.files_of(people.ref_of(record.home('Patient', nullif(current_setting('gt.app_patient', true), ''))));
end;
revoke all on function access.app_files from public;
grant execute on function access.app_files to gt_access, gt_people, gt_record, gt_feeds;

-- Whether the app was given this type; of anybody, or in one of these files. Not plain expressions: to make ready what they look at would cost
-- every statement of those who ask without an app, and they never get here.
create function access.app_may(letters text, item_type text) returns boolean language plpgsql stable parallel safe as $$
declare given text[] := access.listed(letters);
begin
  return coalesce('*' = any (given) or item_type = any (given), false);
end $$;
create function access.app_sees(item_type text, file uuid, files uuid[]) returns boolean language plpgsql stable parallel safe as $$
begin
  return access.app_may('gt.app_types', item_type) or (coalesce(file = any (files), false) and access.app_may('gt.app_person_types', item_type));
end $$;

-- The wall in front of what the app was not given. It stands beside the policy that asks for a bond, and both must agree.
-- src/access/smart/narrowing.ts holds the same predicate for queries; a property test holds the two equal.
-- item_type: an expression, the type of the item that a row is of.
create function access.narrow_for_apps(target regclass, item_type text) returns void language plpgsql as $$
begin
  execute format($policy$create policy within_app on %1$s as restrictive for select to gt_record, gt_people, gt_feeds, gt_access using (
    (select access.app()) is null or access.app_sees(%2$s, person_key, (select access.app_files())))$policy$, target, item_type);
end $$;

-- A table's own column says of which type its rows are, or else the policy that access.guard made.
create function access.item_type_in(target regclass) returns text language sql stable as $$
  select coalesce(
    (select quote_literal(substring(pg_get_expr(p.polqual, p.polrelid) from $re$everyone_in_reach\('(\w+)'$re$))
     from pg_policy p where p.polrelid = target and p.polname = 'in_scope'),
    (select a.attname::text from pg_attribute a
     where a.attrelid = target and a.attname in ('resource_type', 'type') and not a.attisdropped order by a.attname limit 1))
$$;

do $$ declare target regclass; begin
  for target in select p.polrelid from pg_policy p where p.polname = 'in_scope' loop
    perform access.narrow_for_apps(target, access.item_type_in(target));
  end loop;
end $$;

-- A number tells of its item that it is there; and what was reported as somebody else's is for practitioners and their pages.
select access.narrow_for_apps('record.resource_identifier', 'type');
do $$ declare target regclass; begin
  foreach target in array array['record.wrong_person_report', 'record.wrong_person_state', 'record.wrong_person_reached']::regclass[] loop
    execute format('create policy within_app on %s as restrictive for select to gt_record using ((select access.app()) is null)', target);
  end loop;
end $$;

-- From now on the guard of a new table brings this wall with it.
alter function access.guard(regclass, text, boolean) rename to guard_by_report;
create function access.guard(target regclass, everyone text, whole_body boolean default false) returns void language plpgsql as $$
begin
  perform access.guard_by_report(target, everyone, whole_body);
  perform access.narrow_for_apps(target, access.item_type_in(target));
end $$;

-- Every write adds a version to the history: what an app may not write stops here. An update may also make what is not there yet.
create policy within_app_write on record.resource_history as restrictive for insert to gt_record with check (
  (select access.app()) is null
  or (version = 1 and access.app_may('gt.app_creates', type))
  or (body is not null and access.app_may('gt.app_updates', type))
  or (body is null and access.app_may('gt.app_deletes', type)));

-- Organisations, practitioners and places concern nobody, and whoever reads the record reads them; an app only the types it was given.
do $$ declare target regclass; begin
  foreach target in array array['record.reference_resource', 'record.reference_resource_history']::regclass[] loop
    perform access.owner_passes(target);
    execute format($policy$create policy within_app on %s for select to gt_record using (
      (select access.app()) is null or access.app_may('gt.app_types', type) or access.app_may('gt.app_person_types', type))$policy$, target);
    execute format($policy$create policy within_app_insert on %s for insert to gt_record with check (
      (select access.app()) is null or access.app_may('gt.app_creates', type) or access.app_may('gt.app_updates', type))$policy$, target);
  end loop;
end $$;
create policy within_app_update on record.reference_resource for update to gt_record
  using ((select access.app()) is null or access.app_may('gt.app_updates', type));
create policy within_app_delete on record.reference_resource for delete to gt_record
  using ((select access.app()) is null or access.app_may('gt.app_deletes', type));

-- Machinery: an app opened from a record. The handle goes to the app and comes back once, from the same practitioner; only its digest is kept.
create table access.app_launch (
  person_key uuid not null,
  digest bytea not null,
  app text not null,
  actor text not null,
  encounter text,
  began timestamptz not null default platform.now(),
  ends timestamptz not null,
  used_at timestamptz,
  primary key (person_key, digest)
);
create unique index on access.app_launch (digest);
comment on table access.app_launch is 'class: machinery';
select access.owner_passes('access.app_launch');
create policy own_launch on access.app_launch to gt_record
  using (actor = (select access.actor())) with check (actor = (select access.actor()));
grant select, insert, update, delete on access.app_launch to gt_record;

-- Whoever chooses a person for an app finds them as on the page that finds people.
grant execute on function people.trace, people.traced to gt_record;
