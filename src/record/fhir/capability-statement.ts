import { searchCapabilities } from '../search/index.ts'

const codes = (...all: string[]) => all.map((code) => ({ code }))
const interactions = codes(
  'read',
  'vread',
  'history-instance',
  'history-type',
  'create',
  'update',
  'patch',
  'delete',
  'search-type',
)
const changes = {
  versioning: 'versioned-update',
  readHistory: true,
  updateCreate: true,
  conditionalCreate: true,
  conditionalRead: 'full-support',
  conditionalUpdate: true,
  conditionalDelete: 'single',
} as const
const operation = (name: string, definition: string) => ({ name, definition })
const exporting = (level: string) =>
  operation('export', `http://hl7.org/fhir/uv/bulkdata/OperationDefinition/${level}-export`)
const validating = operation('validate', 'http://hl7.org/fhir/OperationDefinition/Resource-validate')
const operations: Record<string, ReturnType<typeof operation>[]> = {
  Patient: [
    operation('everything', 'http://hl7.org/fhir/OperationDefinition/Patient-everything'),
    exporting('patient'),
  ],
}

/**
 * What the server can do, from the declarations themselves, so that it cannot promise what it refuses.
 * @param messages the definitions of the messages it takes
 * @param security how one signs in
 */
export function capabilityStatement(
  base: string,
  messages: readonly { url: string }[],
  now: Date,
  security: Record<string, unknown>,
): Record<string, unknown> {
  const resources = searchCapabilities().map((searched) => ({
    ...searched,
    interaction: interactions,
    ...changes,
    operation: [validating, ...(operations[searched.type] ?? [])],
  }))
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: now.toISOString(),
    kind: 'instance',
    software: { name: 'Golden Thread' },
    implementation: { description: 'A place’s shared health and care record', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'Any other R4 type can be created, read, changed and deleted as well, by its id; it cannot be searched.',
        security,
        resource: [
          ...resources,
          {
            type: 'Group',
            interaction: interactions.slice(0, -1),
            ...changes,
            operation: [validating, exporting('group')],
          },
          { type: 'MessageDefinition', interaction: codes('search-type'), versioning: 'no-version' },
        ],
        interaction: codes('transaction', 'batch'),
        operation: [
          operation(
            'process-message',
            'http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message',
          ),
          operation('viewdefinition-run', 'https://sql-on-fhir.org/ig/OperationDefinition/ViewDefinitionRun'),
        ],
      },
    ],
    messaging: [
      {
        endpoint: [
          {
            protocol: { system: 'http://terminology.hl7.org/CodeSystem/message-transport', code: 'http' },
            address: `${base}/$process-message`,
          },
        ],
        supportedMessage: messages.map(({ url }) => ({ mode: 'receiver', definition: url })),
      },
    ],
  }
}
