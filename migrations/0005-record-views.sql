-- The view tables: what pages and search read instead of digging in JSON. Written from src/record/views/*.view.json by tableDdl.
-- Projections: each row can be made again from record.resource.
set role gt_owner;

create table record.v_allergy (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  code text,
  code_system text,
  title text,
  clinical_status text,
  verification_status text,
  type text,
  category_code text,
  criticality text,
  onset text,
  onset_at timestamptz,
  recorded text,
  recorded_at timestamptz,
  recorder_display text,
  manifestations text,
  reaction_severity text,
  note text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_allergy is 'class: projection';
select access.guard('record.v_allergy', $$record.everyone_in_reach('AllergyIntolerance', v_allergy.resource_id)$$);
grant select, insert, update, delete on record.v_allergy to gt_record;

create table record.v_care_plan (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  status text,
  intent text,
  title text,
  description text,
  category_code text,
  category_text text,
  started text,
  started_at timestamptz,
  ended text,
  ended_at timestamptz,
  created text,
  created_at timestamptz,
  author_display text,
  activities text,
  note text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_care_plan is 'class: projection';
select access.guard('record.v_care_plan', $$record.everyone_in_reach('CarePlan', v_care_plan.resource_id)$$);
grant select, insert, update, delete on record.v_care_plan to gt_record;

create table record.v_condition (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  code text,
  code_system text,
  title text,
  clinical_status text,
  verification_status text,
  category_code text,
  severity text,
  onset text,
  onset_at timestamptz,
  onset_text text,
  abated text,
  abated_at timestamptz,
  abated_text text,
  recorded text,
  recorded_at timestamptz,
  recorder_display text,
  asserter_display text,
  note text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_condition is 'class: projection';
select access.guard('record.v_condition', $$record.everyone_in_reach('Condition', v_condition.resource_id)$$);
grant select, insert, update, delete on record.v_condition to gt_record;

create table record.v_consent (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  status text,
  scope_code text,
  category_code text,
  provision_type text,
  recorded text,
  recorded_at timestamptz,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_consent is 'class: projection';
select access.guard('record.v_consent', $$record.everyone_in_reach('Consent', v_consent.resource_id)$$);
grant select, insert, update, delete on record.v_consent to gt_record;

create table record.v_document (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  status text,
  doc_status text,
  type_code text,
  type_title text,
  category_code text,
  description text,
  created text,
  created_at timestamptz,
  author_display text,
  custodian_display text,
  content_type text,
  title text,
  url text,
  size integer,
  hash text,
  relates_to_code text,
  relates_to_target text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_document is 'class: projection';
select access.guard('record.v_document', $$record.everyone_in_reach('DocumentReference', v_document.resource_id)$$);
grant select, insert, update, delete on record.v_document to gt_record;

create table record.v_encounter (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  status text,
  class_code text,
  class_display text,
  type_text text,
  service_type text,
  reason_text text,
  started text,
  started_at timestamptz,
  ended text,
  ended_at timestamptz,
  admission_source text,
  discharge_disposition text,
  spell_identifier text,
  author_display text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_encounter is 'class: projection';
select access.guard('record.v_encounter', $$record.everyone_in_reach('Encounter', v_encounter.resource_id)$$);
grant select, insert, update, delete on record.v_encounter to gt_record;

create table record.v_encounter_location (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  location_code text,
  location_display text,
  location_status text,
  started text,
  started_at timestamptz,
  ended text,
  ended_at timestamptz,
  provider_code text,
  provider_display text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_encounter_location is 'class: projection';
select access.guard('record.v_encounter_location', $$record.everyone_in_reach('Encounter', v_encounter_location.resource_id)$$);
grant select, insert, update, delete on record.v_encounter_location to gt_record;

create table record.v_episode (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  status text,
  type_text text,
  team_code text,
  team_display text,
  organisation_code text,
  organisation_display text,
  started text,
  started_at timestamptz,
  ended text,
  ended_at timestamptz,
  care_manager_display text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_episode is 'class: projection';
select access.guard('record.v_episode', $$record.everyone_in_reach('EpisodeOfCare', v_episode.resource_id)$$);
grant select, insert, update, delete on record.v_episode to gt_record;

create table record.v_flag (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  status text,
  category_code text,
  category_text text,
  code text,
  code_system text,
  title text,
  started text,
  started_at timestamptz,
  ended text,
  ended_at timestamptz,
  author_display text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_flag is 'class: projection';
select access.guard('record.v_flag', $$record.everyone_in_reach('Flag', v_flag.resource_id)$$);
grant select, insert, update, delete on record.v_flag to gt_record;

create table record.v_immunization (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  code text,
  code_system text,
  title text,
  status text,
  occurred text,
  occurred_at timestamptz,
  occurred_text text,
  status_reason text,
  dose_number text,
  site text,
  performer_display text,
  lot_number text,
  manufacturer_display text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_immunization is 'class: projection';
select access.guard('record.v_immunization', $$record.everyone_in_reach('Immunization', v_immunization.resource_id)$$);
grant select, insert, update, delete on record.v_immunization to gt_record;

create table record.v_medication_request (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  code text,
  code_system text,
  title text,
  status text,
  intent text,
  category_code text,
  dosage_text text,
  dose text,
  frequency text,
  route text,
  as_needed boolean,
  started text,
  started_at timestamptz,
  ended text,
  ended_at timestamptz,
  authored text,
  authored_at timestamptz,
  author_display text,
  reason_text text,
  course_type text,
  repeats_allowed integer,
  note text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_medication_request is 'class: projection';
select access.guard('record.v_medication_request', $$record.everyone_in_reach('MedicationRequest', v_medication_request.resource_id)$$);
grant select, insert, update, delete on record.v_medication_request to gt_record;

create table record.v_medication_statement (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  code text,
  code_system text,
  title text,
  status text,
  intent text,
  category_code text,
  dosage_text text,
  dose text,
  frequency text,
  route text,
  as_needed boolean,
  started text,
  started_at timestamptz,
  ended text,
  ended_at timestamptz,
  authored text,
  authored_at timestamptz,
  author_display text,
  reason_text text,
  course_type text,
  repeats_allowed integer,
  note text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_medication_statement is 'class: projection';
select access.guard('record.v_medication_statement', $$record.everyone_in_reach('MedicationStatement', v_medication_statement.resource_id)$$);
grant select, insert, update, delete on record.v_medication_statement to gt_record;

create table record.v_observation (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  code text,
  code_system text,
  title text,
  status text,
  category_code text,
  effective text,
  effective_at timestamptz,
  issued text,
  issued_at timestamptz,
  value_number numeric,
  unit text,
  value_text text,
  comparator text,
  reference_low numeric,
  reference_high numeric,
  reference_text text,
  interpretation_code text,
  absent_reason text,
  performer_display text,
  note text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_observation is 'class: projection';
select access.guard('record.v_observation', $$record.everyone_in_reach('Observation', v_observation.resource_id)$$);
grant select, insert, update, delete on record.v_observation to gt_record;

create table record.v_observation_component (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  code text,
  code_system text,
  title text,
  value_number numeric,
  unit text,
  value_text text,
  comparator text,
  reference_low numeric,
  reference_high numeric,
  reference_text text,
  interpretation_code text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_observation_component is 'class: projection';
select access.guard('record.v_observation_component', $$record.everyone_in_reach('Observation', v_observation_component.resource_id)$$);
grant select, insert, update, delete on record.v_observation_component to gt_record;

create table record.v_patient (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  id text,
  family text,
  given text,
  prefix text,
  suffix text,
  preferred_name text,
  birth_date text,
  gender text,
  deceased text,
  nhs_number text,
  nhs_number_status text,
  phone text,
  email text,
  language_code text,
  language text,
  interpreter boolean,
  ethnicity_code text,
  ethnicity text,
  marital_status text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_patient is 'class: projection';
select access.guard('record.v_patient', $$record.everyone_in_reach('Patient', v_patient.resource_id)$$);
grant select, insert, update, delete on record.v_patient to gt_record;

create table record.v_patient_address (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  use text,
  type text,
  lines text,
  city text,
  postcode text,
  period_start text,
  period_start_at timestamptz,
  period_end text,
  period_end_at timestamptz,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_patient_address is 'class: projection';
select access.guard('record.v_patient_address', $$record.everyone_in_reach('Patient', v_patient_address.resource_id)$$);
grant select, insert, update, delete on record.v_patient_address to gt_record;

create table record.v_patient_practice (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  ods_code text,
  display text,
  practice_key text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_patient_practice is 'class: projection';
select access.guard('record.v_patient_practice', $$record.everyone_in_reach('Patient', v_patient_practice.resource_id)$$);
grant select, insert, update, delete on record.v_patient_practice to gt_record;

create table record.v_procedure (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  code text,
  code_system text,
  title text,
  status text,
  performed text,
  performed_at timestamptz,
  performed_text text,
  performer_display text,
  note text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_procedure is 'class: projection';
select access.guard('record.v_procedure', $$record.everyone_in_reach('Procedure', v_procedure.resource_id)$$);
grant select, insert, update, delete on record.v_procedure to gt_record;

create table record.v_service_request (
  person_key uuid not null,
  resource_id text not null,
  row_no smallint not null,
  category text not null,
  sensitivity text not null,
  source text not null,
  organisation text not null,
  received_at timestamptz not null,
  status text,
  intent text,
  priority text,
  category_code text,
  code text,
  code_system text,
  title text,
  requester_display text,
  performer_display text,
  occurrence text,
  occurrence_at timestamptz,
  authored text,
  authored_at timestamptz,
  reason_text text,
  note text,
  primary key (person_key, resource_id, row_no)
);
comment on table record.v_service_request is 'class: projection';
select access.guard('record.v_service_request', $$record.everyone_in_reach('ServiceRequest', v_service_request.resource_id)$$);
grant select, insert, update, delete on record.v_service_request to gt_record;

