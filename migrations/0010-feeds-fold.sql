-- What is remembered of each thing that messages tell of, so that every order of arrival ends in the same record.
set role gt_owner;

-- Projection of the messages that count: for each visit its events, for everything else the order of what stands there.
-- Where a visit is handed to another person (A45) the row goes with it.
create table feeds.thing (
  person_key uuid not null,
  kind text not null check (kind in ('person', 'visit', 'report', 'document', 'appointment')),
  key text not null,
  source text not null,
  state text not null,
  primary key (person_key, kind, key),
  unique (source, kind, key)
);
comment on table feeds.thing is 'class: projection';
select access.owner_passes('feeds.thing');
create policy own_thing on feeds.thing to gt_record, gt_feeds
  using (source = (select access.own_source())) with check (source = (select access.own_source()));
grant select, insert, update, delete on feeds.thing to gt_record;

-- A message may now be about any thing, and about somebody even where it could not be applied: `about` is what its source calls the person.
-- mended: its text was put right; resolved: its source has put it right since; set aside: a practitioner decided that it will never be applied.
alter table feeds.message_state rename column visit to thing;
alter table feeds.message_state add column about text;
alter table feeds.message_state drop constraint message_state_state_check;
alter table feeds.message_state add constraint message_state_state_check
  check (state in ('applied', 'quarantined', 'repeat', 'replayed', 'mended', 'resolved', 'set aside'));
create index on feeds.message_state (source, about) where state = 'quarantined';

-- Log: the text of a message as a practitioner put it right; the latest counts. What was received stays in feeds.message.
create table feeds.mended_text (
  message_id uuid not null references feeds.message,
  id bigint generated always as identity,
  source text not null,
  body text not null,
  why text not null,
  recorded_at timestamptz not null default platform.now(),
  recorded_by text not null,
  primary key (message_id, id)
);
comment on table feeds.mended_text is 'class: log';
select access.owner_passes('feeds.mended_text');
create policy own_read on feeds.mended_text for select to gt_record, gt_feeds using (source = (select access.own_source()));
create policy own_append on feeds.mended_text for insert to gt_record, gt_feeds with check (source = (select access.own_source()));
grant select, insert on feeds.mended_text to gt_record, gt_feeds;

-- By whom a message came, for whoever replays it; nothing of what it says.
create function feeds.came_from(message uuid) returns table (sender text, source text, application text, facility text)
language sql stable security definer set search_path = ''
begin atomic
  select m.sender, m.source, m.sending_application, m.sending_facility from feeds.message m where m.id = message;
end;
-- What an unknown sender sent, once the sender is known: read by the source that it now belongs to.
create function feeds.from_unknown(message uuid) returns setof feeds.message
language sql stable security definer set search_path = ''
begin atomic
  select m.* from feeds.message m where m.id = message and m.source = 'unknown' and access.own_source() is not null;
end;
revoke all on function feeds.came_from, feeds.from_unknown from public;
grant execute on function feeds.came_from, feeds.from_unknown to gt_record;
