-- What goes out to the regional record, where a place has switched it on: whose file is to be looked at again, what the region has been
-- sent, and how each sending went.
set role gt_owner;

-- Machinery: files about which something changed, until the region has it. wanted counts the changes, so that one that comes while the file
-- is being sent is not lost; claimed_until keeps a second process away; dead_since: it will not be tried again by itself.
create table feeds.regional_due (
  person_key uuid primary key,
  wanted bigint not null default 1,
  due_at timestamptz not null,
  attempts integer not null default 0,
  claimed_until timestamptz,
  dead_since timestamptz,
  problem text
);
create index on feeds.regional_due (due_at) where dead_since is null;
comment on table feeds.regional_due is 'class: machinery';

-- Projection: what the region holds of us, by version.
create table feeds.regional_sent (
  person_key uuid not null,
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  primary key (person_key, type, id)
);
comment on table feeds.regional_sent is 'class: projection';

-- Log: each attempt. key: the idempotency key it was sent under. status: what the region answered, where it did.
create table feeds.regional_delivery (
  person_key uuid not null,
  id bigint generated always as identity,
  at timestamptz not null default platform.now(),
  outcome text not null check (outcome in ('delivered', 'failed', 'given up')),
  key text not null,
  status smallint,
  sent integer not null,
  withdrawn integer not null,
  problem text,
  primary key (person_key, id)
);
comment on table feeds.regional_delivery is 'class: log';
create index on feeds.regional_delivery (at desc);

-- Only the feed itself reads and writes them; a job that hears of a change may add a file.
do $$ declare target regclass; begin
  foreach target in array array['feeds.regional_due', 'feeds.regional_sent', 'feeds.regional_delivery']::regclass[] loop
    perform access.owner_passes(target);
    execute format($policy$create policy feed_only on %s to gt_record
      using ((select access.actor()) = 'job:regional-feed') with check ((select access.actor()) = 'job:regional-feed')$policy$, target);
  end loop;
end $$;
grant select, insert, update, delete on feeds.regional_due, feeds.regional_sent to gt_record;
grant select, insert on feeds.regional_delivery to gt_record;

-- These files are due. One that is waiting after a failure waits on, so that a region that is down is not called at every change.
create function feeds.region_files_due(files uuid[]) returns void
language sql security definer set search_path = ''
begin atomic
  insert into feeds.regional_due as due (person_key, due_at)
  select file, platform.now() from unnest(files) as file
  on conflict (person_key) do update set wanted = due.wanted + 1, dead_since = null,
    attempts = case when due.dead_since is null then due.attempts else 0 end,
    due_at = case when due.dead_since is null and due.attempts > 0 then due.due_at else excluded.due_at end;
end;

-- Something changed about the person of this reference, or an operator asks for them again.
create function feeds.region_due(reference uuid) returns void
language sql security definer set search_path = ''
begin atomic
  select feeds.region_files_due(people.files_of(reference));
end;
-- Something became of this item: it was reported as somebody else's, given back, or moved.
create function feeds.region_item_due(item_type text, item_id text) returns void
language sql security definer set search_path = ''
begin atomic
  select feeds.region_files_due(array[h.person_key]) from record.resource_home h where h.type = item_type and h.id = item_id;
end;

-- How the feed goes, for whoever watches it: counts, and the references of those who are given up. No names.
create function feeds.region_state() returns table (waiting bigint, oldest timestamptz, delivered_today bigint, last_delivered timestamptz)
language sql stable security definer set search_path = ''
begin atomic
  select (select count(*) from feeds.regional_due d where d.dead_since is null),
    (select min(d.due_at) from feeds.regional_due d where d.dead_since is null),
    (select count(*) from feeds.regional_delivery l where l.outcome = 'delivered' and l.at > platform.now() - interval '1 day'),
    (select max(l.at) from feeds.regional_delivery l where l.outcome = 'delivered');
end;
create function feeds.region_given_up() returns table (ref uuid, since timestamptz, attempts integer, problem text)
language sql stable security definer set search_path = ''
begin atomic
  select people.ref_of(d.person_key), d.dead_since, d.attempts, d.problem
  from feeds.regional_due d where d.dead_since is not null order by d.dead_since limit 200;
end;
revoke all on function feeds.region_files_due, feeds.region_due, feeds.region_item_due, feeds.region_state, feeds.region_given_up from public;
grant execute on function feeds.region_due, feeds.region_item_due, feeds.region_state, feeds.region_given_up to gt_record;
