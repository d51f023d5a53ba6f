-- The record: FHIR as received, with history; view tables beside it (next migration).
set role gt_owner;

create schema record;
grant usage on schema record to gt_app, gt_access, gt_people, gt_record, gt_feeds;

-- Projection of the history: the current version of each resource about a person. The body is text: it is kept as
-- received, and nothing looks inside it in SQL.
create table record.resource (
  person_key uuid not null,
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  body text not null,
  primary key (person_key, type, id)
);
comment on table record.resource is 'class: projection';

-- Log: every version, deletions too (body null).
create table record.resource_history (
  person_key uuid not null,
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  body text,
  primary key (person_key, type, id, version)
);
comment on table record.resource_history is 'class: log';

-- Machinery: where a resource lives. It names a file, so it is guarded; record.home() answers for one id at a time.
create table record.resource_home (
  type text collate "C" not null,
  id text collate "C" not null,
  person_key uuid not null,
  primary key (type, id)
);
comment on table record.resource_home is 'class: machinery';

-- Log: other people whom a resource concerns. It can be read only by who may read for each of them.
create table record.resource_person (
  person_key uuid not null,
  type text collate "C" not null,
  id text collate "C" not null,
  primary key (person_key, type, id)
);
create index on record.resource_person (type, id);
comment on table record.resource_person is 'class: log';

-- Projection and log of what concerns nobody: organisations, practitioners, places.
create table record.reference_resource (
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  source text not null,
  received_at timestamptz not null,
  body text not null,
  primary key (type, id)
);
comment on table record.reference_resource is 'class: projection';
create table record.reference_resource_history (
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  source text not null,
  received_at timestamptz not null,
  body text,
  primary key (type, id, version)
);
comment on table record.reference_resource_history is 'class: log';

-- Projection: when each source last said anything, about anybody. How fresh a source is, is not about a person.
create table record.source_heard (
  source text primary key,
  last_received_at timestamptz not null
);
comment on table record.source_heard is 'class: projection';

-- A resource about several people needs a reason to read about each of them.
create function record.everyone_in_reach(resource_type text, resource_id text) returns boolean
language sql stable security definer set search_path = ''
begin atomic
  select not exists (
    select 1 from record.resource_person p
    where p.type = resource_type and p.id = resource_id and not exists (
      select 1 from access.reach r
      where r.person_key = p.person_key and r.principal = any (access.principals())
        and r.since <= platform.now() and r.until > platform.now()));
end;
revoke all on function record.everyone_in_reach from public;
grant execute on function record.everyone_in_reach to gt_record, gt_people, gt_feeds, gt_access;

select access.guard('record.resource', 'record.everyone_in_reach(resource.type, resource.id)', true);
select access.guard('record.resource_history', 'record.everyone_in_reach(resource_history.type, resource_history.id)', true);
select access.owner_passes('record.resource_home');
select access.owner_passes('record.resource_person');
create policy sent_home on record.resource_home for insert to gt_record with check ((select access.own_source()) is not null);
create policy sent_person on record.resource_person for insert to gt_record with check ((select access.own_source()) is not null);

grant select, insert, update, delete on record.resource to gt_record;
grant select, insert on record.resource_history to gt_record;
grant insert on record.resource_home to gt_record;
grant insert on record.resource_person to gt_record;
grant select, insert, update, delete on record.reference_resource to gt_record;
grant select, insert on record.reference_resource_history to gt_record;
grant select, insert, update on record.source_heard to gt_record;

create function record.home(resource_type text, resource_id text) returns uuid
language sql stable security definer set search_path = ''
begin atomic
  select h.person_key from record.resource_home h where h.type = resource_type and h.id = resource_id;
end;

-- The files that carry this NHS number; what may be read in them is for the policies to say.
create function record.files_with_nhs_number(number text) returns uuid[]
language sql stable security definer set search_path = ''
begin atomic
  select coalesce(array_agg(d.person_key), '{}') from people.demographic d where d.nhs_number = number;
end;
create function record.files_with_family(family text) returns uuid[]
language sql stable security definer set search_path = ''
begin atomic
  select coalesce(array_agg(d.person_key), '{}') from people.demographic d where starts_with(d.family_key, family);
end;
revoke all on function record.home, record.files_with_nhs_number, record.files_with_family from public;
grant execute on function record.home, record.files_with_nhs_number, record.files_with_family to gt_record;
