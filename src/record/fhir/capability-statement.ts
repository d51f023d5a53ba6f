import { slotParameters } from '../store/search-slots.ts'

type Declared = Record<string, Record<string, { kind: string }>>

const codes = (...all: string[]) => all.map((code) => ({ code }))
const written = ['read', 'history-instance', 'create', 'update']

/**
 * What the server can do, from the declarations themselves, so that it cannot promise what it refuses.
 * @param messages the definitions of the messages it takes
 * @param security how one signs in
 */
export function capabilityStatement(
  base: string,
  searchable: Declared,
  messages: readonly { url: string }[],
  now: Date,
  security: Record<string, unknown>,
): Record<string, unknown> {
  const resources = Object.entries(searchable).map(([type, parameters]) => ({
    type,
    interaction: codes(...written, 'search-type'),
    versioning: 'versioned-update',
    updateCreate: true,
    conditionalCreate: true,
    searchParam: Object.entries(parameters).map(([name, { kind }]) => ({ name, type: kind })),
  }))
  const slots = {
    type: 'Slot',
    interaction: codes(...written, 'search-type'),
    versioning: 'versioned-update',
    updateCreate: true,
    conditionalCreate: true,
    searchInclude: ['Slot:schedule'],
    searchParam: Object.entries(slotParameters).map(([name, type]) => ({ name, type })),
  }
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
        security,
        resource: [
          ...resources,
          slots,
          { type: 'MessageDefinition', interaction: codes('search-type'), versioning: 'no-version' },
        ],
        interaction: codes('transaction', 'batch'),
        operation: [
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
