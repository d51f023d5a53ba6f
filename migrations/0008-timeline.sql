-- What a person's timeline tells, one row for each event, filled when a resource is kept. Reading it from the eleven view tables took
-- two thirds of the database's time for a record page.
set role gt_owner;

create table record.timeline_event (
  person_key uuid not null,
  type text collate "C" not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  kind text not null,
  happening text,
  at timestamptz not null,
  at_text text,
  title text,
  detail text,
  code text,
  status text,
  author text,
  together text,
  primary key (person_key, type, resource_id, row_no)
);
create index on record.timeline_event (person_key, at desc);
comment on table record.timeline_event is 'class: projection';
select access.guard('record.timeline_event', 'record.everyone_in_reach(timeline_event.type, timeline_event.resource_id)');
grant select, insert, update, delete on record.timeline_event to gt_record;

-- What is kept already. src/record/store/timeline-event.ts says the same for what comes.
insert into record.timeline_event
select v.person_key, 'Encounter', v.resource_id, v.row_no * 2, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'encounter', null,
  coalesce(v.started_at, v.received_at), v.started, v.type_text, v.reason_text, v.class_code, v.status, v.author_display, null
from record.v_encounter v
union all
select v.person_key, 'EpisodeOfCare', v.resource_id, v.row_no * 2, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'episode', 'opened',
  coalesce(v.started_at, v.received_at), v.started, v.type_text, v.team_display, null, v.status, v.care_manager_display, null
from record.v_episode v
union all
select v.person_key, 'EpisodeOfCare', v.resource_id, v.row_no * 2 + 1, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'episode', 'closed',
  coalesce(v.ended_at, v.received_at), v.ended, v.type_text, v.team_display, null, v.status, v.care_manager_display, null
from record.v_episode v where v.ended_at is not null
union all
select v.person_key, 'ServiceRequest', v.resource_id, v.row_no * 2, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'referral', null,
  coalesce(v.authored_at, v.occurrence_at, v.received_at), coalesce(v.authored, v.occurrence), v.title, v.reason_text, v.performer_display, v.status, v.requester_display, null
from record.v_service_request v
union all
select v.person_key, 'Observation', v.resource_id, v.row_no * 2, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'results', null,
  coalesce(v.effective_at, v.issued_at, v.received_at), coalesce(v.effective, v.issued), v.title, null, v.category_code, v.status, v.performer_display, ''
from record.v_observation v where v.status is distinct from 'entered-in-error'
union all
select v.person_key, 'DocumentReference', v.resource_id, v.row_no * 2, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'document', null,
  coalesce(v.created_at, v.received_at), v.created, coalesce(v.title, v.description), null, v.type_title, v.status, v.author_display, null
from record.v_document v
union all
select v.person_key, 'MedicationRequest', v.resource_id, v.row_no * 2, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'medicine', null,
  coalesce(v.started_at, v.authored_at, v.received_at), coalesce(v.started, v.authored), v.title, v.dosage_text, null, v.status, v.author_display, coalesce(v.status, '')
from record.v_medication_request v where v.status is distinct from 'entered-in-error'
union all
select v.person_key, 'MedicationStatement', v.resource_id, v.row_no * 2, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'medicine', null,
  coalesce(v.started_at, v.authored_at, v.received_at), coalesce(v.started, v.authored), v.title, v.dosage_text, null, v.status, v.author_display, coalesce(v.status, '')
from record.v_medication_statement v where v.status is distinct from 'entered-in-error'
union all
select v.person_key, 'Condition', v.resource_id, v.row_no * 2, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'problem', null,
  coalesce(v.recorded_at, v.onset_at, v.received_at), coalesce(v.recorded, v.onset), v.title, v.severity, null, coalesce(nullif(v.verification_status, 'confirmed'), v.clinical_status), v.recorder_display, null
from record.v_condition v
union all
select v.person_key, 'AllergyIntolerance', v.resource_id, v.row_no * 2, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'allergy', null,
  coalesce(v.recorded_at, v.onset_at, v.received_at), coalesce(v.recorded, v.onset), v.title, v.manifestations, null, coalesce(nullif(v.verification_status, 'confirmed'), v.clinical_status), v.recorder_display, null
from record.v_allergy v
union all
select v.person_key, 'Procedure', v.resource_id, v.row_no * 2, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'procedure', null,
  coalesce(v.performed_at, v.received_at), v.performed, v.title, null, null, v.status, v.performer_display, null
from record.v_procedure v
union all
select v.person_key, 'Immunization', v.resource_id, v.row_no * 2, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'immunisation', null,
  coalesce(v.occurred_at, v.received_at), v.occurred, v.title, null, null, v.status, v.performer_display, null
from record.v_immunization v
union all
select v.person_key, 'CarePlan', v.resource_id, v.row_no * 2, v.category, v.sensitivity, v.source, v.organisation, v.received_at, 'care plan', null,
  coalesce(v.started_at, v.created_at, v.received_at), coalesce(v.started, v.created), coalesce(v.title, v.category_text), v.description, null, v.status, v.author_display, null
from record.v_care_plan v;
