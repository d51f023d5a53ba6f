-- People are files and links. A file is what one source has said about one person; person_link joins files into a person.
set role gt_owner;

create schema people;
grant usage on schema people to gt_app, gt_access, gt_people, gt_record, gt_feeds;

-- Log. ref is the opaque reference used in addresses; person_key is never shown.
create table people.file (
  person_key uuid primary key,
  ref uuid not null unique default gen_random_uuid(),
  source text not null,
  organisation text not null,
  local_system text not null,
  local_value text not null,
  recorded_at timestamptz not null default platform.now(),
  unique (source, local_system, local_value)
);
comment on table people.file is 'class: log';

-- Log: link and unlink, who and why. The latest row for a file says which person it belongs to.
create table people.person_link (
  person_key uuid not null,
  id bigint generated always as identity,
  person_id uuid not null,
  act text not null check (act in ('alone', 'link', 'unlink')),
  why text not null,
  recorded_at timestamptz not null default platform.now(),
  recorded_by text not null default access.actor(),
  primary key (person_key, id)
);
comment on table people.person_link is 'class: log';

-- Machinery: an identifier belongs to one file first; whoever claims it next is compared with that file.
create table people.identifier_claim (
  system text not null,
  value text not null,
  person_key uuid not null,
  claimed_at timestamptz not null default platform.now(),
  primary key (system, value)
);
create index on people.identifier_claim (person_key);
comment on table people.identifier_claim is 'class: machinery';

-- Log: two files that may be one person, or claim one identifier without agreeing; for a person to look at.
create table people.doubt (
  person_key uuid not null,
  other_key uuid not null,
  id bigint generated always as identity,
  why text not null,
  recorded_at timestamptz not null default platform.now(),
  primary key (person_key, other_key, id)
);
comment on table people.doubt is 'class: log';

-- Projection of the latest Patient of each file: what tracing compares and nothing more.
create table people.demographic (
  person_key uuid primary key,
  source text not null,
  nhs_number text,
  family text not null,
  given text not null,
  title text,
  birth_date date,
  gender text,
  postcode text,
  died boolean not null,
  family_key text collate "C" not null,
  given_key text collate "C" not null,
  postcode_key text collate "C"
);
create index on people.demographic (nhs_number);
create index on people.demographic (family_key, birth_date);
create index on people.demographic (family_key, postcode_key);
comment on table people.demographic is 'class: projection';

do $$ declare t regclass; begin
  foreach t in array array['people.file', 'people.person_link', 'people.identifier_claim', 'people.doubt', 'people.demographic']::regclass[] loop
    perform access.owner_passes(t);
  end loop;
end $$;

-- A sending system writes about its own files only.
create policy own_file on people.file to gt_people, gt_record, gt_feeds
  using (source = (select access.own_source())) with check (source = (select access.own_source()));
create policy own_demographic on people.demographic to gt_people, gt_record, gt_feeds
  using (source = (select access.own_source())) with check (source = (select access.own_source()));
create policy sent_link on people.person_link for insert to gt_people, gt_record, gt_feeds
  with check ((select access.own_source()) is not null and exists (select 1 from people.file f where f.person_key = person_link.person_key));
create policy sent_doubt on people.doubt for insert to gt_people, gt_record, gt_feeds
  with check ((select access.own_source()) is not null);
grant select, insert on people.file to gt_people, gt_record, gt_feeds;
grant select, insert, update, delete on people.demographic to gt_people, gt_record, gt_feeds;
grant insert on people.person_link, people.doubt to gt_people, gt_record, gt_feeds;

-- Narrow key-finding functions: they answer one question each and nothing else.

-- All the files of the person whom this reference names.
create function people.files_of(reference uuid) returns uuid[]
language sql stable security definer set search_path = ''
begin atomic
  select array_agg(theirs.person_key order by theirs.person_key)
  from people.file f
  join access.person_file mine on mine.person_key = f.person_key
  join access.person_file theirs on theirs.person_id = mine.person_id
  where f.ref = reference;
end;

