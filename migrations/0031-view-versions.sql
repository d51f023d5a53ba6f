-- Which views the record keeps a table of, and by which definition. A changed view is a new version: its table is filled beside the one that is
-- read, by every writer and from what is kept already, and takes its name when it is complete. Decision 0016.

-- Filling a table reads every body. That is a role of its own: it reads and writes through the functions below and may do nothing else.
-- Roles belong to the whole server, so it may be there already from another database.
do $$ begin
  if not exists (select from pg_roles where rolname = 'gt_filling') then
    create role gt_filling nologin nobypassrls;
  end if;
  grant gt_filling to gt_app with inherit false, set true;
end $$;

set role gt_owner;

-- read: its table is record.v_<view>, which pages and searches read. filling: its table is record.v_<view>_<version>, which nothing reads yet.
-- replaced: it has none any more. through: up to which file it is filled; people and resources say how far that is.
create table record.view_version (
  view text not null check (view ~ '^[a-z][a-z0-9_]*$'),
  version integer not null,
  resource text not null,
  definition text not null,
  state text not null check (state in ('filling', 'read', 'replaced')),
  through uuid,
  people bigint not null default 0,
  resources bigint not null default 0,
  complete boolean not null default false,
  opened_at timestamptz not null default platform.now(),
  read_since timestamptz,
  primary key (view, version)
);
create unique index on record.view_version (view) where state = 'read';
create unique index on record.view_version (view) where state = 'filling';
comment on table record.view_version is 'class: machinery';
grant select on record.view_version to gt_record;

-- One row, whose id is another whenever anything above changes for those who write.
create table record.view_generation (
  one boolean primary key default true check (one),
  id uuid not null
);
comment on table record.view_generation is 'class: machinery';
insert into record.view_generation (id) values (gen_random_uuid());
grant select on record.view_generation to gt_record;

create function record.view_table(of_view text, of_version integer, in_state text) returns text
language sql immutable set search_path = ''
return 'v_' || of_view || case in_state when 'filling' then '_' || of_version else '' end;

-- For who writes: the tables to fill, if they are others than the writer knows. From here to the end of its transaction they stay what they
-- are, since whoever changes them waits for it; so that each write either fills the new table or was there before its filling began.
create function record.views_now(known uuid)
returns table (generation uuid, view text, resource text, target text, newest boolean, definition text)
language plpgsql set search_path = '' as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('golden thread views', 0));
  return query
    select g.id, v.view, v.resource, record.view_table(v.view, v.version, v.state),
           v.version = max(v.version) over (partition by v.view), v.definition
    from record.view_generation g, record.view_version v
    where g.id <> known and v.state <> 'replaced' order by v.view, v.version;
end $$;

-- For who changes them: waits for every writer at work, and lets none begin before this transaction ends.
create function record.views_change() returns void language plpgsql set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('golden thread views', 0));
  update record.view_generation g set id = gen_random_uuid();
end $$;

-- A migration calls this when it has made the table record.v_<view>_<version>.
create function record.open_view(of_view text, to_version integer, of_resource text, by_definition text) returns void
language plpgsql set search_path = '' as $$
begin
  perform record.views_change();
  insert into record.view_version (view, version, resource, definition, state)
    values (of_view, to_version, of_resource, by_definition, 'filling');
end $$;

-- What is kept of one resource, as the filling reads it.
create type record.kept_item as (
  person_key uuid, type text, id text, category text, sensitivity text, source text, organisation text, received_at timestamptz, body text
);

-- The version whose turn it is, if any. Two fillings never take the same one.
create function record.view_to_fill() returns table (view text, version integer, definition text, complete boolean)
language sql security definer set search_path = ''
begin atomic
  select v.view, v.version, v.definition, v.complete from record.view_version v
  where v.state = 'filling' order by v.opened_at, v.view limit 1 for update skip locked;
end;

-- The resources of the next files, held so that whoever changes one waits until it is filled; the progress is that of the same transaction.
create function record.next_to_fill(of_view text, to_version integer, files integer) returns setof record.kept_item
language plpgsql security definer set search_path = '' as $$
declare
  one record.view_version;
  keys uuid[];
  found_resources bigint;
