-- What the rules compare, the worklist of those who match records, and tracing a whole list.
set role gt_owner;

alter table people.demographic
  add column number_verified boolean,
  add column former_family_keys text[] not null default '{}',
  add column address_key text,
  add column phone_key text,
  add column practice text,
  add column family_sound text collate "C",
  add column given_sound text collate "C";
create index on people.demographic (birth_date, family_sound);
create index on people.demographic (birth_date, given_sound);
create index on people.demographic (postcode_key, family_sound);
create index on people.pair (raised_at) where person_key < other_key and rule <> 'different';

-- The files worth comparing with this one: with its number, or born that day (or on one of the other days given, for day and month swapped)
-- and with a name that sounds alike, or of that name at that postcode. Looked up by equality only. What more than a hundred files share, such
-- as a test name, tells nobody apart and is left out.
create or replace function people.candidates(file uuid, number text) returns setof people.demographic
language plpgsql security definer set search_path = '' set enable_seqscan = off as $$
declare
  number_system constant text := 'https://fhir.nhs.uk/Id/nhs-number';
  mine people.demographic;
  near uuid[];
  gone uuid[];
begin
  select * into mine from people.demographic d where d.person_key = file and d.source = access.own_source();
  if not found then
    raise insufficient_privilege using message = 'a sending system speaks of its own files';
  end if;
  if number is not null then
    insert into people.identifier_claim (system, value, person_key) values (number_system, number, file) on conflict do nothing;
    perform from people.identifier_claim c where c.system = number_system and c.value = number for update;
  end if;
  perform people.let_go(file, number);
  if cardinality(people.superseded(array[file])) > 0 then
    return;
  end if;
  select array_agg(distinct d.person_key) into near from (
    select d.person_key from people.demographic d where d.nhs_number = number
    union all select people.sharing(mine.birth_date, mine.family_sound, mine.given_sound)
    union all select people.sharing(people.swapped(mine.birth_date), mine.family_sound, mine.given_sound)
    union all select people.at_home(mine.postcode_key, mine.family_sound)
  ) d;
  gone := people.superseded(near);
  return query select d.* from people.demographic d
    where d.person_key = any (near) and d.person_key <> file and d.person_key <> all (gone);
end $$;

-- The day on which somebody was born if its day and month are swapped; null where there is none, or it is the same.
create function people.swapped(born date) returns date language sql immutable parallel safe
return case when extract(day from born) <= 12 and extract(day from born) <> extract(month from born)
  then make_date(extract(year from born)::int, extract(day from born)::int, extract(month from born)::int) end;

-- Files born that day of which a name sounds like one of these; a family name may have been taken for a given name.
create function people.sharing(born date, family_like text, given_like text) returns setof uuid
language plpgsql stable security definer set search_path = '' set enable_seqscan = off as $$
declare
  found uuid[];
begin
  for found in
    select array(select d.person_key from people.demographic d where d.birth_date = born and d.family_sound = family_like limit 101)
    union all select array(select d.person_key from people.demographic d where d.birth_date = born and d.given_sound = given_like limit 101)
    union all select array(select d.person_key from people.demographic d where d.birth_date = born and d.family_sound = given_like limit 101)
  loop
    if cardinality(found) <= 100 then
      return query select unnest(found);
    end if;
  end loop;
end $$;

create function people.at_home(home text, family_like text) returns setof uuid
language plpgsql stable security definer set search_path = '' set enable_seqscan = off as $$
declare
  found uuid[] := array(select d.person_key from people.demographic d where d.postcode_key = home and d.family_sound = family_like limit 101);
begin
  if cardinality(found) <= 100 then
    return query select unnest(found);
  end if;
end $$;

create function people.protected(person uuid) returns boolean
language sql stable security definer set search_path = ''
begin atomic
  select exists (
    select from access.person_file f join access.protection p on p.person_key = f.person_key
    where f.person_id = person and p.kind = 'protected address' and p.in_force
      and not exists (select from access.protection later where later.person_key = p.person_key and later.kind = p.kind
                      and later.basis = p.basis and later.id > p.id));