-- One reference for a person: that of the earliest of the files.
create function people.ref_of(file uuid) returns uuid
language sql stable security definer set search_path = ''
begin atomic
  select f.ref from access.person_file mine
  join access.person_file theirs on theirs.person_id = mine.person_id
  join people.file f on f.person_key = theirs.person_key
  where mine.person_key = file order by f.recorded_at, f.person_key limit 1;
end;

-- Who holds this identifier, and what is known of them for the comparison with a second identifier.
create function people.claim(id_system text, id_value text, claimant uuid)
returns table (holder uuid, holder_person uuid, family_key text, given_key text, birth_date date, postcode_key text)
language plpgsql security definer set search_path = '' as $$
begin
  if access.own_source() is null then
    raise insufficient_privilege using message = 'only a sending system claims identifiers';
  end if;
  insert into people.identifier_claim (system, value, person_key) values (id_system, id_value, claimant) on conflict do nothing;
  return query
    select c.person_key, f.person_id, d.family_key, d.given_key, d.birth_date, d.postcode_key
    from people.identifier_claim c
    join access.person_file f on f.person_key = c.person_key
    left join people.demographic d on d.person_key = c.person_key
    where c.system = id_system and c.value = id_value;
end $$;

-- Tracing: finding a person before any relationship exists. One row for each file that agrees; the caller groups them.
-- A protected address returns no postcode.
create function people.trace(by_nhs_number text, by_family text, by_given text, by_birth_date date, by_postcode text)
returns table (person_id uuid, ref uuid, nhs_number text, family text, given text, title text, birth_date date, gender text,
               postcode text, died boolean, source text, person_key uuid)
language sql stable security definer set search_path = ''
begin atomic
  select pf.person_id, f.ref, d.nhs_number, d.family, d.given, d.title, d.birth_date, d.gender,
         case when exists (
           select 1 from access.person_file other join access.protection p on p.person_key = other.person_key
           where other.person_id = pf.person_id and p.kind = 'protected address'
             and p.in_force and not exists (select 1 from access.protection later where later.person_key = p.person_key
                   and later.kind = p.kind and later.basis = p.basis and later.id > p.id)) then null else d.postcode end,
         d.died, d.source, d.person_key
  from people.demographic d
  join people.file f on f.person_key = d.person_key
  join access.person_file pf on pf.person_key = d.person_key
  where (by_nhs_number is not null or (by_family is not null and (by_birth_date is not null or by_postcode is not null)))
    and (by_nhs_number is null or d.nhs_number = by_nhs_number)
    and (by_family is null or d.family_key = by_family)
    and (by_given is null or starts_with(d.given_key, by_given))
    and (by_birth_date is null or d.birth_date = by_birth_date)
    and (by_postcode is null or d.postcode_key = by_postcode)
  order by d.family, d.given, d.birth_date, f.recorded_at
  limit 100;
end;

-- Which of the clues are given decides which index serves.
alter function people.trace set plan_cache_mode = force_custom_plan;

-- For the privacy officer: who the files of a review belong to.
create function people.named(files uuid[]) returns table (person_key uuid, ref uuid, nhs_number text, family text, given text, birth_date date)
language sql stable security definer set search_path = ''
begin atomic
  select d.person_key, f.ref, d.nhs_number, d.family, d.given, d.birth_date
  from people.demographic d join people.file f on f.person_key = d.person_key
  where d.person_key = any (files) and 'audit' = any (access.categories());
end;

-- Who these files are, for whoever holds tracing: what a trace shows, of a person already found.
create function people.traced(files uuid[]) returns table (nhs_number text, family text, given text, title text, birth_date date, gender text)
language sql stable security definer set search_path = ''
begin atomic
  select d.nhs_number, d.family, d.given, d.title, d.birth_date, d.gender
  from people.demographic d join people.file f on f.person_key = d.person_key
  where d.person_key = any (files)
  order by (d.nhs_number is null), f.recorded_at limit 1;
end;

revoke all on function people.traced, people.files_of, people.ref_of, people.claim, people.trace, people.named from public;
grant execute on function people.files_of, people.ref_of to gt_access, gt_people, gt_record, gt_feeds;
grant execute on function people.claim to gt_people, gt_record, gt_feeds;
grant execute on function people.trace, people.traced to gt_people;
grant execute on function people.named to gt_people, gt_access;