begin
  select * into one from record.view_version v where v.view = of_view and v.version = to_version and v.state = 'filling' for update;
  select array_agg(next.person_key) into keys from (
    select distinct r.person_key from record.resource r
    where r.type = one.resource and r.person_key > coalesce(one.through, '00000000-0000-0000-0000-000000000000')
    order by r.person_key limit files) next;
  return query
    select r.person_key, r.type, r.id, r.category, r.sensitivity, r.source, r.organisation, r.received_at, r.body
    from record.resource r where r.person_key = any (keys) and r.type = one.resource
    order by r.person_key, r.type, r.id for share;
  get diagnostics found_resources = row_count;
  update record.view_version v set through = coalesce(keys[cardinality(keys)], v.through), people = v.people + coalesce(cardinality(keys), 0),
      resources = v.resources + found_resources, complete = keys is null
    where v.view = of_view and v.version = to_version;
end $$;

-- Takes the place of what a filling version, and the timeline where events are given, held of these resources.
create function record.fill_view(of_view text, to_version integer, done jsonb, fresh jsonb, events jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  target regclass;
begin
  select format('record.%I', record.view_table(v.view, v.version, v.state))::regclass into strict target
    from record.view_version v where v.view = of_view and v.version = to_version and v.state = 'filling';
  execute format('delete from %s t using jsonb_to_recordset($1) as done (person_key uuid, id text)
                  where t.person_key = done.person_key and t.resource_id = done.id', target) using done;
  execute format('insert into %1$s select * from jsonb_populate_recordset(null::%1$s, $1)', target) using fresh;
  if events is not null then
    delete from record.timeline_event t using jsonb_to_recordset(done) as d (person_key uuid, type text, id text)
      where t.person_key = d.person_key and t.type = d.type and t.resource_id = d.id;
    insert into record.timeline_event select * from jsonb_populate_recordset(null::record.timeline_event, events);
  end if;
end $$;

-- The last step begins: no writer is at work and no reader holds either table. False where somebody still is; it is tried again.
-- Waiting is kept below deadlock_timeout, so that nobody who waits for this is taken for half of a deadlock.
create function record.hold_views(of_view text, to_version integer) returns boolean
language plpgsql security definer set search_path = '' set lock_timeout = '200ms' as $$
begin
  perform record.views_change();
  if to_regclass(format('record.%I', 'v_' || of_view)) is not null then
    execute format('lock table record.%I in access exclusive mode', 'v_' || of_view);
  end if;
  execute format('lock table record.%I in access exclusive mode', record.view_table(of_view, to_version, 'filling'));
  return true;
exception when lock_not_available then
  return false;
end $$;

-- What the database itself has moved from one file to another may have gone from a file not filled yet to one that was.
create function record.moved_to_fill(of_view text) returns setof record.kept_item
language sql stable security definer set search_path = ''
begin atomic
  select r.person_key, r.type, r.id, r.category, r.sensitivity, r.source, r.organisation, r.received_at, r.body
  from record.wrong_person_report w
  join record.wrong_person_state s on s.report_id = w.id and s.state = 'moved'
  join record.resource r on r.person_key = s.moved_to and r.type = w.type and r.id = w.resource_id
  where w.type = (select v.resource from record.view_version v where v.view = of_view limit 1);
end;

create function record.rename_view(of_view text, to_version integer) returns void
language plpgsql set search_path = '' as $$
begin
  execute format('drop table if exists record.%I', 'v_' || of_view);
  execute format('alter table record.%I rename to %I', record.view_table(of_view, to_version, 'filling'), 'v_' || of_view);
  update record.view_version v set state = 'replaced' where v.view = of_view and v.state = 'read';
  update record.view_version v set state = 'read', read_since = platform.now() where v.view = of_view and v.version = to_version;
end $$;

-- The complete table takes the name that is read; the one before it goes.
create function record.swap_view(of_view text, to_version integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from record.view_version v where v.view = of_view and v.version = to_version and v.state = 'filling' and v.complete) then
    raise object_not_in_prerequisite_state using message = format('version %s of the view %s is not filled', to_version, of_view);
  end if;
  perform record.rename_view(of_view, to_version);
end $$;

-- A migration of the next release calls this: from now on queries may be written against the new columns. Where nothing of the kind is kept
-- there was nothing to fill.
create function record.close_view(of_view text, to_version integer) returns void
language plpgsql set search_path = '' as $$
declare
  one record.view_version;
begin
  perform record.views_change();
  select * into strict one from record.view_version v where v.view = of_view and v.version = to_version;
  if one.state = 'read' then return; end if;
  if exists (select from record.resource r where r.type = one.resource) then
    raise object_not_in_prerequisite_state using message = format(
      'version %s of the view %s is still being filled. Start the release before this one and let it finish (record.view_version says how far it is)',
      to_version, of_view);
  end if;
  perform record.rename_view(of_view, to_version);
end $$;

revoke all on function record.view_table, record.views_now, record.views_change, record.open_view, record.view_to_fill, record.next_to_fill, record.fill_view,
  record.hold_views, record.moved_to_fill, record.rename_view, record.swap_view, record.close_view from public;
grant execute on function record.view_table, record.views_now to gt_record;
grant usage on schema platform, access, record to gt_filling;
grant execute on function record.view_to_fill, record.next_to_fill, record.fill_view, record.hold_views, record.moved_to_fill,
  record.swap_view to gt_filling;
grant execute on function platform.enqueue to gt_filling;

-- The views as they stand.
insert into record.view_version (view, version, resource, definition, state, complete) values
  ('allergy', 1, 'AllergyIntolerance', $view${"name":"allergy","resource":"AllergyIntolerance","select":[{"column":[{"name":"code","path":"code.coding.first().code","type":"code"},{"name":"code_system","path":"code.coding.first().system","type":"uri"},{"name":"title","path":"(code.text | code.coding.display).first()","type":"string"},{"name":"clinical_status","path":"clinicalStatus.coding.code.first()","type":"code"},{"name":"verification_status","path":"verificationStatus.coding.code.first()","type":"code"},{"name":"type","path":"type","type":"code"},{"name":"category_code","path":"category.first()","type":"code"},{"name":"criticality","path":"criticality","type":"code"},{"name":"onset","path":"(onset.ofType(dateTime) | onset.ofType(Period).start).first()","type":"dateTime"},{"name":"recorded","path":"recordedDate","type":"dateTime"},{"name":"recorder_display","path":"recorder.display","type":"string"},{"name":"manifestations","path":"reaction.manifestation.select((text | coding.display).first()).join(', ').where($this != '')","type":"string"},{"name":"reaction_severity","path":"(reaction.where(severity = 'severe') | reaction.where(severity = 'moderate') | reaction).severity.first()","type":"code"},{"name":"note","path":"note.text.join('\\n').where($this != '')","type":"string"}]}]}$view$, 'read', true),
  ('care_plan', 1, 'CarePlan', $view${"name":"care_plan","resource":"CarePlan","select":[{"column":[{"name":"status","path":"status","type":"code"},{"name":"intent","path":"intent","type":"code"},{"name":"title","path":"title","type":"string"},{"name":"description","path":"description","type":"string"},{"name":"category_code","path":"category.coding.code.first()","type":"code"},{"name":"category_text","path":"(category.text | category.coding.display).first()","type":"string"},{"name":"started","path":"period.start","type":"dateTime"},{"name":"ended","path":"period.end","type":"dateTime"},{"name":"created","path":"created","type":"dateTime"},{"name":"author_display","path":"author.display","type":"string"},{"name":"activities","path":"activity.select((detail.description | detail.code.text | detail.code.coding.display | reference.display).first()).join(', ').where($this != '')","type":"string"},{"name":"note","path":"note.text.join('\\n').where($this != '')","type":"string"}]}]}$view$, 'read', true),
  ('condition', 1, 'Condition', $view${"name":"condition","resource":"Condition","select":[{"column":[{"name":"code","path":"code.coding.first().code","type":"code"},{"name":"code_system","path":"code.coding.first().system","type":"uri"},{"name":"title","path":"(code.text | code.coding.display).first()","type":"string"},{"name":"clinical_status","path":"clinicalStatus.coding.code.first()","type":"code"},{"name":"verification_status","path":"verificationStatus.coding.code.first()","type":"code"},{"name":"category_code","path":"category.coding.code.first()","type":"code"},{"name":"severity","path":"(severity.text | severity.coding.display).first()","type":"string"},{"name":"onset","path":"(onset.ofType(dateTime) | onset.ofType(Period).start).first()","type":"dateTime"},{"name":"onset_text","path":"(onset.ofType(string) | onset.ofType(Age).select((value.toString() & ' ' & unit).trim()) | onset.ofType(Range).select(low.value.toString() & ' to ' & high.value.toString())).first()","type":"string"},{"name":"abated","path":"(abatement.ofType(dateTime) | abatement.ofType(Period).start).first()","type":"dateTime"},{"name":"abated_text","path":"(abatement.ofType(string) | abatement.ofType(Age).select((value.toString() & ' ' & unit).trim()) | abatement.ofType(Range).select(low.value.toString() & ' to ' & high.value.toString())).first()","type":"string"},{"name":"recorded","path":"recordedDate","type":"dateTime"},{"name":"recorder_display","path":"recorder.display","type":"string"},{"name":"asserter_display","path":"asserter.display","type":"string"},{"name":"note","path":"note.text.join('\\n').where($this != '')","type":"string"}]}]}$view$, 'read', true),
  ('consent', 1, 'Consent', $view${"name":"consent","resource":"Consent","select":[{"column":[{"name":"status","path":"status","type":"code"},{"name":"scope_code","path":"scope.coding.code.first()","type":"code"},{"name":"category_code","path":"category.coding.code.first()","type":"code"},{"name":"provision_type","path":"provision.type","type":"code"},{"name":"recorded","path":"dateTime","type":"dateTime"}]}]}$view$, 'read', true),
  ('document', 1, 'DocumentReference', $view${"name":"document","resource":"DocumentReference","select":[{"column":[{"name":"status","path":"status","type":"code"},{"name":"doc_status","path":"docStatus","type":"code"},{"name":"type_code","path":"type.coding.first().code","type":"code"},{"name":"type_title","path":"(type.text | type.coding.display).first()","type":"string"},{"name":"category_code","path":"category.coding.code.first()","type":"code"},{"name":"description","path":"description","type":"string"},{"name":"created","path":"(content.first().attachment.creation | date).first()","type":"dateTime"},{"name":"author_display","path":"author.display.first()","type":"string"},{"name":"custodian_display","path":"custodian.display","type":"string"},{"name":"content_type","path":"content.first().attachment.contentType","type":"code"},{"name":"title","path":"content.first().attachment.title","type":"string"},{"name":"url","path":"content.first().attachment.url","type":"url"},{"name":"size","path":"content.first().attachment.size","type":"unsignedInt"},{"name":"hash","path":"content.first().attachment.hash","type":"base64Binary"},{"name":"relates_to_code","path":"relatesTo.first().code","type":"code"},{"name":"relates_to_target","path":"relatesTo.first().target.reference","type":"string"}]}]}$view$, 'read', true),
  ('encounter_location', 1, 'Encounter', $view${"constant":[{"name":"location","valueUri":"https://golden-thread.example/Id/location"}],"meta":{"tag":[{"code":"location","system":"https://golden-thread.example/CodeSystem/view"}]},"name":"encounter_location","resource":"Encounter","select":[{"column":[{"name":"location_code","path":"location.identifier.where(system = %location).value","type":"string"},{"name":"location_display","path":"location.display","type":"string"},{"name":"location_status","path":"status","type":"code"},{"name":"started","path":"period.start","type":"dateTime"},{"name":"ended","path":"period.end","type":"dateTime"}],"forEachOrNull":"location"},{"column":[{"name":"provider_code","path":"serviceProvider.identifier.value","type":"string"},{"name":"provider_display","path":"serviceProvider.display","type":"string"}]}],"where":[{"path":"location.exists() or serviceProvider.exists()"}]}$view$, 'read', true),
  ('encounter', 1, 'Encounter', $view${"name":"encounter","resource":"Encounter","select":[{"column":[{"name":"status","path":"status","type":"code"},{"name":"class_code","path":"class.code","type":"code"},{"name":"class_display","path":"class.display","type":"string"},{"name":"type_text","path":"(type.text | type.coding.display).first()","type":"string"},{"name":"service_type","path":"(serviceType.text | serviceType.coding.display).first()","type":"string"},{"name":"reason_text","path":"(reasonCode.text | reasonCode.coding.display | reasonReference.display).first()","type":"string"},{"name":"started","path":"period.start","type":"dateTime"},{"name":"ended","path":"period.end","type":"dateTime"},{"name":"admission_source","path":"(hospitalization.admitSource.text | hospitalization.admitSource.coding.display).first()","type":"string"},{"name":"discharge_disposition","path":"(hospitalization.dischargeDisposition.text | hospitalization.dischargeDisposition.coding.display).first()","type":"string"},{"name":"spell_identifier","path":"identifier.where(system.endsWith('/spell') or type.coding.where(code = 'VN').exists()).value.first()","type":"string"},{"name":"author_display","path":"(participant.where(type.coding.where(code = 'ATND').exists()).individual.display | participant.individual.display).first()","type":"string"}]}]}$view$, 'read', true),
  ('episode', 1, 'EpisodeOfCare', $view${"name":"episode","resource":"EpisodeOfCare","select":[{"column":[{"name":"status","path":"status","type":"code"},{"name":"type_text","path":"(type.text | type.coding.display).first()","type":"string"},{"name":"team_code","path":"team.first().identifier.value","type":"string"},{"name":"team_display","path":"team.first().display","type":"string"},{"name":"organisation_code","path":"managingOrganization.identifier.value","type":"string"},{"name":"organisation_display","path":"managingOrganization.display","type":"string"},{"name":"started","path":"period.start","type":"dateTime"},{"name":"ended","path":"period.end","type":"dateTime"},{"name":"care_manager_display","path":"careManager.display","type":"string"}]}]}$view$, 'read', true),
  ('flag', 1, 'Flag', $view${"name":"flag","resource":"Flag","select":[{"column":[{"name":"status","path":"status","type":"code"},{"name":"category_code","path":"category.coding.code.first()","type":"code"},{"name":"category_text","path":"(category.text | category.coding.display).first()","type":"string"},{"name":"code","path":"code.coding.first().code","type":"code"},{"name":"code_system","path":"code.coding.first().system","type":"uri"},{"name":"title","path":"(code.text | code.coding.display).first()","type":"string"},{"name":"started","path":"period.start","type":"dateTime"},{"name":"ended","path":"period.end","type":"dateTime"},{"name":"author_display","path":"author.display","type":"string"}]}]}$view$, 'read', true),
  ('immunization', 1, 'Immunization', $view${"constant":[{"name":"procedure","valueUri":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure"}],"name":"immunization","resource":"Immunization","select":[{"column":[{"name":"code","path":"vaccineCode.coding.first().code","type":"code"},{"name":"code_system","path":"vaccineCode.coding.first().system","type":"uri"},{"name":"title","path":"(vaccineCode.text | vaccineCode.coding.display | extension(%procedure).value.ofType(CodeableConcept).coding.display).first()","type":"string"},{"name":"status","path":"status","type":"code"},{"name":"occurred","path":"occurrence.ofType(dateTime)","type":"dateTime"},{"name":"occurred_text","path":"occurrence.ofType(string)","type":"string"},{"name":"status_reason","path":"(statusReason.text | statusReason.coding.display).first()","type":"string"},{"name":"dose_number","path":"protocolApplied.first().select((doseNumber.ofType(positiveInt).toString() | doseNumber.ofType(string)).first())","type":"string"},{"name":"site","path":"(site.text | site.coding.display).first()","type":"string"},{"name":"performer_display","path":"performer.actor.display.first()","type":"string"},{"name":"lot_number","path":"lotNumber","type":"string"},{"name":"manufacturer_display","path":"manufacturer.display","type":"string"}]}]}$view$, 'read', true),
  ('medication_request', 1, 'MedicationRequest', $view${"name":"medication_request","resource":"MedicationRequest","select":[{"column":[{"name":"code","path":"(medication.ofType(CodeableConcept).coding | medication.ofType(Reference).resolve().code.coding).first().code","type":"code"},{"name":"code_system","path":"(medication.ofType(CodeableConcept).coding | medication.ofType(Reference).resolve().code.coding).first().system","type":"uri"},{"name":"title","path":"(medication.ofType(CodeableConcept).text | medication.ofType(CodeableConcept).coding.display | medication.ofType(Reference).resolve().code.text | medication.ofType(Reference).resolve().code.coding.display | medication.ofType(Reference).display).first()","type":"string"},{"name":"status","path":"status","type":"code"},{"name":"intent","path":"intent","type":"code"},{"name":"category_code","path":"category.coding.code.first()","type":"code"},{"name":"dosage_text","path":"dosageInstruction.text.join(', ').where($this != '')","type":"string"},{"name":"dose","path":"(dosageInstruction.first().doseAndRate.first().dose.ofType(Quantity).select((value.toString() & ' ' & unit).trim()) | dosageInstruction.first().doseAndRate.first().dose.ofType(Range).select((low.value.toString() & ' to ' & high.value.toString() & ' ' & high.unit).trim())).first()","type":"string"},{"name":"frequency","path":"(dosageInstruction.first().timing.code.text | dosageInstruction.first().timing.code.coding.display | dosageInstruction.first().timing.repeat.where(frequency.exists() and period.exists()).select(frequency.toString() & ' every ' & period.toString() & ' ' & periodUnit)).first()","type":"string"},{"name":"route","path":"dosageInstruction.first().route.select((text | coding.display).first())","type":"string"},{"name":"as_needed","path":"(dosageInstruction.first().asNeeded.ofType(boolean) | dosageInstruction.first().asNeeded.ofType(CodeableConcept).exists().where($this)).first()","type":"boolean"},{"name":"started","path":"(dosageInstruction.timing.repeat.bounds.ofType(Period).start | dispenseRequest.validityPeriod.start).first()","type":"dateTime"},{"name":"ended","path":"(dosageInstruction.timing.repeat.bounds.ofType(Period).end | dispenseRequest.validityPeriod.end).first()","type":"dateTime"},{"name":"authored","path":"authoredOn","type":"dateTime"},{"name":"author_display","path":"requester.display","type":"string"},{"name":"reason_text","path":"(reasonCode.text | reasonCode.coding.display | reasonReference.display).first()","type":"string"},{"name":"course_type","path":"(courseOfTherapyType.text | courseOfTherapyType.coding.display).first()","type":"string"},{"name":"repeats_allowed","path":"dispenseRequest.numberOfRepeatsAllowed","type":"unsignedInt"},{"name":"note","path":"note.text.join('\\n').where($this != '')","type":"string"}]}]}$view$, 'read', true),
  ('medication_statement', 1, 'MedicationStatement', $view${"name":"medication_statement","resource":"MedicationStatement","select":[{"column":[{"name":"code","path":"(medication.ofType(CodeableConcept).coding | medication.ofType(Reference).resolve().code.coding).first().code","type":"code"},{"name":"code_system","path":"(medication.ofType(CodeableConcept).coding | medication.ofType(Reference).resolve().code.coding).first().system","type":"uri"},{"name":"title","path":"(medication.ofType(CodeableConcept).text | medication.ofType(CodeableConcept).coding.display | medication.ofType(Reference).resolve().code.text | medication.ofType(Reference).resolve().code.coding.display | medication.ofType(Reference).display).first()","type":"string"},{"name":"status","path":"status","type":"code"},{"name":"intent","path":"{}","type":"code"},{"name":"category_code","path":"category.coding.code.first()","type":"code"},{"name":"dosage_text","path":"dosage.text.join(', ').where($this != '')","type":"string"},{"name":"dose","path":"(dosage.first().doseAndRate.first().dose.ofType(Quantity).select((value.toString() & ' ' & unit).trim()) | dosage.first().doseAndRate.first().dose.ofType(Range).select((low.value.toString() & ' to ' & high.value.toString() & ' ' & high.unit).trim())).first()","type":"string"},{"name":"frequency","path":"(dosage.first().timing.code.text | dosage.first().timing.code.coding.display | dosage.first().timing.repeat.where(frequency.exists() and period.exists()).select(frequency.toString() & ' every ' & period.toString() & ' ' & periodUnit)).first()","type":"string"},{"name":"route","path":"dosage.first().route.select((text | coding.display).first())","type":"string"},{"name":"as_needed","path":"(dosage.first().asNeeded.ofType(boolean) | dosage.first().asNeeded.ofType(CodeableConcept).exists().where($this)).first()","type":"boolean"},{"name":"started","path":"(effective.ofType(dateTime) | effective.ofType(Period).start).first()","type":"dateTime"},{"name":"ended","path":"effective.ofType(Period).end","type":"dateTime"},{"name":"authored","path":"dateAsserted","type":"dateTime"},{"name":"author_display","path":"informationSource.display","type":"string"},{"name":"reason_text","path":"(reasonCode.text | reasonCode.coding.display | reasonReference.display).first()","type":"string"},{"name":"course_type","path":"{}","type":"string"},{"name":"repeats_allowed","path":"{}","type":"unsignedInt"},{"name":"note","path":"note.text.join('\\n').where($this != '')","type":"string"}]}]}$view$, 'read', true),
  ('observation_component', 1, 'Observation', $view${"name":"observation_component","resource":"Observation","select":[{"column":[{"name":"code","path":"code.coding.first().code","type":"code"},{"name":"code_system","path":"code.coding.first().system","type":"uri"},{"name":"title","path":"(code.text | code.coding.display).first()","type":"string"},{"name":"value_number","path":"(value.ofType(Quantity).value | value.ofType(integer)).first()","type":"decimal"},{"name":"unit","path":"(value.ofType(Quantity).unit | value.ofType(Quantity).code).first()","type":"string"},{"name":"value_text","path":"(value.ofType(CodeableConcept).text | value.ofType(CodeableConcept).coding.display | value.ofType(string) | value.ofType(boolean).toString() | value.ofType(dateTime) | value.ofType(time) | value.ofType(Range).select((low.value.toString() & ' to ' & high.value.toString() & ' ' & high.unit).trim()) | value.ofType(Ratio).select(numerator.value.toString() & ' : ' & denominator.value.toString())).first()","type":"string"},{"name":"comparator","path":"value.ofType(Quantity).comparator","type":"code"},{"name":"reference_low","path":"referenceRange.first().low.value","type":"decimal"},{"name":"reference_high","path":"referenceRange.first().high.value","type":"decimal"},{"name":"reference_text","path":"referenceRange.first().text","type":"string"},{"name":"interpretation_code","path":"interpretation.coding.code.first()","type":"code"}],"forEach":"component"}]}$view$, 'read', true),
  ('observation', 1, 'Observation', $view${"name":"observation","resource":"Observation","select":[{"column":[{"name":"code","path":"code.coding.first().code","type":"code"},{"name":"code_system","path":"code.coding.first().system","type":"uri"},{"name":"title","path":"(code.text | code.coding.display).first()","type":"string"},{"name":"status","path":"status","type":"code"},{"name":"category_code","path":"category.coding.code.first()","type":"code"},{"name":"effective","path":"(effective.ofType(dateTime) | effective.ofType(Period).start | effective.ofType(instant)).first()","type":"dateTime"},{"name":"issued","path":"issued","type":"instant"},{"name":"value_number","path":"(value.ofType(Quantity).value | value.ofType(integer)).first()","type":"decimal"},{"name":"unit","path":"(value.ofType(Quantity).unit | value.ofType(Quantity).code).first()","type":"string"},{"name":"value_text","path":"(value.ofType(CodeableConcept).text | value.ofType(CodeableConcept).coding.display | value.ofType(string) | value.ofType(boolean).toString() | value.ofType(dateTime) | value.ofType(time) | value.ofType(Range).select((low.value.toString() & ' to ' & high.value.toString() & ' ' & high.unit).trim()) | value.ofType(Ratio).select(numerator.value.toString() & ' : ' & denominator.value.toString())).first()","type":"string"},{"name":"comparator","path":"value.ofType(Quantity).comparator","type":"code"},{"name":"reference_low","path":"referenceRange.first().low.value","type":"decimal"},{"name":"reference_high","path":"referenceRange.first().high.value","type":"decimal"},{"name":"reference_text","path":"referenceRange.first().text","type":"string"},{"name":"interpretation_code","path":"interpretation.coding.code.first()","type":"code"},{"name":"absent_reason","path":"(dataAbsentReason.text | dataAbsentReason.coding.display).first()","type":"string"},{"name":"performer_display","path":"performer.display.first()","type":"string"},{"name":"note","path":"note.text.join('\\n').where($this != '')","type":"string"}]}]}$view$, 'read', true),
  ('patient_address', 1, 'Patient', $view${"meta":{"tag":[{"code":"location","system":"https://golden-thread.example/CodeSystem/view"}]},"name":"patient_address","resource":"Patient","select":[{"column":[{"name":"use","path":"use","type":"code"},{"name":"type","path":"type","type":"code"},{"name":"lines","path":"iif(line.exists(), line.join(', '), text)","type":"string"},{"name":"city","path":"city","type":"string"},{"name":"postcode","path":"postalCode","type":"string"},{"name":"period_start","path":"period.start","type":"dateTime"},{"name":"period_end","path":"period.end","type":"dateTime"}],"forEach":"address"}]}$view$, 'read', true),
  ('patient_practice', 1, 'Patient', $view${"constant":[{"name":"ods","valueUri":"https://fhir.nhs.uk/Id/ods-organization-code"}],"meta":{"tag":[{"code":"location","system":"https://golden-thread.example/CodeSystem/view"}]},"name":"patient_practice","resource":"Patient","select":[{"column":[{"name":"ods_code","path":"identifier.where(system = %ods).value","type":"string"},{"name":"display","path":"display","type":"string"},{"name":"practice_key","path":"getReferenceKey()","type":"string"}],"forEach":"generalPractitioner"}]}$view$, 'read', true),
  ('patient', 1, 'Patient', $view${"constant":[{"name":"nhs_number","valueUri":"https://fhir.nhs.uk/Id/nhs-number"},{"name":"verification","valueUri":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"},{"name":"ethnicity","valueUri":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory"},{"name":"interpreter","valueUri":"http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"}],"name":"patient","resource":"Patient","select":[{"column":[{"name":"id","path":"id","type":"id"}]},{"column":[{"name":"family","path":"family","type":"string"},{"name":"given","path":"given.join(' ').where($this != '')","type":"string"},{"name":"prefix","path":"prefix.join(' ').where($this != '')","type":"string"},{"name":"suffix","path":"suffix.join(' ').where($this != '')","type":"string"}],"forEachOrNull":"(name.where(use = 'official') | name.where(use = 'usual') | name.where(use.empty()) | name).first()"},{"column":[{"name":"preferred_name","path":"(name.where(use = 'nickname').text | name.where(use = 'nickname').given | iif(name.where(use = 'official').exists(), name.where(use = 'usual').given, {})).first()","type":"string"},{"name":"birth_date","path":"birthDate","type":"string"},{"name":"gender","path":"gender","type":"code"},{"name":"deceased","path":"(deceased.ofType(dateTime) | deceased.ofType(boolean).where($this).toString()).first()","type":"string"}]},{"column":[{"name":"nhs_number","path":"value","type":"string"},{"name":"nhs_number_status","path":"extension(%verification).value.ofType(CodeableConcept).coding.code.first()","type":"code"}],"forEachOrNull":"identifier.where(system = %nhs_number and (use.empty() or use != 'old')).first()"},{"column":[{"name":"phone","path":"(telecom.where(system = 'phone' and use = 'mobile') | telecom.where(system = 'phone' and (use.empty() or use != 'old'))).value.first()","type":"string"},{"name":"email","path":"telecom.where(system = 'email' and (use.empty() or use != 'old')).value.first()","type":"string"},{"name":"language_code","path":"(communication.where(preferred = true) | communication).first().language.coding.code.first()","type":"code"},{"name":"language","path":"(communication.where(preferred = true) | communication).first().language.select((text | coding.display).first())","type":"string"},{"name":"interpreter","path":"extension(%interpreter).value.ofType(boolean).first()","type":"boolean"},{"name":"ethnicity_code","path":"extension(%ethnicity).value.ofType(CodeableConcept).coding.code.first()","type":"code"},{"name":"ethnicity","path":"extension(%ethnicity).value.ofType(CodeableConcept).select((text | coding.display).first()).first()","type":"string"},{"name":"marital_status","path":"(maritalStatus.text | maritalStatus.coding.display).first()","type":"string"}]}]}$view$, 'read', true),
  ('procedure', 1, 'Procedure', $view${"name":"procedure","resource":"Procedure","select":[{"column":[{"name":"code","path":"code.coding.first().code","type":"code"},{"name":"code_system","path":"code.coding.first().system","type":"uri"},{"name":"title","path":"(code.text | code.coding.display).first()","type":"string"},{"name":"status","path":"status","type":"code"},{"name":"performed","path":"(performed.ofType(dateTime) | performed.ofType(Period).start).first()","type":"dateTime"},{"name":"performed_text","path":"(performed.ofType(string) | performed.ofType(Age).select((value.toString() & ' ' & unit).trim()) | performed.ofType(Range).select(low.value.toString() & ' to ' & high.value.toString())).first()","type":"string"},{"name":"performer_display","path":"performer.actor.display.first()","type":"string"},{"name":"note","path":"note.text.join('\\n').where($this != '')","type":"string"}]}]}$view$, 'read', true),
  ('service_request', 1, 'ServiceRequest', $view${"name":"service_request","resource":"ServiceRequest","select":[{"column":[{"name":"status","path":"status","type":"code"},{"name":"intent","path":"intent","type":"code"},{"name":"priority","path":"priority","type":"code"},{"name":"category_code","path":"category.coding.code.first()","type":"code"},{"name":"code","path":"code.coding.first().code","type":"code"},{"name":"code_system","path":"code.coding.first().system","type":"uri"},{"name":"title","path":"(code.text | code.coding.display | category.text | category.coding.display).first()","type":"string"},{"name":"requester_display","path":"requester.display","type":"string"},{"name":"performer_display","path":"performer.display.first()","type":"string"},{"name":"occurrence","path":"(occurrence.ofType(dateTime) | occurrence.ofType(Period).start).first()","type":"dateTime"},{"name":"authored","path":"authoredOn","type":"dateTime"},{"name":"reason_text","path":"(reasonCode.text | reasonCode.coding.display | reasonReference.display).first()","type":"string"},{"name":"note","path":"note.text.join('\\n').where($this != '')","type":"string"}]}]}$view$, 'read', true);