end;

-- What somebody who matches records sees of one file: what tells people apart, and which number to look up in the source's own system.
-- hidden: the address of either of two is protected, so that neither side gives away the other's.
create function people.side(file uuid, hidden boolean) returns jsonb
language sql stable security definer set search_path = ''
begin atomic
  select jsonb_build_object('key', f.person_key, 'ref', f.ref, 'source', f.source, 'local', f.local_value, 'opened', f.recorded_at,
           'nhs_number', d.nhs_number, 'number_verified', d.number_verified, 'family', d.family, 'given', d.given, 'title', d.title,
           'birth_date', d.birth_date, 'gender', d.gender, 'postcode', case when hidden then null else d.postcode end,
           'died', d.died, 'hidden', hidden)
  from people.file f join people.demographic d on d.person_key = f.person_key
  where f.person_key = file and 'matching' = any (access.categories());
end;

-- The reasons without what would say where a protected address is.
create function people.reasons_shown(reasons jsonb, hidden boolean) returns jsonb language sql immutable parallel safe
return (select coalesce(jsonb_agg(r.reason order by r.place), '[]') from jsonb_array_elements(reasons) with ordinality r (reason, place)
        where not hidden or r.reason ->> 'field' not in ('postcode', 'address', 'phone', 'practice'));

-- Every file that carries an identifier which was superseded: few.
create function people.all_superseded() returns uuid[]
language sql stable security definer set search_path = ''
begin atomic
  select people.superseded(coalesce(array_agg(carrying.person_key), '{}')) from (
    select d.person_key from people.superseded_claim s join people.demographic d on d.nhs_number = s.value
    union
    select f.person_key from people.superseded_claim s join people.file f on f.local_system = s.system and f.local_value = s.value
  ) carrying;
end;

-- The worklist: pairs of files that may be one person and of which nobody has said so or said no. One row for each two persons, the likeliest
-- pair of their files. decided: instead, the pairs of the latest 200 verdicts that somebody gave.
create function people.worklist(decided boolean)
returns table (one_key uuid, other_key uuid, number_agreement text, score real, raised_at timestamptz, verdict text, verdict_id bigint, said_by text)
language plpgsql stable security definer set search_path = '' as $$
declare gone uuid[];
begin
  if not 'matching' = any (coalesce(access.categories(), '{}')) then
    raise insufficient_privilege using message = 'only a role that matches records sees the worklist';
  end if;
  gone := people.all_superseded();
  return query
  with never as materialized (
    select f.person_id as a, o.person_id as b
    from people.pair p
    join access.person_file f on f.person_key = p.person_key
    join access.person_file o on o.person_key = p.other_key
    where p.verdict = 'never the same'
  ), standing as (
    select p.*, f.person_id as a, o.person_id as b
    from people.pair p
    join access.person_file f on f.person_key = p.person_key
    join access.person_file o on o.person_key = p.other_key
    where p.person_key < p.other_key and p.person_key <> all (gone) and p.other_key <> all (gone)
      and case when decided then p.verdict in ('same', 'parted', 'never the same') and p.verdict_id in (
          select v.id from people.verdict v order by v.id desc limit 200)
        else p.rule <> 'different' and coalesce(p.verdict, '') not in ('same', 'never the same') and f.person_id <> o.person_id end
  ), open as (
    select distinct on (case when decided then s.person_key else least(s.a, s.b) end, case when decided then s.other_key else greatest(s.a, s.b) end) s.*
    from standing s
    where decided or (s.a, s.b) not in (select never.a, never.b from never)
    order by case when decided then s.person_key else least(s.a, s.b) end, case when decided then s.other_key else greatest(s.a, s.b) end,
             s.verdict_id is null, s.score desc, s.raised_at
  )
  select open.person_key, open.other_key, jsonb_path_query_first(open.reasons, '$[*] ? (@.field == "NHS number").agreement') #>> '{}',
         open.score, open.raised_at, open.verdict, open.verdict_id, v.recorded_by
  from open
  left join people.verdict v on v.person_key = open.person_key and v.other_key = open.other_key and v.id = open.verdict_id;
