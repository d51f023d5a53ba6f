-- What whoever looks after feeds sees: each message as it stands now, and how each sender is doing.
set role gt_owner;

-- Projection of message and message_state: what became of each message, kept where a list of a million can be narrowed, sorted and counted.
-- sender is 'unknown' where the place knows nobody of that name. state_id is the row of message_state that says so: an act names it, so that
-- two people do not act on different things. refused: it went to quarantine when it came. event_at: when its sender recorded it.
create table feeds.message_now (
  message_id uuid primary key references feeds.message,
  sender text not null,
  source text not null,
  application text not null,
  facility text not null,
  control_id text not null,
  message_type text not null,
  event text not null,
  thing text,
  event_at timestamptz,
  received_at timestamptz not null,
  refused boolean not null,
  state text not null,
  state_id bigint not null,
  state_at timestamptz not null,
  reason text,
  place text
);
comment on table feeds.message_now is 'class: projection';
create index on feeds.message_now (received_at, message_id);
create index on feeds.message_now (sender, received_at, message_id);
create index on feeds.message_now (state, received_at, message_id);
create index on feeds.message_now (message_type, event, received_at, message_id);
create index on feeds.message_now (control_id);
create index on feeds.message_now (thing) where thing is not null;
create index message_now_waiting on feeds.message_now (received_at, message_id) where state in ('quarantined', 'mended');
create index message_now_waiting_by_reason on feeds.message_now (sender, reason, received_at, message_id) where state in ('quarantined', 'mended');

create function feeds.after_state() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into feeds.message_now as was
  select distinct on (c.message_id) m.id, coalesce(m.sender, 'unknown'), c.source, m.sending_application, m.sending_facility, m.control_id,
         m.message_type, m.event, c.thing, c.event_at, m.received_at,
         first_value(c.state) over (partition by c.message_id order by c.id) = 'quarantined',
         c.state, c.id, c.recorded_at, c.reason, c.place
  from changed c join feeds.message m on m.id = c.message_id
  order by c.message_id, c.id desc
  on conflict (message_id) do update set
    source = excluded.source, thing = coalesce(excluded.thing, was.thing), event_at = coalesce(excluded.event_at, was.event_at),
    state = excluded.state, state_id = excluded.state_id, state_at = excluded.state_at, reason = excluded.reason, place = excluded.place
  where excluded.state_id > was.state_id;
  return null;
end $$;
revoke all on function feeds.after_state from public;
insert into feeds.message_now
  select distinct on (m.id) m.id, coalesce(m.sender, 'unknown'), s.source, m.sending_application, m.sending_facility, m.control_id, m.message_type,
         m.event, s.thing, s.event_at, m.received_at, first_value(s.state) over (partition by m.id order by s.id) = 'quarantined',
         s.state, s.id, s.recorded_at, s.reason, s.place
  from feeds.message m join feeds.message_state s on s.message_id = m.id
  order by m.id, s.id desc;
create trigger state_counts after insert on feeds.message_state
  referencing new table as changed for each statement execute function feeds.after_state();

-- Messages are data about people. Besides their own source they are read by a role that holds the category “messages”, and by no other.
select access.owner_passes('feeds.message_now');
do $$ declare target regclass; begin
  foreach target in array array['feeds.message', 'feeds.message_state', 'feeds.message_now', 'feeds.mended_text']::regclass[] loop
    execute format($policy$create policy looked_after on %s for select to gt_feeds
      using ('messages' = any ((select access.categories())::text[]))$policy$, target);
  end loop;
end $$;
grant select on feeds.message_now to gt_feeds;
grant select on record.source_heard to gt_feeds;

