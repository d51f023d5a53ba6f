-- What the FHIR API can do besides reading and writing one resource.
set role gt_owner;

-- History of a type, newest first, for a source that asks what it sent. A reader's goes by person, which the primary key serves.
create index resource_history_by_source on record.resource_history (source, type, received_at, id, version);
create index reference_history_by_type on record.reference_resource_history (type, received_at, id, version);

-- A new content that comes with a document which is reported as somebody else's is reported with it, as it would have been had it come before.
create function record.hide_content(file uuid, document text, content text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  about record.wrong_person_report;
  report uuid;
begin
  select r.* into about from record.wrong_person_report r
    where r.person_key = file and r.type = 'DocumentReference' and r.resource_id = document and r.source = access.own_source()
      and (record.state_of(r.id)).state in ('reported', 'disposal proposed')
    order by r.recorded_at desc limit 1;
  if about.id is null or not exists (
      select from record.resource i where i.person_key = file and i.type = 'Binary' and i.id = content and i.source = about.source) then
    return;
  end if;
  insert into record.wrong_person_report (person_key, type, resource_id, category, sensitivity, source, organisation, why, recorded_by, recorded_by_name)
    values (file, 'Binary', content, about.category, about.sensitivity, about.source, about.organisation, about.why, about.recorded_by, about.recorded_by_name)
    returning id into report;
  insert into record.wrong_person_state (person_key, report_id, state, why, recorded_by, recorded_by_name)
    values (file, report, 'reported', about.why, about.recorded_by, about.recorded_by_name);
  perform record.set_hidden(file, 'Binary', content, true);
  perform platform.emit('item reported', jsonb_build_object('report', report, 'source', about.source, 'type', 'Binary', 'id', content));
end $$;
revoke all on function record.hide_content from public;
grant execute on function record.hide_content to gt_record;

-- Whom a reported item had reached: by every way in that shows resources.
do $$ declare
  was constant text := $was$a.action in ('fhir.read', 'fhir.history', 'fhir.search')$was$;
  given constant text := pg_get_functiondef('record.report_wrong_person'::regproc);
begin
  if strpos(given, was) = 0 then
    raise exception 'record.report_wrong_person does not ask for the actions that it was written with';
  end if;
  execute replace(given, was,
    $now$a.action in ('fhir.read', 'fhir.vread', 'fhir.history', 'fhir.search', 'fhir.everything', 'fhir.export.file', 'fhir.view')$now$);
end $$;
