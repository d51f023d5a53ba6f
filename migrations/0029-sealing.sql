-- The seal, in batches that stay small however long the sealer was away: the digest of a batch is made in memory, and a day without the sealer
-- was more than fits. The digest of a row and of a batch is what it was, so what is sealed stays sealed.
set role gt_owner;

-- A batch ends before the oldest transaction that is still open, since that one may yet commit rows, or after so many rows, where a transaction
-- ends: what a transaction did is never in two batches.
create or replace function access.seal_audit() returns table (sealed bigint, head text)
language plpgsql security definer set search_path = '' as $$
declare
  most constant integer := 20000;
  last access.audit_seal;
  since xid8;
  horizon xid8 := pg_snapshot_xmin(pg_current_snapshot());
  first xid8;
  beyond xid8;
  counted bigint;
  rows_digest bytea;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit seal', 2));
  select * into last from access.audit_seal order by id desc limit 1;
  since := coalesce(last.to_transaction, '0'::xid8);
  if since >= horizon then
    return;
  end if;
  select a.transaction into first from access.audit a where a.transaction >= since and a.transaction < horizon order by a.transaction limit 1;
  select a.transaction into beyond from access.audit a where a.transaction >= since and a.transaction < horizon order by a.transaction offset most limit 1;
  if beyond = first then
    select a.transaction into beyond from access.audit a where a.transaction > first and a.transaction < horizon order by a.transaction limit 1;
  end if;
  horizon := coalesce(beyond, horizon);
  select count(*), sha256(convert_to(coalesce(string_agg(access.audit_text(a), chr(10) order by a.transaction, a.id), ''), 'UTF8'))
    into counted, rows_digest
    from access.audit a
    where a.transaction >= since and a.transaction < horizon;
  if counted = 0 then
    return;
  end if;
  insert into access.audit_seal (from_transaction, to_transaction, row_count, digest)
    values (since, horizon, counted, sha256(coalesce(last.digest, ''::bytea) || rows_digest));
  return query select counted, encode(s.digest, 'hex') from access.audit_seal s order by s.id desc limit 1;
end $$;

-- The seals made since one, for the anchor outside the database.
create function access.seals_after(seal bigint, most integer) returns table (id bigint, at timestamptz, row_count bigint, head text)
language sql stable security definer set search_path = ''
begin atomic
  select s.id, s.at, s.row_count, encode(s.digest, 'hex') from access.audit_seal s where s.id > seal order by s.id limit most;
end;
create function access.seal_of(head text) returns bigint
language sql stable security definer set search_path = ''
begin atomic
  select s.id from access.audit_seal s where s.digest = decode(head, 'hex');
end;

-- How far the seal is behind: committed rows that no seal covers, counted up to a limit, and since when.
create function access.unsealed(most integer) returns table (waiting bigint, oldest timestamptz)
language sql stable security definer set search_path = ''
begin atomic
  select count(*), min(u.at) from (
    select a.at from access.audit a
    where a.transaction >= coalesce((select s.to_transaction from access.audit_seal s order by s.id desc limit 1), '0'::xid8)
    order by a.transaction limit most) u;
end;

-- `npm run audit:verify` walks the chain from outside, row by row.
drop function access.broken_seal;
revoke all on function access.seals_after, access.seal_of, access.unsealed from public;
grant execute on function access.seals_after, access.seal_of to gt_access;
grant execute on function access.unsealed to gt_feeds;

-- What a monitoring system and a balancer ask.
create function platform.jobs_failed() returns bigint language plpgsql stable security definer set search_path = '' as $$
begin
  return (select count(*) from graphile_worker.jobs j where j.attempts >= j.max_attempts);
end $$;
create function platform.months_ahead() returns integer language sql stable security definer set search_path = ''
begin atomic
  select count(*)::integer from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'access.audit'::regclass
    and substring(pg_catalog.pg_get_expr(c.relpartbound, c.oid) from 'FROM \(''([^'']+)''\)')::timestamptz > platform.now();
end;
reset role;
grant select on public.migration to gt_owner;
set role gt_owner;
create function platform.newest_migration() returns text language sql stable security definer set search_path = ''
begin atomic
  select max(m.name) from public.migration m;
end;
revoke all on function platform.jobs_failed, platform.months_ahead, platform.newest_migration from public;
grant execute on function platform.jobs_failed, platform.months_ahead to gt_feeds;
grant execute on function platform.newest_migration, platform.jobs_due to gt_access;
