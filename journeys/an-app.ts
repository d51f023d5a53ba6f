import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'

const library = readFileSync(
  createRequire(import.meta.url).resolve('fhirclient/build/fhir-client.pure.min.js'),
  'utf8',
)

const page = (title: string, script: string): string => `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>${title}</title><script src="/fhir-client.js"></script></head>
<body><main><h1>${title}</h1><p id="patient"></p><ul id="observations"></ul><p id="problem"></p></main><script>${script}</script></body></html>`

/** What an app does that is opened on a record: asks for its token, with PKCE, as its library does by itself. */
const launch = (scope: string) =>
  `FHIR.oauth2.authorize({ clientId: 'observations', redirectUri: '/', scope: '${scope}' })`

/** And then: shows its patient, what was measured, and what happens when it asks for more than it was given. */
const show = `
  const put = (id, text) => { document.getElementById(id).textContent = text }
  FHIR.oauth2.ready().then(async (client) => {
    const patient = await client.patient.read()
    put('patient', patient.name[0].family + ' ' + patient.birthDate)
    const bundle = await client.request('Observation?patient=' + client.patient.id + '&_count=5')
    for (const { resource } of bundle.entry) {
      const item = document.createElement('li')
      item.textContent = resource.code.text || resource.code.coding[0].display
      document.getElementById('observations').append(item)
    }
    await client.request('Condition?patient=' + client.patient.id)
  }).catch((problem) => put('problem', problem.message))`

const pages = {
  '/': page('Observations at a glance', show),
  '/launch.html': page('Opening', launch('launch openid patient/Observation.rs patient/Patient.r')),
  '/alone.html': page(
    'Opening',
    launch('launch/patient openid patient/Observation.rs patient/Patient.r').replace(
      '{',
      '{ iss: new URLSearchParams(location.search).get("server"),',
    ),
  ),
}

/** A tiny app of pages alone, on an address of its own, built with fhirclient for browsers. */
export async function anApp(): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path === '/fhir-client.js') return response.setHeader('content-type', 'text/javascript').end(library)
    const found = pages[path as keyof typeof pages]
    if (found === undefined) return response.writeHead(404).end()
    return response.setHeader('content-type', 'text/html; charset=utf-8').end(found)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // By another name than the product's own, so that a browser takes the two for different sites.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}