-- Whom a message is about, by what became of it and by the numbers that it names; and whether the person's address is protected, in which case
-- nothing that may tell where they are is shown to whoever mends it.
create function feeds.whom_named(message uuid, numbers text[]) returns table (person_key uuid, hidden boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not 'messages' = any (coalesce(access.categories(), '{}')) then
    raise insufficient_privilege using message = 'only a role that looks after feeds asks whom a message names';
  end if;
  return query
  with named as (
    select s.person_key from feeds.message_state s where s.message_id = message and s.person_key is not null
    union select f.person_key from people.file f join feeds.message_now n on n.message_id = message and n.source = f.source
          where f.local_value = any (numbers)
    union select d.person_key from people.demographic d where d.nhs_number = any (numbers)
  )
  select named.person_key, exists (
    select from access.person_file mine
    join access.person_file theirs on theirs.person_id = mine.person_id
    join access.protection p on p.person_key = theirs.person_key
    where mine.person_key = named.person_key and p.kind = 'protected address' and p.in_force
      and not exists (select from access.protection later where later.person_key = p.person_key and later.kind = p.kind
                      and later.basis = p.basis and later.id > p.id))
  from named;
end $$;

-- How each sender is doing: figures only, nothing about anybody, so that a monitoring system that may read no message has them too. usual: the median of this hour in up to eight earlier weeks, by the clock in
-- England; a week before the sender's first message is no week. Lags are in seconds, over the messages received since lag_since.
create function feeds.figures(senders text[], lag_since timestamptz)
returns table (sender text, last_received_at timestamptz, last_hour bigint, refused_last_hour bigint, refused_last_day bigint, last_day bigint,
               waiting bigint, oldest_waiting_at timestamptz, weeks int, usual double precision,
               arrival_p50 double precision, arrival_p95 double precision, applied_p50 double precision, applied_p95 double precision)
language plpgsql stable security definer set search_path = '' as $$
declare
  right_now constant timestamptz := platform.now();
begin
  return query
  select asked.id, bounds.latest, day.hour, day.hour_refused, day.refused, day.all, waits.all, waits.oldest, past.weeks, past.usual,
         lag.arrival[1], lag.arrival[2], lag.applied[1], lag.applied[2]
  from unnest(senders) asked (id)
  cross join lateral (
    select (select max(n.received_at) from feeds.message_now n where n.sender = asked.id) as latest,
           (select min(n.received_at) from feeds.message_now n where n.sender = asked.id) as earliest
  ) bounds
  cross join lateral (
    select count(*) as all, count(*) filter (where n.refused) as refused,
           count(*) filter (where n.received_at > right_now - interval '1 hour') as hour,
           count(*) filter (where n.refused and n.received_at > right_now - interval '1 hour') as hour_refused
    from feeds.message_now n where n.sender = asked.id and n.received_at > right_now - interval '1 day' and n.received_at <= right_now
  ) day
  cross join lateral (
    select count(*) as all, min(n.received_at) as oldest
    from feeds.message_now n where n.sender = asked.id and n.state in ('quarantined', 'mended')
  ) waits
  cross join lateral (
    select count(*)::int as weeks, percentile_cont(0.5) within group (order by heard.messages) as usual
    from generate_series(1, 8) ago (week)
    cross join lateral (select (right_now at time zone 'Europe/London' - ago.week * interval '7 days') at time zone 'Europe/London' as ends) that
    cross join lateral (
      select count(*) as messages from feeds.message_now n
      where n.sender = asked.id and n.received_at > that.ends - interval '1 hour' and n.received_at <= that.ends
    ) heard
    where bounds.earliest <= that.ends - interval '1 hour'
  ) past
  cross join lateral (
    select percentile_cont(array[0.5, 0.95]) within group (order by extract(epoch from n.received_at - n.event_at)) as arrival,
           percentile_cont(array[0.5, 0.95]) within group (order by extract(epoch from n.state_at - n.received_at))
             filter (where n.state in ('applied', 'replayed')) as applied
    from feeds.message_now n where n.sender = asked.id and n.received_at > lag_since
  ) lag;
end $$;

-- What waits, by sender and reason.
create function feeds.waiting_by_reason() returns table (sender text, reason text, waiting bigint, oldest_at timestamptz)
language sql stable security definer set search_path = ''
begin atomic
  select n.sender, coalesce(n.reason, ''), count(*), min(n.received_at)
  from feeds.message_now n where n.state in ('quarantined', 'mended') group by 1, 2;
end;

-- What became of the messages that came since, by sender.
create function feeds.came_since(since timestamptz) returns table (sender text, state text, messages bigint)
language sql stable security definer set search_path = ''
begin atomic
  select n.sender, n.state, count(*) from feeds.message_now n where n.received_at > since group by 1, 2;
end;

revoke all on function feeds.whom_named, feeds.figures, feeds.waiting_by_reason, feeds.came_since from public;
grant execute on function feeds.whom_named, feeds.figures, feeds.waiting_by_reason, feeds.came_since to gt_feeds;

-- How many jobs are due, and since when the oldest of them is.
create function platform.jobs_due() returns table (due bigint, oldest_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query select count(*), min(j.run_at) from graphile_worker.jobs j where j.run_at <= platform.now() and j.locked_at is null and j.attempts < j.max_attempts;
end $$;
revoke all on function platform.jobs_due from public;
grant execute on function platform.jobs_due to gt_feeds;
