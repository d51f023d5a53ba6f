import allergy from './allergy.view.json' with { type: 'json' }
import carePlan from './care-plan.view.json' with { type: 'json' }
import { type CompiledView, compileView } from './compile-view.ts'
import condition from './condition.view.json' with { type: 'json' }
import consent from './consent.view.json' with { type: 'json' }
import document from './document.view.json' with { type: 'json' }
import encounter from './encounter.view.json' with { type: 'json' }
import encounterLocation from './encounter-location.view.json' with { type: 'json' }
import episode from './episode.view.json' with { type: 'json' }
import flag from './flag.view.json' with { type: 'json' }
import immunization from './immunization.view.json' with { type: 'json' }
import medicationRequest from './medication-request.view.json' with { type: 'json' }
import medicationStatement from './medication-statement.view.json' with { type: 'json' }
import observation from './observation.view.json' with { type: 'json' }
import observationComponent from './observation-component.view.json' with { type: 'json' }
import patient from './patient.view.json' with { type: 'json' }
import patientAddress from './patient-address.view.json' with { type: 'json' }
import patientPractice from './patient-practice.view.json' with { type: 'json' }
import procedure from './procedure.view.json' with { type: 'json' }
import serviceRequest from './service-request.view.json' with { type: 'json' }

/**
 * Every view of the record, compiled. A page, search or extract reads the tables of these, never the JSON. What fills the tables asks the database
 * which there are (kept-views.ts): while a view changes, there are more.
 */
export const allViews: readonly CompiledView[] = [
  allergy,
  carePlan,
  condition,
  consent,
  document,
  encounter,
  encounterLocation,
  episode,
  flag,
  immunization,
  medicationRequest,
  medicationStatement,
  observation,
  observationComponent,
  patient,
  patientAddress,
  patientPractice,
  procedure,
  serviceRequest,
].map(compileView)
