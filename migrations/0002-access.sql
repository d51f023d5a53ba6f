-- Who may see what. decide() in src/access/decide.ts is the rule; its compiled scope is set on every transaction and the
-- policies below evaluate that same scope a second time, so that a query which forgets to ask still finds nothing.
set role gt_owner;

create schema access;
grant usage on schema access to gt_app, gt_access, gt_people, gt_record, gt_feeds;

-- The scope of this transaction. Nothing set means an empty scope, and an empty scope sees nothing.
create function access.listed(setting text) returns text[] language sql stable parallel safe
  return string_to_array(nullif(current_setting(setting, true), ''), chr(31));
create function access.actor() returns text language sql stable parallel safe
  return nullif(current_setting('gt.actor', true), '');
create function access.organisation() returns text language sql stable parallel safe
  return nullif(current_setting('gt.organisation', true), '');
create function access.own_source() returns text language sql stable parallel safe
  return nullif(current_setting('gt.own_source', true), '');
create function access.principals() returns text[] language sql stable parallel safe
  return access.listed('gt.principals');
create function access.categories() returns text[] language sql stable parallel safe
  return access.listed('gt.categories');
-- Files of the person that this transaction is about, by access.facts(): those with a bond that no objection narrows, and among them those
-- whose location the reader sees. A policy finds most rows here and need not look up the bond again for each.
create function access.near() returns uuid[] language sql stable parallel safe
  return access.listed('gt.near')::uuid[];
create function access.near_with_location() returns uuid[] language sql stable parallel safe
  return access.listed('gt.near_with_location')::uuid[];
create function access.sources() returns text[] language sql stable parallel safe
  return access.listed('gt.sources');

-- Projection of people.person_link: which files make one person. Kept here because every decision needs it.
create table access.person_file (
  person_key uuid primary key,
  person_id uuid not null
);
create index on access.person_file (person_id);
comment on table access.person_file is 'class: projection';

-- Log: why a team (or one practitioner, 'actor:<id>') may read about a person, from when until when.
-- The latest row for one (person_key, principal, kind, basis) wins.
create table access.relationship (
  person_key uuid not null,
  id bigint generated always as identity,
  principal text not null,
  kind text not null check (kind in ('registered practice', 'attendance', 'admission', 'open episode', 'stated reason', 'break glass')),
  basis text not null,
  since timestamptz not null,
  until timestamptz not null,
  reason text,
  recorded_at timestamptz not null default platform.now(),
  recorded_by text not null default access.actor(),
  primary key (person_key, id)
);
create index on access.relationship (recorded_at) where kind in ('stated reason', 'break glass');
comment on table access.relationship is 'class: log';

-- Log: what stands above a relationship. The latest row for one (person_key, kind, basis) wins.
create table access.protection (
  person_key uuid not null,
  id bigint generated always as identity,
  kind text not null check (kind in ('objection', 'protected address')),
  basis text not null,
  in_force boolean not null,
  recorded_at timestamptz not null default platform.now(),
  recorded_by text not null default access.actor(),
  primary key (person_key, id)
);
comment on table access.protection is 'class: log';

-- Projection of the three tables above, one row for each file of a person and each reason to read it, so that a policy
-- costs one index look-up for each row. own_only: an objection leaves a team only its own organisation's items.
create table access.reach (
  person_key uuid not null,
  principal text not null,
  kind text not null,
  origin uuid not null,
  basis text not null,
  since timestamptz not null,
  until timestamptz not null,
  own_only boolean not null,
  sees_restricted boolean not null,
  sees_location boolean not null,
  primary key (person_key, principal, kind, origin, basis)
);
create index on access.reach (principal, until, person_key);
comment on table access.reach is 'class: projection';

