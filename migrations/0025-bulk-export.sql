-- Bulk export: what was asked for, and in which parts it is fetched. No resource is copied: each part is read when it is fetched, by whoever
-- asked and as they may read then. So what is objected to, reported as somebody else's or deleted meanwhile is not in it.
set role gt_owner;

-- Machinery: an export that somebody asked for. after_file: how far its parts have been worked out; done once that is through.
create table record.export (
  id uuid primary key default gen_random_uuid(),
  actor text not null default access.actor(),
  request text not null,
  group_id text,
  types text[],
  since timestamptz,
  requested_at timestamptz not null default platform.now(),
  expires_at timestamptz not null,
  after_file uuid not null default '00000000-0000-0000-0000-000000000000',
  looked_at bigint not null default 0,
  done boolean not null default false
);
comment on table record.export is 'class: machinery';

-- Machinery: the files of persons after the one and up to the other, of one type; with what it held when it was worked out.
create table record.export_part (
  export_id uuid not null references record.export on delete cascade,
  part integer not null,
  type text collate "C" not null,
  after_file uuid not null,
  until_file uuid not null,
  resources bigint not null,
  bytes bigint not null,
  primary key (export_id, part)
);
comment on table record.export_part is 'class: machinery';

do $$ declare target regclass; begin
  foreach target in array array['record.export', 'record.export_part']::regclass[] loop
    perform access.owner_passes(target);
  end loop;
end $$;
create policy own_export on record.export to gt_record
  using (actor = (select access.actor())) with check (actor = (select access.actor()));
create policy own_export_part on record.export_part to gt_record
  using (exists (select from record.export e where e.id = export_part.export_id))
  with check (exists (select from record.export e where e.id = export_part.export_id));
grant select, insert, update, delete on record.export, record.export_part to gt_record;

-- The files in which this source's own stand, in their order: its own, and those that an item of it was moved to.
create function record.files_of_source(after uuid, until uuid, most integer) returns setof uuid
language sql stable security definer set search_path = ''
begin atomic
  select person_key from (
    (select f.person_key from people.file f
      where f.source = access.own_source() and f.person_key > after and f.person_key <= until order by f.person_key limit most)
    union
    select s.moved_to from record.wrong_person_report r join record.wrong_person_state s on s.report_id = r.id
      where r.source = access.own_source() and s.moved_to > after and s.moved_to <= until
  ) files order by person_key limit most;
end;
revoke all on function record.files_of_source from public;
grant execute on function record.files_of_source to gt_record;
