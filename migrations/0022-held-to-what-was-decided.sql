-- What a source says next has bounds: it joins no two NHS numbers, takes back nothing that a practitioner said, and brings back nothing that was
-- moved to somebody else.
set role gt_owner;

-- Whether this can be an NHS number: ten digits of which the last is right. src/people/nhs-number.ts says the same.
create function people.can_be_number(said text) returns boolean language sql immutable parallel safe
return case when said ~ '^[0-9]{10}$'
  then (11 - (select sum(substr(said, place, 1)::int * (11 - place)) from generate_series(1, 9) place) % 11) % 11 = substr(said, 10, 1)::int
  else false end;

-- Whether these two files carry two numbers, so that one of what joins them or what they carry is wrong.
create function people.two_numbers(one uuid, other uuid) returns boolean
language sql stable security definer set search_path = '' set enable_seqscan = off
begin atomic
  select exists (
    select from people.demographic d join people.demographic o on o.person_key = other and o.nhs_number <> d.nhs_number
    where d.person_key = one and people.can_be_number(d.nhs_number) and people.can_be_number(o.nhs_number));
end;

-- A merge that a source sent before it knew the numbers would have joined two people for good once they came. So where the latest word on a pair
-- is a source's “same”, the pair stands as 'contradicted' for as long as the numbers differ. A practitioner who has looked may still join them.
create function people.contradict(file uuid) returns uuid[]
language plpgsql security definer set search_path = '' as $$
declare
  changed uuid[];
begin
  with said as (
    select p.other_key, case when people.two_numbers(p.person_key, p.other_key) then 'contradicted' else 'same' end as now_stands
    from people.pair p
    join people.verdict v on v.person_key = least(p.person_key, p.other_key) and v.other_key = greatest(p.person_key, p.other_key) and v.id = p.verdict_id
    where p.person_key = file and v.verdict = 'same' and v.source is not null
  ), standing as (
    update people.pair p set verdict = said.now_stands from said
    where (p.person_key, p.other_key) in ((file, said.other_key), (said.other_key, file)) and p.verdict <> said.now_stands
    returning said.other_key
  )
  select array_agg(distinct standing.other_key) into changed from standing;
  return changed;
end $$;
alter function people.contradict set enable_seqscan = off;

alter function people.weighed(uuid, uuid[], text[], real[], jsonb[]) rename to weighed_by_rule;
create function people.weighed(file uuid, others uuid[], rules text[], scores real[], because jsonb[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
  contradicted uuid[];
begin
  if not exists (select from people.file f where f.person_key = file and f.source = access.own_source()) then
    raise insufficient_privilege using message = 'a sending system speaks of its own files';
  end if;
  contradicted := people.contradict(file);
  perform people.weighed_by_rule(file, others, rules, scores, because);
  if contradicted is not null then
    perform people.settle(array[file] || contradicted, 'what a source says of the NHS number has changed');
  end if;
end $$;

create or replace function people.say(one uuid, other uuid, said text, because text, must_replace boolean, seen bigint)
returns table (verdict_id bigint, against text)
language plpgsql security definer set search_path = '' as $$
declare
  practitioner boolean;
begin
  if access.own_source() is not null then
    perform from access.person_file f where f.person_key in (one, other) order by f.person_key for update;
    select v.source is null and v.verdict in ('same', 'never the same') into practitioner
      from people.pair p
      join people.verdict v on v.person_key = least(one, other) and v.other_key = greatest(one, other) and v.id = p.verdict_id
      where p.person_key = one and p.other_key = other;
    if (said = 'unlink' and practitioner) or (said = 'same' and not coalesce(practitioner, false) and people.two_numbers(one, other)) then
      return query select null::bigint, 'GT001';
      return;
    end if;
  end if;
  return query select people.answer(one, other, said, because, must_replace, seen), null::text;
exception when sqlstate 'GT001' or sqlstate 'GT002' then
  return query select null::bigint, sqlstate;
end $$;

revoke all on function people.can_be_number, people.two_numbers, people.contradict, people.weighed_by_rule, people.weighed from public;
revoke all on function people.weighed_by_rule from gt_people, gt_record, gt_feeds;
grant execute on function people.weighed to gt_people, gt_record, gt_feeds;

-- What stands already.
do $$ declare each uuid; gone uuid[]; begin
  perform set_config('gt.actor', 'migration 0022', true);
  for each in select distinct p.person_key from people.pair p where p.verdict = 'same' order by 1 loop
    gone := people.contradict(each);
    if gone is not null then
      perform people.settle(array[each] || gone, 'their NHS numbers differ');
    end if;
  end loop;
end $$;

-- An item that is moved keeps the numbers by which its source finds it. Without them the source, creating it “if none exists”, made it anew in the
-- wrong person's record.
alter function record.move_item(uuid, bigint, uuid, text, text, text) rename to move_rows;
create function record.move_item(report uuid, replaced bigint, target_ref uuid, new_body text, reason text, by_name text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  about record.wrong_person_report;
  known record.resource_identifier[];
begin
  select r.* into about from record.wrong_person_report r where r.id = report;
  known := array(select i from record.resource_identifier i
    where i.person_key = about.person_key and i.type = about.type and i.id = about.resource_id);
  perform record.move_rows(report, replaced, target_ref, new_body, reason, by_name);
  insert into record.resource_identifier (person_key, type, id, system, value, source)
    select h.person_key, k.type, k.id, k.system, k.value, k.source
    from unnest(known) k join record.resource_home h on h.type = k.type and h.id = k.id;
end $$;
revoke all on function record.move_rows, record.move_item from public;
revoke all on function record.move_rows from gt_record;
grant execute on function record.move_item to gt_record;