create function access.refresh_reach(whose uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- Two changes about one person take turns; without this each would miss the other's row.
  perform pg_advisory_xact_lock(hashtextextended(whose::text, 1));
  delete from access.reach r using access.person_file f where f.person_id = whose and r.person_key = f.person_key;
  insert into access.reach
  with file as (
    select person_key from access.person_file where person_id = whose
  ), bond as (
    select distinct on (r.person_key, r.principal, r.kind, r.basis) r.*
    from access.relationship r join file using (person_key)
    order by r.person_key, r.principal, r.kind, r.basis, r.id desc
  ), shield as (
    select distinct on (p.person_key, p.kind, p.basis) p.kind, p.in_force
    from access.protection p join file using (person_key)
    order by p.person_key, p.kind, p.basis, p.id desc
  )
  select file.person_key, bond.principal, bond.kind, bond.person_key, bond.basis, bond.since, bond.until,
         bond.kind <> 'break glass' and exists (select from shield where shield.kind = 'objection' and in_force),
         bond.kind = 'break glass',
         bond.kind = 'break glass' or not exists (select from shield where shield.kind = 'protected address' and in_force)
  from file cross join bond
  where bond.since < bond.until;
end $$;
-- Planned while the tables are still small it would read them whole, and go on doing so while they grow.
alter function access.refresh_reach set enable_seqscan = off;
revoke all on function access.refresh_reach from public;

create function access.after_bond() returns trigger language plpgsql security definer set search_path = '' as $$
declare whose uuid;
begin
  for whose in select distinct f.person_id from changed c join access.person_file f using (person_key) order by 1 loop
    perform access.refresh_reach(whose);
  end loop;
  return null;
end $$;
revoke all on function access.after_bond from public;
create trigger relationship_reaches after insert on access.relationship
  referencing new table as changed for each statement execute function access.after_bond();
create trigger protection_reaches after insert on access.protection
  referencing new table as changed for each statement execute function access.after_bond();

-- A file joins or leaves a person: both persons' reach is built again, in the transaction of the link.
create function access.file_joins(file uuid, joins uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare left_behind uuid;
begin
  if access.own_source() is null then
    raise insufficient_privilege using message = 'only a sending system says whose file it is';
  end if;
  select person_id into left_behind from access.person_file where person_key = file for update;
  insert into access.person_file (person_key, person_id) values (file, joins)
    on conflict (person_key) do update set person_id = excluded.person_id;
  perform access.refresh_reach(joins);
  if left_behind is distinct from joins and left_behind is not null then
    perform access.refresh_reach(left_behind);
  end if;
end $$;
revoke all on function access.file_joins from public;
grant execute on function access.file_joins to gt_people, gt_record, gt_feeds;

-- Log: every read, search, refusal and act. One row for each person concerned.
create table access.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default platform.now(),
  transaction xid8 not null default pg_current_xact_id(),
  request uuid not null,
  actor text not null,
  actor_name text not null,
  role text not null,
  organisation text not null,
  purpose text not null,
  action text not null,
  outcome text not null check (outcome in ('allowed', 'refused', 'failed')),
  basis text,
  person_key uuid,
  detail jsonb not null default '{}'
);
create index on access.audit (person_key, at desc);
create index on access.audit (transaction);
create index on access.audit (at desc) where outcome = 'refused';
comment on table access.audit is 'class: log';

-- Log: the chain over committed audit rows. A batch is every row whose transaction lies in [from_transaction, to_transaction).
create table access.audit_seal (
  id bigint generated always as identity primary key,
  at timestamptz not null default platform.now(),
  from_transaction xid8 not null,
  to_transaction xid8 not null,
  row_count bigint not null,
  digest bytea not null
);
comment on table access.audit_seal is 'class: log';

-- Log: what the privacy officer thought of a stated reason or a broken glass.
create table access.review (
  person_key uuid not null,
  relationship_id bigint not null,
  id bigint generated always as identity,
  verdict text not null check (verdict in ('appropriate', 'needs explanation', 'inappropriate')),
  note text not null,
  recorded_at timestamptz not null default platform.now(),
  recorded_by text not null default access.actor(),
  primary key (person_key, relationship_id, id)
);
comment on table access.review is 'class: log';

-- Log: the privacy officer was told.
create table access.notice (
  id bigint generated always as identity primary key,
  about text not null unique,
  at timestamptz not null default platform.now(),
  words text not null
);
comment on table access.notice is 'class: log';

create table access.session (
  digest bytea primary key,
  actor jsonb not null,
  began timestamptz not null,
  last_seen timestamptz not null,
  ends timestamptz not null
);
comment on table access.session is 'class: machinery';

create table access.sign_in (
  state text primary key,
  nonce text not null,
  verifier text not null,
  return_to text not null,
  began timestamptz not null
);
comment on table access.sign_in is 'class: machinery';

-- Row-level security. gt_owner has a policy of its own so that the few narrow functions it owns can find keys;
-- no one signs in as gt_owner.
create function access.owner_passes(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy owner_functions on %s to gt_owner using (true) with check (true)', target);
end $$;

-- The one predicate, on any table with person_key, category, sensitivity, source and organisation.
-- src/access/scope.ts holds the same predicate for queries; a property test holds the two equal.
-- sensitivity is 'normal' or names what more a reader needs: 'restricted', 'location', 'shared', in any combination.
-- whole_body: a body as received may reveal a location anywhere, so a protected address hides all of it.
-- everyone: an expression that says whether each person whom a shared row concerns is within reach.
create function access.guard(target regclass, everyone text, whole_body boolean default false) returns void language plpgsql as $$
begin
  perform access.owner_passes(target);
  execute format($policy$
    create policy in_scope on %1$s for select to gt_record, gt_people, gt_feeds, gt_access using (
      category = any ((select access.categories())::text[])
      and source = any ((select access.sources())::text[])
      and (
        source = (select access.own_source())
        or (%1$s.sensitivity = 'normal' and not %2$L and person_key = any ((select access.near())::uuid[]))
        or (%1$s.sensitivity in ('normal', 'location') and person_key = any ((select access.near_with_location())::uuid[]))
        or exists (
          select 1 from access.reach r
          where r.person_key = %1$s.person_key
            and r.principal = any ((select access.principals())::text[])
            and r.since <= (select platform.now()) and r.until > (select platform.now())
            and (not r.own_only or %1$s.organisation = (select access.organisation()))
            and (r.sees_location or not %2$L)
            and (%1$s.sensitivity = 'normal' or (
              (r.sees_restricted or strpos(%1$s.sensitivity, 'restricted') = 0)
              and (r.sees_location or strpos(%1$s.sensitivity, 'location') = 0)
              and (strpos(%1$s.sensitivity, 'shared') = 0 or %3$s)))
        )
      )
    )$policy$, target, whole_body, everyone);
  execute format('create policy sent_insert on %s for insert to gt_record with check (source = (select access.own_source()))', target);
  execute format('create policy sent_update on %s for update to gt_record using (source = (select access.own_source())) with check (source = (select access.own_source()))', target);
  execute format('create policy sent_delete on %s for delete to gt_record using (source = (select access.own_source()))', target);
end $$;

do $$ declare t regclass; begin
  foreach t in array array['access.person_file', 'access.relationship', 'access.protection', 'access.reach', 'access.audit', 'access.review']::regclass[] loop
    perform access.owner_passes(t);
  end loop;
end $$;

create policy own_principals on access.reach for select to gt_access, gt_people, gt_record, gt_feeds
  using (principal = any ((select access.principals())::text[]));
create policy reviewers_read on access.relationship for select to gt_access, gt_people
  using ('audit' = any ((select access.categories())::text[]) and kind in ('stated reason', 'break glass'));
create policy own_read on access.relationship for select to gt_access, gt_people
  using (principal = any ((select access.principals())::text[]));
-- A practitioner may state a reason or break glass for themselves; only a sending system may make the other kinds.
create policy own_reason on access.relationship for insert to gt_access, gt_people
  with check (kind in ('stated reason', 'break glass') and principal = 'actor:' || (select access.actor()) and reason is not null);
create policy sent_bond on access.relationship for insert to gt_record, gt_feeds
  with check (kind not in ('stated reason', 'break glass') and (select access.own_source()) is not null);
create policy sent_protection on access.protection for insert to gt_record, gt_feeds
  with check ((select access.own_source()) is not null);
create policy own_audit on access.audit for insert to gt_access, gt_people, gt_record, gt_feeds
  with check (actor = coalesce((select access.actor()), 'nobody'));
create policy reviewers_read on access.audit for select to gt_access, gt_people
  using ('audit' = any ((select access.categories())::text[]));
create policy involved_read on access.audit for select to gt_access, gt_record using (exists (
  select 1 from access.reach r where r.person_key = audit.person_key and r.principal = any ((select access.principals())::text[])
    and r.since <= (select platform.now()) and r.until > (select platform.now())));
create policy reviewers_read on access.review for select to gt_access, gt_people
  using ('audit' = any ((select access.categories())::text[]));
create policy reviewers_write on access.review for insert to gt_access, gt_people
  with check ('audit' = any ((select access.categories())::text[]) and recorded_by = (select access.actor()));

grant select on access.reach to gt_access, gt_people, gt_record, gt_feeds;
grant select, insert on access.relationship to gt_access, gt_people;
grant insert on access.relationship, access.protection to gt_record, gt_feeds;
grant insert on access.audit to gt_access, gt_people, gt_record, gt_feeds;
grant select on access.audit to gt_access, gt_people, gt_record;
grant select, insert on access.review to gt_access, gt_people;
grant select, insert on access.notice to gt_access;
grant select on access.notice to gt_people;
grant select, insert, update, delete on access.session, access.sign_in to gt_access;

-- What decide() needs to know about one person: the reader's own bonds, and what stands above them. It also notes for the policies which of
-- these files are near, from the same facts.
create function access.facts(files uuid[]) returns table (bond_kind text, since timestamptz, until timestamptz, objection boolean, protected_address boolean)
language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('gt.near', coalesce(string_agg(distinct near.person_key::text, chr(31)), ''), true),
          set_config('gt.near_with_location', coalesce(string_agg(distinct near.person_key::text, chr(31)) filter (where near.sees_location), ''), true)
  from access.reach near
  where near.person_key = any (files) and near.principal = any (access.principals())
    and near.since <= platform.now() and near.until > platform.now() and not near.own_only;
  return query
  with shield as (
    select distinct on (p.person_key, p.kind, p.basis) p.kind, p.in_force
    from access.protection p where p.person_key = any (files)
    order by p.person_key, p.kind, p.basis, p.id desc
  ), above as (
    select coalesce(bool_or(in_force) filter (where kind = 'objection'), false) as objection,
           coalesce(bool_or(in_force) filter (where kind = 'protected address'), false) as protected_address
    from shield
  )
  select r.kind, r.since, r.until, above.objection, above.protected_address
  from above left join access.reach r on r.person_key = files[1] and r.principal = any (access.principals());
end $$;
revoke all on function access.facts from public;
grant execute on function access.facts to gt_access, gt_people, gt_record, gt_feeds;

-- The sealer reads audit rows of every actor; it is a named service, and this is all it can do with them.
create function access.seal_audit() returns table (sealed bigint, head text)
language plpgsql security definer set search_path = '' as $$
declare
  last access.audit_seal;
  horizon xid8 := pg_snapshot_xmin(pg_current_snapshot());
  counted bigint;
  rows_digest bytea;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit seal', 2));
  select * into last from access.audit_seal order by id desc limit 1;
  if last.to_transaction is not null and last.to_transaction >= horizon then
    return;
  end if;
  select count(*), sha256(convert_to(coalesce(string_agg(access.audit_text(a), chr(10) order by a.transaction, a.id), ''), 'UTF8'))
    into counted, rows_digest
    from access.audit a
    where a.transaction >= coalesce(last.to_transaction, '0'::xid8) and a.transaction < horizon;
  if counted = 0 then
    return;
  end if;
  insert into access.audit_seal (from_transaction, to_transaction, row_count, digest)
    values (coalesce(last.to_transaction, '0'::xid8), horizon, counted, sha256(coalesce(last.digest, ''::bytea) || rows_digest));
  return query select counted, encode(s.digest, 'hex') from access.audit_seal s order by s.id desc limit 1;
end $$;

create function access.audit_text(a access.audit) returns text language sql stable
  return jsonb_build_array(a.id, extract(epoch from a.at), a.request, a.actor, a.actor_name, a.role, a.organisation, a.purpose,
                           a.action, a.outcome, a.basis, a.person_key, a.detail)::text;

-- The first seal that no longer agrees with the rows it covers; none when the chain holds.
create function access.broken_seal() returns table (seal bigint, expected_rows bigint, found_rows bigint)
language plpgsql stable security definer set search_path = '' as $$
declare
  one access.audit_seal;
  counted bigint;
  rows_digest bytea;
  chain bytea := ''::bytea;
  reached xid8 := '0'::xid8;
begin
  for one in select * from access.audit_seal order by id loop
    select count(*), sha256(convert_to(coalesce(string_agg(access.audit_text(a), chr(10) order by a.transaction, a.id), ''), 'UTF8'))
      into counted, rows_digest
      from access.audit a where a.transaction >= one.from_transaction and a.transaction < one.to_transaction;
    chain := sha256(chain || rows_digest);
    if chain <> one.digest or counted <> one.row_count or one.from_transaction <> reached then
      return query select one.id, one.row_count, counted;
      return;
    end if;
    reached := one.to_transaction;
  end loop;
end $$;
revoke all on function access.seal_audit, access.broken_seal, access.audit_text from public;
grant execute on function access.seal_audit, access.broken_seal to gt_access;
