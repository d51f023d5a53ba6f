-- What senders sent, as it came, and what became of it. Nothing that was acknowledged is anywhere but here or in the record.
set role gt_owner;

create schema feeds;
grant usage on schema feeds to gt_app, gt_feeds, gt_record;

-- Log: every message as received. body and charset give back the bytes; digest proves it. (One exception: PostgreSQL
-- keeps no NUL character, so it stands in body as U+2400 and the message is in quarantine for it.)
-- content_digest covers what a message says and leaves out its envelope: a sender may stamp a repeat with a new time.
-- source is 'unknown' when nobody in the place's senders.json sends under these names.
create table feeds.message (
  id uuid primary key,
  sender text,
  source text not null,
  sending_application text not null,
  sending_facility text not null,
  control_id text not null,
  message_type text not null,
  event text not null,
  received_at timestamptz not null default platform.now(),
  charset text not null,
  body text not null,
  digest bytea not null,
  content_digest bytea not null
);
comment on table feeds.message is 'class: log';
create index on feeds.message (source, sending_facility, control_id);
create index on feeds.message (received_at);

-- Log: what became of a message; the latest row wins. place names the field, such as PID-7. words may quote what was
-- sent, so they never leave this table for a log or an acknowledgement.
-- When a message is applied, now or replayed later: whom it was about, and which event of which visit its sender recorded when.
create table feeds.message_state (
  message_id uuid not null references feeds.message,
  id bigint generated always as identity,
  source text not null,
  state text not null check (state in ('applied', 'quarantined', 'repeat', 'replayed')),
  reason text,
  place text,
  words text,
  person_key uuid,
  visit text,
  event text,
  event_at timestamptz,
  recorded_at timestamptz not null default platform.now(),
  recorded_by text not null default coalesce(access.actor(), 'nobody'),
  primary key (message_id, id)
);
comment on table feeds.message_state is 'class: log';
create index on feeds.message_state (source, recorded_at) where state = 'quarantined';
create index on feeds.message_state (source, visit) where visit is not null;
create index on feeds.message_state (person_key, event_at desc) where person_key is not null;

-- A sending system appends and reads back its own. A transaction of nobody in particular may leave what an unknown
-- sender sent, and cannot read any of it.
do $$ declare target regclass; begin
  foreach target in array array['feeds.message', 'feeds.message_state']::regclass[] loop
    perform access.owner_passes(target);
    execute format('create policy own_read on %s for select to gt_record, gt_feeds using (source = (select access.own_source()))', target);
    execute format('create policy own_append on %s for insert to gt_record, gt_feeds with check (source = (select access.own_source()))', target);
    execute format($policy$create policy unknown_append on %s for insert to gt_record, gt_feeds
      with check (source = 'unknown' and (select access.own_source()) is null)$policy$, target);
  end loop;
end $$;
grant select, insert on feeds.message, feeds.message_state to gt_record, gt_feeds;