end $$;
-- One pair by the references of its files, however it stands; none where a number was superseded.
create function people.one_pair(reference uuid, other_reference uuid)
returns table (one_key uuid, other_key uuid, number_agreement text, score real, raised_at timestamptz, verdict text, verdict_id bigint, said_by text)
language sql stable security definer set search_path = ''
begin atomic
  select p.person_key, p.other_key, jsonb_path_query_first(p.reasons, '$[*] ? (@.field == "NHS number").agreement') #>> '{}',
         p.score, p.raised_at, p.verdict, p.verdict_id, v.recorded_by
  from people.file f
  join people.file o on o.ref = other_reference
  join people.pair p on p.person_key = f.person_key and p.other_key = o.person_key
  left join people.verdict v on v.person_key = least(p.person_key, p.other_key) and v.other_key = greatest(p.person_key, p.other_key) and v.id = p.verdict_id
  where f.ref = reference and 'matching' = any (access.categories())
    and cardinality(people.superseded(array[f.person_key, o.person_key])) = 0;
end;

-- What stands on both sides of these pairs, for those that are shown.
create function people.sides(ones uuid[], others uuid[])
returns table (one_key uuid, other_key uuid, one jsonb, other jsonb, rule text, reasons jsonb, why text, said_at timestamptz)
language sql stable security definer set search_path = ''
begin atomic
  select p.person_key, p.other_key, people.side(p.person_key, h.hidden), people.side(p.other_key, h.hidden), p.rule,
         people.reasons_shown(p.reasons, h.hidden), v.why, v.recorded_at
  from unnest(ones, others) asked (one, other)
  join people.pair p on p.person_key = asked.one and p.other_key = asked.other
  join access.person_file f on f.person_key = asked.one
  join access.person_file o on o.person_key = asked.other
  cross join lateral (select people.protected(f.person_id) or people.protected(o.person_id) as hidden) h
  left join people.verdict v on v.person_key = least(p.person_key, p.other_key) and v.other_key = greatest(p.person_key, p.other_key) and v.id = p.verdict_id
  where 'matching' = any (access.categories());
end;
create index on people.pair (person_key) where verdict = 'never the same';
create index on people.verdict (id);

-- One person's files, what joins each two of them or keeps another person's away, and how it came to be.
create function people.made_of(files uuid[]) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare hidden boolean;
begin
  if not 'matching' = any (coalesce(access.categories(), '{}')) then
    raise insufficient_privilege using message = 'only a role that matches records sees what a person is made of';
  end if;
  select coalesce(bool_or(people.protected(f.person_id)), false) into hidden from access.person_file f where f.person_key = any (files);
  return jsonb_build_object(
    'files', (select jsonb_agg(people.side(f.person_key, hidden) order by f.recorded_at, f.person_key) from people.file f where f.person_key = any (files)),
    'pairs', (select coalesce(jsonb_agg(jsonb_build_object('one', p.person_key, 'other', p.other_key, 'rule', p.rule, 'score', p.score,
                       'reasons', people.reasons_shown(p.reasons, hidden or people.protected(o.person_id)), 'raised_at', p.raised_at, 'verdict', p.verdict,
                       'verdict_id', p.verdict_id, 'why', v.why, 'said_by', v.recorded_by, 'said_at', v.recorded_at,
                       'apart', case when p.other_key <> all (files) then people.side(p.other_key, hidden or people.protected(o.person_id)) end)
                     order by p.raised_at), '[]')
              from people.pair p
              join access.person_file o on o.person_key = p.other_key
              left join people.verdict v on v.person_key = least(p.person_key, p.other_key) and v.other_key = greatest(p.person_key, p.other_key) and v.id = p.verdict_id
              where p.person_key = any (files)
                and ((p.other_key = any (files) and p.person_key < p.other_key and people.joined(p.rule, p.verdict, true)) or p.verdict = 'never the same')
                and cardinality(people.superseded(array[p.person_key, p.other_key])) = 0),
    'history', (select coalesce(jsonb_agg(jsonb_build_object('file', l.person_key, 'act', l.act, 'why', l.why, 'at', l.recorded_at, 'by', l.recorded_by) order by l.id desc), '[]')
                from people.person_link l where l.person_key = any (files)));
