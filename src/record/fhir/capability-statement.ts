type Declared = Record<string, Record<string, { kind: string }>>

/** What the server can do, from the declarations themselves, so that it cannot promise what it refuses. */
export function capabilityStatement(base: string, searchable: Declared, now: Date): Record<string, unknown> {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: now.toISOString(),
    kind: 'instance',
    software: { name: 'Golden Thread' },
    implementation: { description: 'A place’s shared health and care record', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    rest: [
      {
        mode: 'server',
        security: {
          service: [
            {
              coding: [
                { system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'OAuth' },
              ],
            },
          ],
        },
        resource: Object.entries(searchable).map(([type, parameters]) => ({
          type,
          interaction: ['read', 'history-instance', 'create', 'update', 'search-type'].map((code) => ({
            code,
          })),
          versioning: 'versioned-update',
          updateCreate: true,
          searchParam: Object.entries(parameters).map(([name, { kind }]) => ({ name, type: kind })),
        })),
        interaction: [{ code: 'transaction' }],
      },
    ],
  }
}
