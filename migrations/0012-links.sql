-- Which files are one person. Two files stand to each other as the rules weigh them and as somebody has said; a person is whatever those
-- statements join, and is worked out again from them each time one changes. So a link that is taken back leaves nothing behind, and the order
-- in which things were said does not matter.
set role gt_owner;

-- Log: what a practitioner, or the source of both, said of two files. The latest row for a pair wins. replaces: the row that it answers.
create table people.verdict (
  person_key uuid not null,
  other_key uuid not null,
  id bigint generated always as identity,
  verdict text not null check (verdict in ('same', 'parted', 'never the same', 'not sure', 'taken back')),
  why text not null,
  source text default access.own_source(),
  replaces bigint,
  recorded_at timestamptz not null default platform.now(),
  recorded_by text not null default access.actor(),
  primary key (person_key, other_key, id),
  check (person_key < other_key)
);
comment on table people.verdict is 'class: log';

-- Projection of demographics and verdicts: how two files stand to each other, once from each side.
create table people.pair (
  person_key uuid not null,
  other_key uuid not null,
  rule text not null default 'different' check (rule in ('same', 'doubt', 'different')),
  score real not null default 0,
  reasons jsonb not null default '[]',
  raised_at timestamptz not null default platform.now(),
  verdict text,
  verdict_id bigint,
  primary key (person_key, other_key)
);
comment on table people.pair is 'class: projection';

-- Log: identifiers that were replaced for a reason that the law protects, such as adoption or a gender recognition certificate. Neither the
-- reason nor the new number is kept: the two must never be connected. The latest row for an identifier wins.
create table people.superseded_claim (
  system text not null,
  value text not null,
  id bigint generated always as identity,
  in_force boolean not null,
  recorded_at timestamptz not null default platform.now(),
  recorded_by text not null default access.actor(),
  primary key (system, value, id)
);
comment on table people.superseded_claim is 'class: log';

alter table people.person_link add column replaces bigint;
comment on column people.person_link.replaces is 'the row of the same file that this one replaces';
-- What the rule joined before there were pairs.
insert into people.pair (person_key, other_key, rule)
  select one.person_key, other.person_key, 'same'
  from access.person_file one join access.person_file other using (person_id)
  where one.person_key <> other.person_key;

do $$ declare t regclass; begin
  foreach t in array array['people.verdict', 'people.pair', 'people.superseded_claim']::regclass[] loop
    perform access.owner_passes(t);
  end loop;
end $$;

-- Those of these files that carry an identifier which was superseded. They stand alone.
create function people.superseded(files uuid[]) returns uuid[]
language plpgsql stable security definer set search_path = '' set enable_seqscan = off as $$
begin
  -- Few places have any, and this is asked with every write.
  if not exists (select from people.superseded_claim) then
    return '{}';
  end if;
  return array(
    select f.person_key
    from people.file f left join people.demographic d on d.person_key = f.person_key
    where f.person_key = any (files) and (
      (select s.in_force from people.superseded_claim s where s.system = 'https://fhir.nhs.uk/Id/nhs-number' and s.value = d.nhs_number order by s.id desc limit 1)
      or (select s.in_force from people.superseded_claim s where s.system = f.local_system and s.value = f.local_value order by s.id desc limit 1)));
end $$;

-- Whether two files that stand like this are joined.
create function people.joined(rule text, verdict text, by_rule boolean) returns boolean
language sql immutable parallel safe
return coalesce(verdict = 'same', false) or (by_rule and rule = 'same' and (verdict is null or verdict = 'not sure'));

-- The persons that these files make, each named by the earliest of its files. by_rule: whether what the rule alone joins counts.
create function people.components(members uuid[], by_rule boolean) returns table (person_key uuid, head uuid)
language sql stable security definer set search_path = ''
begin atomic
  with recursive edge as (
    select p.person_key as one, p.other_key as other from people.pair p
    where p.person_key = any (members) and p.other_key = any (members) and people.joined(p.rule, p.verdict, by_rule)
      and p.person_key <> all ((select people.superseded(members))::uuid[]) and p.other_key <> all ((select people.superseded(members))::uuid[])
  ), reached (start, file) as (
    select m, m from unnest(members) m
    union
    select r.start, e.other from reached r join edge e on e.one = r.file
  )
  select distinct on (r.start) r.start, r.file
  from reached r join people.file f on f.person_key = r.file
  order by r.start, f.recorded_at, f.person_key;
end;

