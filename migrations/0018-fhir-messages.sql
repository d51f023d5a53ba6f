-- What FHIR senders need to be found by: identifiers, slots, and the answer that a message was given.
set role gt_owner;

-- Projection of the identifiers that resources carry, so that `Practitioner?identifier=…` in a bundle and If-None-Exist find what is
-- kept by equality. One of resources about people, which only its own source may ask; one of what concerns nobody, which all share.
create table record.resource_identifier (
  person_key uuid not null,
  type text collate "C" not null,
  id text collate "C" not null,
  system text collate "C" not null,
  value text collate "C" not null,
  source text not null,
  primary key (person_key, type, id, system, value),
  -- What is withdrawn or disposed of leaves no number behind.
  foreign key (person_key, type, id) references record.resource on delete cascade
);
create index on record.resource_identifier (source, type, system, value);
comment on table record.resource_identifier is 'class: projection';
select access.owner_passes('record.resource_identifier');
create policy own_identifier on record.resource_identifier to gt_record
  using (source = (select access.own_source())) with check (source = (select access.own_source()));
grant select, insert, delete on record.resource_identifier to gt_record;

create table record.reference_identifier (
  type text collate "C" not null,
  id text collate "C" not null,
  system text collate "C" not null,
  value text collate "C" not null,
  primary key (type, system, value, id)
);
create index on record.reference_identifier (type, id);
comment on table record.reference_identifier is 'class: projection';
grant select, insert, delete on record.reference_identifier to gt_record;

-- Projection of Slot and Schedule: when something can be booked, and with whom. actor is `Type/id`, as the Schedule names it.
create table record.slot (
  id text collate "C" primary key,
  schedule text collate "C",
  status text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null
);
create index on record.slot (starts_at, status);
comment on table record.slot is 'class: projection';
create table record.schedule_actor (
  schedule text collate "C" not null,
  actor text collate "C" not null,
  primary key (schedule, actor)
);
create index on record.schedule_actor (actor);
comment on table record.schedule_actor is 'class: projection';
grant select, insert, update, delete on record.slot, record.schedule_actor to gt_record;

-- What is kept already.
insert into record.resource_identifier
select distinct r.person_key, r.type, r.id, coalesce(i.each ->> 'system', ''), i.each ->> 'value', r.source
from record.resource r
cross join lateral (select r.body::jsonb -> 'identifier' as of) b
cross join lateral jsonb_array_elements(case jsonb_typeof(b.of) when 'array' then b.of when 'object' then jsonb_build_array(b.of) else '[]' end) as i (each)
where i.each ->> 'value' is not null;
insert into record.reference_identifier
select distinct r.type, r.id, coalesce(i.each ->> 'system', ''), i.each ->> 'value'
from record.reference_resource r
cross join lateral (select r.body::jsonb -> 'identifier' as of) b
cross join lateral jsonb_array_elements(case jsonb_typeof(b.of) when 'array' then b.of when 'object' then jsonb_build_array(b.of) else '[]' end) as i (each)
where i.each ->> 'value' is not null;
insert into record.slot
select r.id, nullif(split_part(r.body::jsonb #>> '{schedule,reference}', '/', 2), ''), r.body::jsonb ->> 'status',
  (r.body::jsonb ->> 'start')::timestamptz, (r.body::jsonb ->> 'end')::timestamptz
from record.reference_resource r where r.type = 'Slot';
insert into record.schedule_actor
select distinct r.id, a.each ->> 'reference'
from record.reference_resource r cross join lateral jsonb_array_elements(r.body::jsonb -> 'actor') as a (each)
where r.type = 'Schedule' and a.each ->> 'reference' is not null;

-- Log: what a FHIR message was answered, so that its repeat is answered the same.
create table feeds.answer (
  message_id uuid primary key references feeds.message,
  source text not null,
  status smallint not null,
  body text not null
);
comment on table feeds.answer is 'class: log';
select access.owner_passes('feeds.answer');
create policy own_read on feeds.answer for select to gt_record, gt_feeds using (source = (select access.own_source()));
create policy own_append on feeds.answer for insert to gt_record, gt_feeds with check (source = (select access.own_source()));
grant select, insert on feeds.answer to gt_record;
create index on feeds.message (source, content_digest) where message_type = 'FHIR';
