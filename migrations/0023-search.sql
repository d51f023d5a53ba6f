-- What a resource can be found by stands in one column beside it, an entry for each value: src/record/search/entry.ts says how it is written. A table
-- of values would be another table to write and another wall to keep; decision 14 tells what was measured.
set role gt_owner;

-- Null: not worked out yet. What was kept before this migration is filled in by the job fill-search, in batches; until it is done for a type, a
-- search of that type says that it is being prepared.
alter table record.resource add column search text[] collate "C";
alter table record.reference_resource add column search text[] collate "C";
create index resource_unsearched on record.resource (type) where search is null;
create index reference_unsearched on record.reference_resource (type) where search is null;

-- How a source walks what it sent: all of a type, file by file; and what has changed since an instant. Partial, so that nothing else is come at by
-- them: before a new database has statistics the planner would take a source and a type for fewer rows than a person.
-- What comes together is alike in them, and kept once: with the id beside, they were ten times as large.
create index resource_of_source on record.resource (source, type, person_key) where search is not null;
create index resource_changed on record.resource (source, type, received_at) where search is not null;

-- By number where the system is not said, too.
create index on record.resource_identifier (source, type, value, system);
drop index record.resource_identifier_source_type_system_value_idx;

-- Narrow functions that find keys, for searches that name somebody; what may be read in these files is for the policies to say.

-- The files in which something of this type may say something of these Patients: their own, and those of others whom they concern too.
create function record.files_concerning(item_type text, patients text[]) returns uuid[]
language sql stable security definer set search_path = ''
begin atomic
  select coalesce(array_agg(distinct found.person_key), '{}') from (
    select h.person_key from record.resource_home h where h.type = 'Patient' and h.id = any (patients)
    union all
    select i.person_key from record.resource_home h
    join record.resource_person p on p.person_key = h.person_key and p.type = item_type
    join record.resource_home i on i.type = p.type and i.id = p.id
    where h.type = 'Patient' and h.id = any (patients)) found;
end;

create function record.homes(item_type text, ids text[]) returns uuid[]
language sql stable security definer set search_path = ''
begin atomic
  select coalesce(array_agg(distinct h.person_key), '{}') from record.resource_home h where h.type = item_type and h.id = any (ids);
end;

-- The files in which a source of the reader's has something with this identifier; NHS numbers are found by record.files_with_nhs_number alone.
create function record.files_with_identifier(item_type text, id_system text, id_value text) returns uuid[]
language sql stable security definer set search_path = ''
begin atomic
  select coalesce(array_agg(distinct i.person_key), '{}') from record.resource_identifier i
  where i.source = any (access.sources()) and i.type = item_type and i.value = id_value
    and (id_system is null or i.system = id_system) and i.system <> 'https://fhir.nhs.uk/Id/nhs-number';
end;

-- Those of these types of which something is not worked out yet.
create function record.unsearched(types text[]) returns text[]
language sql stable security definer set search_path = ''
begin atomic
  select coalesce(array_agg(asked.type), '{}') from unnest(types) asked (type)
  where exists (select from record.resource r where r.type = asked.type and r.search is null)
    or exists (select from record.reference_resource r where r.type = asked.type and r.search is null);
end;

-- The job fill-search is a named service that reads what anybody sent, and this is all it can do with it.
create function record.rows_to_fill(most integer) returns table (file uuid, item_type text, item_id text, body text)
language plpgsql security definer set search_path = '' as $$
begin
  if access.actor() is distinct from 'job:fill-search' then
    raise insufficient_privilege using message = 'only the job that fills in what is searched reads this';
  end if;
  return query
    select r.person_key, r.type, r.id, r.body from record.resource r where r.search is null limit most for update skip locked;
  if not found then
    return query
      select null::uuid, r.type, r.id, r.body from record.reference_resource r where r.search is null limit most for update skip locked;
  end if;
end $$;

create function record.fill(filled jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if access.actor() is distinct from 'job:fill-search' then
    raise insufficient_privilege using message = 'only the job that fills in what is searched writes this';
  end if;
  update record.resource r set search = f.search
    from jsonb_to_recordset(filled) as f (file uuid, item_type text, item_id text, search text[])
    where r.person_key = f.file and r.type = f.item_type and r.id = f.item_id and r.search is null;
  update record.reference_resource r set search = f.search
    from jsonb_to_recordset(filled) as f (file uuid, item_type text, item_id text, search text[])
    where f.file is null and r.type = f.item_type and r.id = f.item_id and r.search is null;
end $$;
-- They say what is wanted by index, and planned while a table is small they would read it whole for ever.
alter function record.rows_to_fill set enable_seqscan = off;
alter function record.fill set enable_seqscan = off;

-- An item that is moved to the right person is found by what it says there.
alter function record.move_item(uuid, bigint, uuid, text, text, text) rename to move_with_numbers;
create function record.move_item(report uuid, replaced bigint, target_ref uuid, new_body text, new_search text[], reason text, by_name text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  about record.wrong_person_report;
begin
  perform record.move_with_numbers(report, replaced, target_ref, new_body, reason, by_name);
  select r.* into about from record.wrong_person_report r where r.id = report;
  update record.resource i set search = new_search from record.resource_home h
    where h.type = about.type and h.id = about.resource_id and i.person_key = h.person_key and i.type = h.type and i.id = h.id;
end $$;

revoke all on function record.files_concerning, record.homes, record.files_with_identifier, record.unsearched, record.rows_to_fill, record.fill,
  record.move_with_numbers, record.move_item from public;
revoke all on function record.move_with_numbers from gt_record;
grant execute on function record.files_concerning, record.homes, record.files_with_identifier, record.unsearched, record.rows_to_fill, record.fill,
  record.move_item to gt_record;
-- Names were found by what people says of a file; now each name of a Patient counts, and the search stays in the reader's reach.
drop function record.files_with_family;
