import { searchCapabilities } from '../search/index.ts'

const codes = (...all: string[]) => all.map((code) => ({ code }))
const written = ['read', 'history-instance', 'create', 'update']

/**
 * What the server can do, from the declarations themselves, so that it cannot promise what it refuses.
 * @param messages the definitions of the messages it takes
 */
export function capabilityStatement(
  base: string,
  messages: readonly { url: string }[],
  now: Date,
): Record<string, unknown> {
  const resources = searchCapabilities().map((searched) => ({
    ...searched,
    interaction: codes(...written, 'search-type'),
    versioning: 'versioned-update',
    updateCreate: true,
    conditionalCreate: true,
  }))
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
        documentation: 'Any other R4 type can be created, read and updated as well; it cannot be searched.',
        security: {
          service: [
            {
              coding: [
                { system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'OAuth' },
              ],
            },
          ],
        },
        resource: [
          ...resources,
          { type: 'MessageDefinition', interaction: codes('search-type'), versioning: 'no-version' },
        ],
        interaction: codes('transaction', 'batch'),
        operation: [
          { name: 'validate', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate' },
          {
            name: 'process-message',
            definition: 'http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message',
          },
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