end $$;

-- The files behind references, for whoever matches records.
create function people.file_of(reference uuid) returns uuid
language sql stable security definer set search_path = ''
begin atomic
  select f.person_key from people.file f where f.ref = reference and 'matching' = any (access.categories());
end;

-- For a list sent to be traced: the files near each line, which must give two identifiers. Where somebody lives is compared, never given.
create function people.trace_lines(numbers text[], births date[], families text[], givens text[])
returns table (line int, person_id uuid, person_key uuid, nhs_number text, number_verified boolean, family_key text, given_key text,
               former_family_keys text[], birth_date date, gender text, postcode_key text, died boolean)
language plpgsql stable security definer set search_path = '' set enable_seqscan = off as $$
begin
  if not 'matching' = any (coalesce(access.categories(), '{}')) then
    raise insufficient_privilege using message = 'only a role that matches records traces a list';
  end if;
  return query
  select asked.line::int, f.person_id, d.person_key, d.nhs_number, d.number_verified, d.family_key, d.given_key, d.former_family_keys,
         d.birth_date, d.gender, case when people.protected(f.person_id) then null else d.postcode_key end, d.died
  from unnest(numbers, births, families, givens) with ordinality asked (number, born, family, given, line)
  cross join lateral (
    select s.person_key from people.demographic s where s.nhs_number = asked.number
    union select people.sharing(asked.born, asked.family, asked.given)
  ) near
  join people.demographic d on d.person_key = near.person_key
  join access.person_file f on f.person_key = d.person_key
  where asked.born is not null and (asked.number is not null or asked.family is not null)
    and cardinality(people.superseded(array[d.person_key])) = 0;
end $$;

-- Tracing as before, with whether the person's sources agree on a death; and a number that was superseded is found by that number alone, so
-- that no search by name shows the old record beside the new.
drop function people.trace;
create function people.trace(by_nhs_number text, by_family text, by_given text, by_birth_date date, by_postcode text)
returns table (person_id uuid, ref uuid, nhs_number text, family text, given text, title text, birth_date date, gender text,
               postcode text, died boolean, disputed boolean, source text, person_key uuid)
language sql stable security definer set search_path = ''
begin atomic
  select pf.person_id, f.ref, d.nhs_number, d.family, d.given, d.title, d.birth_date, d.gender,
         case when people.protected(pf.person_id) then null else d.postcode end, life.died, life.died and life.lives, d.source, d.person_key
  from people.demographic d
  join people.file f on f.person_key = d.person_key
  join access.person_file pf on pf.person_key = d.person_key
  cross join lateral (
    select bool_or(said.died) as died, bool_or(not said.died) as lives
    from access.person_file theirs join people.demographic said on said.person_key = theirs.person_key
    where theirs.person_id = pf.person_id) life
  where (by_nhs_number is not null or (by_family is not null and (by_birth_date is not null or by_postcode is not null)))
    and (by_nhs_number is null or d.nhs_number = by_nhs_number)
    and (by_family is null or d.family_key = by_family)
    and (by_given is null or starts_with(d.given_key, by_given))
    and (by_birth_date is null or d.birth_date = by_birth_date)
    and (by_postcode is null or d.postcode_key = by_postcode)
    and (by_nhs_number is not null or cardinality(people.superseded(array[d.person_key])) = 0)
  order by d.family, d.given, d.birth_date, f.recorded_at
  limit 100;
end;
alter function people.trace set plan_cache_mode = force_custom_plan;

revoke all on function people.trace, people.all_superseded, people.sharing, people.at_home, people.protected, people.side, people.sides, people.one_pair, people.worklist, people.made_of, people.file_of, people.trace_lines from public;
grant execute on function people.trace, people.worklist, people.one_pair, people.sides, people.made_of, people.file_of, people.trace_lines to gt_people;
