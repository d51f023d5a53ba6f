import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/app.ts'
import { systemToken } from '../../testing/http.ts'
import { mended } from '../../testing/uk-core.ts'

/** The published UK Core examples, kept beside the project and not in it. */
const folder = resolve(import.meta.dirname, '../../../../shared/data/uk-core')
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []

let app: TestApp
let token: string
beforeAll(async () => {
  app = await testApp()
  token = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
})
afterAll(() => app.close())

async function ask(method: string, path: string, body?: string) {
  const answer = await fetch(`${app.base}/fhir/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
    ...(body === undefined ? {} : { body }),
  })
  return { status: answer.status, json: JSON.parse(await answer.text()) }
}

/** But for what the server may change. */
function asSent({ meta, ...rest }: Record<string, unknown>) {
  const { versionId: _version, lastUpdated: _updated, ...kept } = (meta ?? {}) as Record<string, unknown>
  return { ...rest, ...(Object.keys(kept).length > 0 && { meta: kept }) }
}

/** Which published examples are refused and where they are wrong. Their makers wrote decimals as text and comments as properties. */
const faulty: Record<string, RegExp> = {
  'a comment as a property, which FHIR has not had since DSTU2': /^400 structure .*\.fhir_comments$/,
  'a decimal as text': /^400 structure .*\.(?:value|valueDecimal|period)$/,
  'a reference without its type': /^422 value MedicationDispense\.authorizingPrescription\[0\]\.reference$/,
  'about nobody': /^422 required OperationOutcome$/,
}
const refused: Record<string, string[]> = {
  'a comment as a property, which FHIR has not had since DSTU2': [
    'AllergyIntolerance-Sn-NegHandlNoKnownAllergies',
    'AllergyIntolerance-Sn-NonDrugAllergy',
    'Appointment-OrthopaedicSurgery',
    'Communication-FirstMMRVaccination',
    'Immunization-Sn-IntramuscularRoute',
    'Immunization-Sn-LotNumber',
    'Immunization-Sn-Manufacturer',
    'Immunization-Sn-PatientConformVaccination',
    'Immunization-Sn-ProtocolApplied',
    'Medication-Sn-Amoxicillin',
    'Practitioner-Sn-Photo',
    'PractitionerRole-Sn-Organization-Code',
  ],
  'a decimal as text': [
    'Bundle-NEWS2Observations',
    'CarePlan-WellnessPlan',
    'FamilyMemberHistory-FatherDiabetes',
    'Immunization-Sn-UnitsOfMeasure',
    'MedicationDispense-ParacetamolOral',
    'MedicationRequest-EyeDrops',
    'MedicationRequest-ParacetamolIV',
    'Observation-24HourBloodPressure',
    'Observation-FastingTest',
    'Observation-Lab-RedCellCount',
    'Observation-Lab-WhiteCellCount',
    'Observation-NPEWSTotal',
    'Observation-OxygenTherapy',
    'Observation-PipeSmoker',
    'Observation-VitalSigns-BodyHeight',
    'Observation-VitalSigns-BodyWeight',
    'Observation-VitalSigns-HeadCircumference',
    'Observation-VitalSigns-HeartRate',
    'Observation-VitalSigns-OxygenSaturation',
    'Observation-VitalSigns-RespiratoryRate',
    'QuestionnaireResponse-BabyPatientSurvey',
    'RelatedPerson-JoySmith',
  ],
  'a reference without its type': ['CiprofloxacinIV', 'CiprofloxacinOral', 'Amoxicillin']
    .map((name) => `MedicationDispense-${name}`)
    .sort(),
  'about nobody': ['OperationOutcome-DateError'],
}

/** Sends each under its own id, and gives what was refused; what was kept must come back equal. */
async function sendAll(texts: Map<string, string>): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [name, text] of texts) {
    const sent = JSON.parse(text)
    const { status, json } = await ask('PUT', `${sent.resourceType}/${sent.id}`, text)
    if (status >= 300) {
      const said = `${status} ${json.issue[0].code} ${json.issue[0].expression?.[0]}`
      const [why = said] = Object.entries(faulty).find(([, fault]) => fault.test(said)) ?? []
      found[why] = [...(found[why] ?? []), name].sort()
    } else {
      const read = await ask('GET', `${sent.resourceType}/${sent.id}`)
      expect(asSent(read.json), name).toEqual(asSent(sent))
    }
  }
  return found
}

describe.skipIf(files.length === 0)('the UK Core examples', () => {
  const texts = new Map(
    files.map((name) => [
      name.replace(/^UKCore-|-Example\.json$/g, ''),
      readFileSync(resolve(folder, name), 'utf8'),
    ]),
  )

  test('as published: those that are sound come back equal, the others are refused by the place that is wrong', async () => {
    // Whom they are about is published elsewhere.
    const named = [...texts.values()].flatMap((text) => [...text.matchAll(/"Patient\/([A-Za-z0-9\-.]+)"/g)])
    for (const id of new Set(named.map(([, id]) => id)))
      expect(
        (await ask('PUT', `Patient/${id}`, JSON.stringify({ resourceType: 'Patient', id }))).status,
      ).toBe(201)
    expect(await sendAll(texts)).toEqual(refused)
  })

  test('as they were meant: all but what is about nobody', async () => {
    const meant = new Map([...texts].map(([name, text]) => [name, JSON.stringify(mended(JSON.parse(text)))]))
    expect(await sendAll(meant)).toEqual({ 'about nobody': ['OperationOutcome-DateError'] })
  })
})
