-- Many files at once: what costs a little each time costs too much a hundred thousand times. Decision 0017.
set role gt_owner;

-- Where many resources live, each asked for by its id, as record.home() says of one.
create function record.homes_of(types text[], ids text[]) returns table (type text, id text, person_key uuid)
language sql stable security definer set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
begin atomic
  select h.type, h.id, h.person_key
  from unnest(types, ids) as asked (type, id) join record.resource_home h on h.type = asked.type and h.id = asked.id;
end;

-- How a file stands to others as the rule weighs them; which files are one person is left to settle: those touched, and why.
drop function people.weighed, people.weighed_by_rule;
create function people.weighed_by_rule(file uuid, others uuid[], rules text[], scores real[], because jsonb[], out touched uuid[], out why text)
language plpgsql security definer set search_path = '' set enable_seqscan = off as $$
declare
  joined_before uuid[];
  joined_now uuid[];
begin
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
    touched := array[file] || joined_before || joined_now;
    why := case
      when joined_now = joined_before then 'what a source says of the NHS number has changed'
      when joined_before <@ joined_now then 'the NHS number and a second identifier agree'
      else 'the NHS number and a second identifier no longer agree' end;
  end if;
end $$;

-- The rule has weighed files of this source, each against others: all of them, so that whoever is not named no longer stands near it. In this order;
-- but which files are one person is settled for all that changed for one reason together.
create function people.weighed(weighings jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  correction constant text := 'what a source says of the NHS number has changed';
  one record;
  stands record;
  contradicted uuid[];
  waiting uuid[] := '{}';
  reason text;
begin
  if exists (select from jsonb_to_recordset(weighings) w (file uuid) left join people.file f on f.person_key = w.file
             where f.source is distinct from access.own_source()) then
    raise insufficient_privilege using message = 'a sending system speaks of its own files';
  end if;
  for one in
    select (w.each ->> 'file')::uuid as file, against.*
    from jsonb_array_elements(weighings) with ordinality w (each, place)
    cross join lateral (
      select coalesce(array_agg((o.each ->> 'other')::uuid order by o.place), '{}') as others,
             coalesce(array_agg(o.each ->> 'outcome' order by o.place), '{}') as rules,
             coalesce(array_agg((o.each ->> 'score')::real order by o.place), '{}') as scores,
             coalesce(array_agg(o.each -> 'reasons' order by o.place), '{}') as reasons
      from jsonb_array_elements(w.each -> 'others') with ordinality o (each, place)) against
    order by w.place
  loop
    contradicted := people.contradict(one.file);
    stands := people.weighed_by_rule(one.file, one.others, one.rules, one.scores, one.reasons);
    for stands in
      select * from (values (stands.touched, stands.why, 1), (one.file || contradicted, correction, 2)) s (touched, why, place)
      where s.touched is not null and (s.place = 1 or contradicted is not null) order by s.place
    loop
      if reason <> stands.why then
        perform people.settle(waiting, reason);
        waiting := '{}';
      end if;
      waiting := waiting || stands.touched;
      reason := stands.why;
    end loop;
  end loop;
  if cardinality(waiting) > 0 then
    perform people.settle(waiting, reason);
  end if;
end $$;

revoke all on function record.homes_of, people.weighed_by_rule, people.weighed from public;
grant execute on function record.homes_of to gt_record;
grant execute on function people.weighed to gt_people, gt_record, gt_feeds;