-- Works out again which persons these files and all that hang on them make, and writes what changed. Where what the rule joins would bring
-- together two files of which somebody said that they are never the same, the rule joins nobody there: there is no telling which it should be.
create function people.settle(touched uuid[], because text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  members uuid[] := touched;
  grown uuid[];
  changes jsonb;
  whose uuid;
begin
  loop
    -- Two transactions that touch one person take turns, and the second reads what the first wrote.
    perform from access.person_file f where f.person_key = any (members) order by f.person_key for update;
    select array_agg(distinct reached.file) into grown from (
      select unnest(members) as file
      union all
      select theirs.person_key from access.person_file mine join access.person_file theirs using (person_id) where mine.person_key = any (members)
      union all
      select p.other_key from people.pair p where p.person_key = any (members) and people.joined(p.rule, p.verdict, true)
    ) reached;
    exit when cardinality(grown) = cardinality(members);
    members := grown;
  end loop;

  with whole as (
    select * from people.components(members, true)
  ), torn as (
    select distinct one.head from whole one
    join people.pair p on p.person_key = one.person_key and p.verdict = 'never the same'
    join whole other on other.person_key = p.other_key and other.head = one.head
  ), settled as (
    select whole.person_key, case when whole.head in (select torn.head from torn) then said.head else whole.head end as head
    from whole join people.components(members, false) said using (person_key)
  ), becoming as (
    select s.person_key, s.head, now.person_id as before,
           (select l.person_id from people.person_link l where l.person_key = s.head order by l.id limit 1) as after,
           exists (select from settled one join settled other on other.head = one.head
                   join people.pair p on p.person_key = one.person_key and p.other_key = other.person_key and p.verdict = 'never the same'
                   where one.head = s.head) as forbidden
    from settled s join access.person_file now on now.person_key = s.person_key
  )
  select jsonb_agg(jsonb_build_object('file', b.person_key, 'before', b.before, 'after', b.after, 'forbidden', b.forbidden,
           'act', case when exists (select from becoming o where o.head = b.head and o.before <> b.before) then 'link' else 'unlink' end))
    into changes from becoming b where b.before <> b.after or b.forbidden;
  if changes is null then
    return;
  end if;
  if changes @> '[{"forbidden": true}]' then
    raise exception 'these files cannot be one person' using errcode = 'GT001';
  end if;

  insert into people.person_link (person_key, person_id, act, why, replaces)
    select c.file, c.after, c.act, because, (select max(l.id) from people.person_link l where l.person_key = c.file)
    from jsonb_to_recordset(changes) c (file uuid, after uuid, act text);
  update access.person_file f set person_id = c.after from jsonb_to_recordset(changes) c (file uuid, after uuid) where f.person_key = c.file;
  for whose in
    select distinct person from jsonb_to_recordset(changes) c (before uuid, after uuid), unnest(array[c.before, c.after]) person order by 1
  loop
    perform access.refresh_reach(whose);
  end loop;
end $$;

-- How a pair stands, from both sides.
create function people.stand(one uuid, other uuid, said text, said_id bigint) returns void
language sql security definer set search_path = ''
begin atomic
  insert into people.pair as p (person_key, other_key, verdict, verdict_id) values (one, other, said, said_id), (other, one, said, said_id)
  on conflict (person_key, other_key) do update set verdict = excluded.verdict, verdict_id = excluded.verdict_id;
end;

-- Somebody says how two files stand to each other. GT001: they cannot be one person. GT002: what was seen has been answered meanwhile.
-- people.say, below, is the way to it.
-- said 'unlink' takes back a link, or that the two are never the same. Where the rule would still join what is unlinked, they stay parted.
create function people.answer(one uuid, other uuid, said text, because text, must_replace boolean, seen bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  by_source text := access.own_source();
  stands people.pair;
  answered people.verdict;
  now_said text := said;
  said_id bigint;
begin
  if one = other or said not in ('same', 'unlink', 'never the same', 'not sure') then
    raise invalid_parameter_value using message = 'two files, and one of what may be said of them';
  end if;
  if by_source is not null then
    if said not in ('same', 'unlink') or (select count(*) from people.file f where f.person_key in (one, other) and f.source = by_source) < 2 then
      raise insufficient_privilege using message = 'a sending system speaks of its own files';
    end if;
  elsif not 'matching' = any (coalesce(access.categories(), '{}')) then
    raise insufficient_privilege using message = 'only a role that matches records says who is one person';
  end if;
  perform from access.person_file f where f.person_key in (one, other) order by f.person_key for update;
  select * into stands from people.pair p where p.person_key = one and p.other_key = other;
  select * into answered from people.verdict v where v.person_key = least(one, other) and v.other_key = greatest(one, other) and v.id = stands.verdict_id;
  if must_replace and stands.verdict_id is distinct from seen then
    raise exception 'answered meanwhile' using errcode = 'GT002';
  end if;
  if cardinality(people.superseded(array[one, other])) > 0 then
    raise exception 'these files cannot be one person' using errcode = 'GT001';
  end if;
  if said = 'same' then
    if stands.verdict = 'same' then
      return stands.verdict_id;
    end if;
    -- A source does not overrule a practitioner; a practitioner takes back what was said before saying the opposite.
    if stands.verdict = 'never the same' or (by_source is not null and stands.verdict = 'parted' and answered.source is null) then
      raise exception 'these files cannot be one person' using errcode = 'GT001';
    end if;
  elsif said = 'unlink' then
    if not people.joined(stands.rule, stands.verdict, true) and stands.verdict is distinct from 'never the same' then
      raise exception 'they are not linked' using errcode = 'GT002';
    end if;
    -- What was said before it holds again, but for a decision: that was answered once, and is not brought back by taking back its answer.
    now_said := case when stands.verdict in ('same', 'never the same') then coalesce((
      select v.verdict from people.verdict v
      where v.person_key = answered.person_key and v.other_key = answered.other_key and v.id = answered.replaces
        and v.verdict in ('parted', 'not sure')), 'taken back') else 'parted' end;
  end if;
  said_id := people.say_row(one, other, now_said, because, stands.verdict_id);
  -- Where the rule joins them even so, a practitioner who unlinks them means it.
  if said = 'unlink' and by_source is null and stands.verdict = 'same' and stands.rule = 'same' and now_said <> 'parted'
     and (select count(distinct f.person_id) from access.person_file f where f.person_key in (one, other)) = 1 then
    said_id := people.say_row(one, other, 'parted', because, said_id);
  end if;
  return said_id;
end $$;

create function people.say_row(one uuid, other uuid, said text, because text, answers bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare said_id bigint;
begin
  insert into people.verdict (person_key, other_key, verdict, why, replaces)
    values (least(one, other), greatest(one, other), said, because, answers) returning id into said_id;
  perform people.stand(one, other, nullif(said, 'taken back'), said_id);
  perform people.settle(array[one, other], because);
  return said_id;
end $$;

-- The same, with what stands against it as an answer and not as an error: a source sends many messages in one transaction, and one of them
-- that cannot be done must not undo the others.
create function people.say(one uuid, other uuid, said text, because text, must_replace boolean, seen bigint)
returns table (verdict_id bigint, against text)
language plpgsql security definer set search_path = '' as $$
begin
  return query select people.answer(one, other, said, because, must_replace, seen), null::text;
exception when sqlstate 'GT001' or sqlstate 'GT002' then
  return query select null::bigint, sqlstate;
end $$;

-- The rule has weighed a file of this source against others: all of them, so that whoever is not named no longer stands near it.
create function people.weighed(file uuid, others uuid[], rules text[], scores real[], because jsonb[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
  joined_before uuid[];
  joined_now uuid[];
begin
  if not exists (select from people.file f where f.person_key = file and f.source = access.own_source()) then
    raise insufficient_privilege using message = 'a sending system speaks of its own files';
  end if;
  select coalesce(array_agg(p.other_key order by p.other_key), '{}') into joined_before from people.pair p where p.person_key = file and p.rule = 'same';
  insert into people.doubt (person_key, other_key, why)
    select file, w.other, because_of.words
    from unnest(others, rules, because) w (other, rule, reasons)
    left join people.pair p on p.person_key = file and p.other_key = w.other
    cross join lateral (select string_agg(each.value ->> 'words', '; ') as words from jsonb_array_elements(w.reasons) each) because_of
    where w.rule = 'doubt' and p.rule is distinct from 'doubt';
  delete from people.pair p where p.verdict_id is null
    and ((p.person_key = file and p.other_key <> all (others)) or (p.other_key = file and p.person_key in (
      select q.other_key from people.pair q where q.person_key = file and q.other_key <> all (others))));
  update people.pair p set rule = 'different', score = 0, reasons = '[]'
    from people.pair mine
    where mine.person_key = file and mine.other_key <> all (others) and mine.rule <> 'different'
      and ((p.person_key = file and p.other_key = mine.other_key) or (p.person_key = mine.other_key and p.other_key = file));
  insert into people.pair as p (person_key, other_key, rule, score, reasons)
    select side.one, side.other, w.rule, w.score, w.reasons
    from unnest(others, rules, scores, because) w (other, rule, score, reasons)
    cross join lateral (values (file, w.other), (w.other, file)) side (one, other)
    order by 1, 2
  on conflict (person_key, other_key) do update
    set rule = excluded.rule, score = excluded.score, reasons = excluded.reasons,
        raised_at = case when p.rule = 'different' then excluded.raised_at else p.raised_at end
    where (p.rule, p.score, p.reasons) is distinct from (excluded.rule, excluded.score, excluded.reasons);
  select coalesce(array_agg(p.other_key order by p.other_key), '{}') into joined_now from people.pair p where p.person_key = file and p.rule = 'same';
  -- A number that was superseded also parts what somebody joined; and what somebody joined holds again once the number is corrected.
  if joined_now <> joined_before or exists (select from people.pair p where p.person_key = file and p.verdict = 'same') then
    perform people.settle(array[file] || joined_before || joined_now, case
      when joined_now = joined_before then 'what a source says of the NHS number has changed'
      when joined_before <@ joined_now then 'the NHS number and a second identifier agree'
      else 'the NHS number and a second identifier no longer agree' end);
  end if;
end $$;

-- A file holds the NHS number that it carries, and lets go of one that it carries no longer. Whoever claims a number that another transaction
-- is claiming waits for it here. number: null where it has none, or none that can be right. Returns the other files that carry it.
drop function people.claim;
create function people.candidates(file uuid, number text) returns setof people.demographic
language plpgsql security definer set search_path = '' as $$
declare
  number_system constant text := 'https://fhir.nhs.uk/Id/nhs-number';
begin
  if not exists (select from people.file f where f.person_key = file and f.source = access.own_source()) then
    raise insufficient_privilege using message = 'a sending system speaks of its own files';
  end if;
  if number is not null then
    insert into people.identifier_claim (system, value, person_key) values (number_system, number, file) on conflict do nothing;
    perform from people.identifier_claim c where c.system = number_system and c.value = number for update;
  end if;
  perform people.let_go(file, number);
  return query select d.* from people.demographic d
    where d.nhs_number = number and d.person_key <> file;
end $$;

-- A number that this file no longer carries passes to the next file that does, or to nobody.
create function people.let_go(file uuid, number text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  left_behind record;
  heir uuid;
begin
  for left_behind in select c.system, c.value from people.identifier_claim c 
    where c.person_key = file and c.system = 'https://fhir.nhs.uk/Id/nhs-number' and c.value is distinct from number for update loop
    select d.person_key into heir from people.demographic d join people.file f on f.person_key = d.person_key
      where d.nhs_number = left_behind.value and d.person_key <> file order by f.recorded_at, f.person_key limit 1;
    if heir is null then
      delete from people.identifier_claim c where c.system = left_behind.system and c.value = left_behind.value;
    else
      update people.identifier_claim c set person_key = heir where c.system = left_behind.system and c.value = left_behind.value;
    end if;
  end loop;
end $$;

-- An identifier was superseded (or was not, after all). Every file that carries it stands alone from now on, and is suggested to nobody.
create function people.supersede(id_system text, id_value text, holds boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare carrying uuid[];
begin
  if access.own_source() is null and not 'matching' = any (coalesce(access.categories(), '{}')) then
    raise insufficient_privilege using message = 'only a sending system or a role that matches records says this';
  end if;
  insert into people.superseded_claim (system, value, in_force) values (id_system, id_value, holds);
  select array_agg(f.person_key order by f.person_key) into carrying
    from people.file f left join people.demographic d on d.person_key = f.person_key
    where (id_system = 'https://fhir.nhs.uk/Id/nhs-number' and d.nhs_number = id_value) or (f.local_system = id_system and f.local_value = id_value);
  if carrying is not null then
    perform people.settle(carrying, 'an identifier was superseded');
  end if;
end $$;

-- Only a new file may be placed by its source; which files are one person is settled from what was said of them.
create or replace function access.file_joins(file uuid, joins uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if access.own_source() is null or exists (select from access.person_file f where f.person_key = file or f.person_id = joins) then
    raise insufficient_privilege using message = 'only a sending system opens a file, once, as a person of its own';
  end if;
  -- Nobody has a bond with it yet, so nothing reaches it.
  insert into access.person_file (person_key, person_id) values (file, joins);
end $$;

-- Planned while the tables are still small they would read them whole, and go on doing so while they grow.
alter function people.components set enable_seqscan = off;
alter function people.settle set enable_seqscan = off;
alter function people.weighed set enable_seqscan = off;
alter function people.answer set enable_seqscan = off;
alter function people.let_go set enable_seqscan = off;
alter function people.supersede set enable_seqscan = off;

revoke all on function people.superseded, people.components, people.settle, people.stand, people.answer, people.say, people.say_row, people.weighed, people.candidates, people.let_go, people.supersede from public;
grant execute on function people.say, people.supersede to gt_people, gt_record, gt_feeds;
grant execute on function people.weighed, people.candidates to gt_people, gt_record, gt_feeds;
