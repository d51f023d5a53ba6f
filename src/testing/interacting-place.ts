import type { sql } from 'kysely'
import { expect } from 'vitest'
import { openDatabase } from '../platform/index.ts'
import { testApp } from './app.ts'
import { fhirAs } from './fhir-client.ts'
import { signIn, systemToken } from './http.ts'

const system = 'https://golden-thread.example/Id/interactions'
const theirPractice = [
  { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'ZP001' } },
]

/** The product with two sources, a GP of the practice at which people are registered, and another who has nothing to do with them. */
export async function anInteractingPlace() {
  const app = await testApp()
  const owner = openDatabase(app.ownerUrl, 1)
  const as = async (name: string) =>
    fhirAs(app.base, { token: await systemToken(app.base, `demo-${name}`, `demo-${name}-secret`) })
  const hospital = await as('hospital')
  const practice = await as('practice')
  const gp = fhirAs(app.base, { cookie: await signIn(app.base, 'demo-gp') })
  const otherGp = fhirAs(app.base, { cookie: await signIn(app.base, 'demo-gp-other') })

  let serial = 0
  /** Somebody registered with the GP's practice, unless told otherwise. */
  const aPatient = (more: object = {}, value = `p${++serial}`) => ({
    resourceType: 'Patient',
    identifier: [{ system, value }],
    name: [{ family: `Interaction${value}`, given: ['Una'] }],
    birthDate: '1960-05-06',
    generalPractitioner: theirPractice,
    ...more,
  })
  const aCondition = (patient: string, text = 'Asthma', more: object = {}) => ({
    resourceType: 'Condition',
    subject: { reference: `Patient/${patient}` },
    code: { text },
    ...more,
  })
  /** Its id, once it is created. */
  async function kept(
    body: { resourceType: string; [name: string]: unknown },
    by = hospital,
  ): Promise<string> {
    const answer = await by('POST', body.resourceType, body)
    expect(answer.status, answer.text).toBe(201)
    return answer.json.id
  }
  return {
    app,
    system,
    hospital,
    practice,
    gp,
    otherGp,
    aPatient,
    aCondition,
    kept,
    async condition(text?: string) {
      const patient = await kept(aPatient())
      return { patient, id: await kept(aCondition(patient, text)) }
    },
    rows: <Row>(query: ReturnType<typeof sql<Row>>) =>
      owner.transaction('owner', {}, async (db) => (await query.execute(db)).rows),
    close: async () => {
      await owner.close()
      await app.close()
    },
  }
}
