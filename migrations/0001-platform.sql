-- Roles. Nobody signs in as an owner. gt_owner owns every schema, table and function; the application signs in as
-- gt_app, which owns nothing and can do nothing until a transaction takes a capability's role.
-- Roles belong to the whole server, so they may be there already from another database.
do $$
declare capability text;
begin
  if not exists (select from pg_roles where rolname = 'gt_owner') then
    create role gt_owner nologin nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'gt_app') then
    create role gt_app login noinherit nobypassrls;
  end if;
  foreach capability in array array['access', 'people', 'record', 'feeds'] loop
    if not exists (select from pg_roles where rolname = 'gt_' || capability) then
      execute format('create role %I nologin nobypassrls', 'gt_' || capability);
    end if;
    execute format('grant %I to gt_app with inherit false, set true', 'gt_' || capability);
  end loop;
  execute format('grant gt_owner to %I with inherit true, set true', current_user);
  execute format('grant create on database %I to gt_owner', current_database());
end $$;

set role gt_owner;

create schema platform;
grant usage on schema platform to gt_app, gt_access, gt_people, gt_record, gt_feeds;

-- The clock of the transaction. The door sets gt.now, so that tests can choose the time and one answer has one time.
-- SQL's own now() is not used anywhere else.
create function platform.now() returns timestamptz language sql stable parallel safe
  return coalesce(nullif(current_setting('gt.now', true), '')::timestamptz, pg_catalog.now());

-- Log: what happened, written in the transaction in which it happened. A job carries each event to its subscribers.
create table platform.event (
  id bigint generated always as identity primary key,
  at timestamptz not null default platform.now(),
  type text not null,
  payload jsonb not null
);
comment on table platform.event is 'class: log';

-- Machinery: whether this place holds invented people, as of when, and whether all of them have been loaded.
create table platform.demonstration (
  one boolean primary key default true check (one),
  invented_as_of timestamptz not null,
  loaded boolean not null default false
);
comment on table platform.demonstration is 'class: machinery';
grant select, insert, update on platform.demonstration to gt_record;

-- Machinery: which types of event somebody hears of, written at start. An event that nobody hears of makes no job.
create table platform.heard_event (
  type text primary key
);
comment on table platform.heard_event is 'class: machinery';
grant select, insert, delete on platform.heard_event to gt_access;

-- Jobs are kept by graphile-worker in a schema of its own; capabilities reach it only through this one function.
create function platform.enqueue(task text, payload json, run_at timestamptz default null, job_key text default null)
returns void language plpgsql security definer set search_path = '' as $$
begin
  perform graphile_worker.add_job(task, payload, run_at => run_at, job_key => job_key);
end $$;
revoke all on function platform.enqueue from public;

create function platform.emit(event_type text, event_payload jsonb) returns bigint
language plpgsql security definer set search_path = '' as $$
declare event_id bigint;
begin
  insert into platform.event (type, payload) values (event_type, event_payload) returning id into event_id;
  if exists (select from platform.heard_event h where h.type = event_type) then
    perform platform.enqueue('event', json_build_object('event', event_id));
  end if;
  return event_id;
end $$;
revoke all on function platform.emit from public;

create function platform.event_of(event_id bigint) returns setof platform.event
language sql stable security definer set search_path = ''
begin atomic
  select e.* from platform.event e where e.id = event_id;
end;
revoke all on function platform.event_of from public;

grant execute on function platform.emit, platform.enqueue to gt_access, gt_people, gt_record, gt_feeds;
grant execute on function platform.event_of to gt_access, gt_people, gt_record, gt_feeds;
