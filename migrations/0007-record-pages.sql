-- What the record's pages ask besides the views. Each function answers one narrow question and asks for a bond first.
set role gt_owner;

-- Which sources hold specially protected items that this reader is not shown for that reason alone: not those that the role, an agreement
-- or an objection leaves out anyway. It says that there are some and at which source, never what or how many.
create function record.sources_withholding(files uuid[]) returns setof text
language sql stable security definer set search_path = ''
begin atomic
  select distinct item.source
  from record.resource item
  where item.person_key = any (files) and item.sensitivity <> 'normal' and strpos(item.sensitivity, 'restricted') > 0
    and item.category = any (access.categories()) and item.source = any (access.sources())
    and exists (
      select from access.reach r
      where r.person_key = item.person_key and r.principal = any (access.principals())
        and r.since <= platform.now() and r.until > platform.now()
        and (not r.own_only or item.organisation = access.organisation()))
    and not exists (
      select from access.reach r
      where r.person_key = item.person_key and r.principal = any (access.principals())
        and r.since <= platform.now() and r.until > platform.now() and r.sees_restricted);
end;
create index on record.resource (person_key) where sensitivity <> 'normal';

-- Whose record this is, where an objection or an agreement leaves the reader no Patient to read: a page must never be nameless.
create function record.whose(files uuid[])
returns table (nhs_number text, family text, given text, title text, birth_date date, gender text, died boolean)
language sql stable security definer set search_path = ''
begin atomic
  select d.nhs_number, d.family, d.given, d.title, d.birth_date, d.gender, d.died
  from people.demographic d
  where d.person_key = any (files) and exists (
    select from access.reach r
    where r.person_key = d.person_key and r.principal = any (access.principals())
      and r.since <= platform.now() and r.until > platform.now())
  order by (d.nhs_number is null), d.person_key limit 1;
end;

-- For lists of many people: all the files of the persons of these files whom the reader may reach, so that what one source says can stand
-- beside what another does. person_id joins them and is never shown; ref is how pages name the person.
create function record.files_alongside(files uuid[])
returns table (person_key uuid, person_id uuid, ref uuid, address_protected boolean)
language sql stable security definer set search_path = ''
begin atomic
  with reached as (
    select distinct mine.person_id
    from access.person_file mine
    where mine.person_key = any (files) and exists (
      select from access.reach r
      where r.person_key = mine.person_key and r.principal = any (access.principals())
        and r.since <= platform.now() and r.until > platform.now())
  ), person as (
    -- Whoever broke the glass sees the location, and reach says so.
    select reached.person_id, not exists (
      select from access.person_file one join access.reach r on r.person_key = one.person_key
      where one.person_id = reached.person_id and r.principal = any (access.principals())
        and r.since <= platform.now() and r.until > platform.now() and r.sees_location) as address_protected
    from reached
  )
  select one.person_key, person.person_id, people.ref_of(one.person_key), person.address_protected
  from person join access.person_file one using (person_id);
end;

revoke all on function record.sources_withholding, record.whose, record.files_alongside from public;
grant execute on function record.sources_withholding, record.whose, record.files_alongside to gt_record;

-- The live list of who is in hospital and on a caseload asks for these and for nothing else.
create index on record.v_encounter (person_key) where status = 'in-progress';
create index on record.v_episode (person_key) where status = 'active';
