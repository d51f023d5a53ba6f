-- Extracts: files of many people, as a sender sent them, what each line says, and what became of file and line.
set role gt_owner;

-- Log: every file as received. body gives back its bytes. number orders files of one day by when they came.
-- extract_date is the day that the file itself says it speaks of; none when it could not be read as a whole.
create table feeds.extract (
  id uuid primary key,
  number bigint generated always as identity unique,
  source text not null,
  organisation text not null,
  sender text not null,
  dataset text not null,
  way text not null check (way in ('upload', 'folder', 'api')),
  name text not null,
  received_at timestamptz not null default platform.now(),
  sent_by text not null default access.actor(),
  digest bytea not null,
  body bytea not null,
  extract_date date,
  is_snapshot boolean not null
);
comment on table feeds.extract is 'class: log';
create index on feeds.extract (source, dataset, digest);
create index on feeds.extract (organisation, number desc);

-- Log: what became of a file; the latest row wins. counts: how many lines of each kind. after: the newest file of the set that
-- the comparison had seen, so that nobody accepts a comparison that is out of date.
create table feeds.extract_state (
  extract_id uuid not null references feeds.extract,
  id bigint generated always as identity,
  source text not null,
  organisation text not null,
  state text not null check (state in ('refused', 'checked', 'rejected', 'accepted', 'applied')),
  why text,
  faults jsonb,
  counts jsonb,
  after bigint,
  recorded_at timestamptz not null default platform.now(),
  recorded_by text not null default access.actor(),
  primary key (extract_id, id)
);
comment on table feeds.extract_state is 'class: log';
create index on feeds.extract_state (extract_id, id desc) where state = 'accepted';

-- Log: the lines of a file. key names what a line is about within its set, none where that could not be read; person is how the
-- source names the person; said is what the columns say, none where the line cannot be used; raw is such a line as it came.
create table feeds.extract_line (
  extract_id uuid not null references feeds.extract,
  line integer not null,
  source text not null,
  organisation text not null,
  dataset text not null,
  key text collate "C",
  person text collate "C",
  digest bytea not null,
  said jsonb,
  raw text,
  primary key (extract_id, line)
);
comment on table feeds.extract_line is 'class: log';
create index on feeds.extract_line (key, extract_id);

-- Log: what became of a line; the latest row wins. words may quote what was sent, so they leave this table for a page and nothing else.
create table feeds.extract_line_state (
  extract_id uuid not null,
  line integer not null,
  id bigint generated always as identity,
  source text not null,
  organisation text not null,
  dataset text not null,
  key text collate "C",
  state text not null check (state in ('quarantined', 'applied', 'older', 'unchanged', 'resolved')),
  reason text,
  at_column text,
  words text,
  person_key uuid,
  recorded_at timestamptz not null default platform.now(),
  recorded_by text not null default access.actor(),
  primary key (extract_id, line, id),
  foreign key (extract_id, line) references feeds.extract_line
);
comment on table feeds.extract_line_state is 'class: log';
create index on feeds.extract_line_state (source, dataset, key) where state = 'quarantined';

-- Projection of the accepted files: what each source's sets say now. It is a fold over lines in the order of extract date and number,
-- so that files in any order give the same: the newest line of each key, and the first later full list that lacks it.
create table feeds.extract_fact (
  source text not null,
  dataset text not null,
  key text collate "C" not null,
  organisation text not null,
  person text collate "C" not null,
  extract_id uuid not null,
  extract_date date not null,
  number bigint not null,
  digest bytea not null,
  said jsonb not null,
  ended_on date,
  ended_number bigint,
  primary key (source, dataset, key)
);
comment on table feeds.extract_fact is 'class: projection';
-- Not by source first: before there are statistics, one prefix looks as good as another, and every line read all of its source.
create index on feeds.extract_fact (person, source);

-- A sending system has its own. A practitioner who checks files has those of their organisation, and never applies them: that is done as the
-- sender. Lines name people whom nobody has looked up yet, so no other reader has them at all.
do $$ declare target regclass; begin
  foreach target in array array['feeds.extract', 'feeds.extract_state', 'feeds.extract_line', 'feeds.extract_line_state', 'feeds.extract_fact']::regclass[] loop
    perform access.owner_passes(target);
    execute format('create policy own on %s to gt_record, gt_feeds using (source = (select access.own_source())) with check (source = (select access.own_source()))', target);
    execute format($policy$create policy officer_read on %s for select to gt_feeds
      using ('files' = any ((select access.categories())::text[]) and organisation = (select access.organisation()))$policy$, target);
  end loop;
  foreach target in array array['feeds.extract', 'feeds.extract_state', 'feeds.extract_line', 'feeds.extract_line_state']::regclass[] loop
    execute format($policy$create policy officer_append on %s for insert to gt_feeds
      with check ('files' = any ((select access.categories())::text[]) and organisation = (select access.organisation()))$policy$, target);
  end loop;
end $$;
grant select, insert on feeds.extract, feeds.extract_state, feeds.extract_line, feeds.extract_line_state to gt_record, gt_feeds;
grant select on feeds.extract_fact to gt_feeds;
grant select, insert, update on feeds.extract_fact to gt_record;

-- Which files wait to be applied, and as whom; nothing else of them.
create function feeds.extracts_to_apply() returns table (id uuid, sender text)
language sql stable security definer set search_path = ''
begin atomic
  select e.id, e.sender from feeds.extract_state accepted join feeds.extract e on e.id = accepted.extract_id
  where accepted.state = 'accepted' and not exists (
    select 1 from feeds.extract_state later where later.extract_id = accepted.extract_id and later.id > accepted.id)
  order by accepted.id;
end;
revoke all on function feeds.extracts_to_apply from public;
grant execute on function feeds.extracts_to_apply to gt_record;
