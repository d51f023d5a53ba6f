import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/app.ts'
import { type AskFhir, fhirAs } from '../../testing/fhir-client.ts'
import { systemToken } from '../../testing/http.ts'
import { mended } from '../../testing/uk-core.ts'
import { parseLossless } from '../store/lossless-json.ts'

/** What goes in by any way comes back by every way as it was sent: each element, each digit. */
let app: TestApp
let ask: AskFhir
beforeAll(async () => {
  app = await testApp()
  ask = fhirAs(app.base, { token: await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret') })
})
afterAll(() => app.close())

type Json = Record<string, unknown>

/** Without what the server may change; each number as it is written. */
function asSent(resource: Json): string {
  const { meta, ...rest } = resource
  const { versionId: _version, lastUpdated: _updated, ...kept } = (meta ?? {}) as Json
  return JSON.stringify(ordered({ ...rest, ...(Object.keys(kept).length > 0 && { meta: kept }) }))
}

/** Members of an object have no order. */
function ordered(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || 'rawJSON' in value) return value
  if (Array.isArray(value)) return value.map(ordered)
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, ordered(inner)]),
  )
}

const read = (text: string) => parseLossless(text) as Json
const resourcesIn = (text: string): Json[] =>
  ((read(text)['entry'] ?? []) as { resource: Json }[]).map(({ resource }) => resource)

/** By each way out, the resource with this id. */
async function waysOut(type: string, id: string, patient: string): Promise<Record<string, Json | undefined>> {
  const at = `${type}/${id}`
  const among = (text: string) =>
    resourcesIn(text).find((each) => each['resourceType'] === type && each['id'] === id)
  const batch = { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: at } }] }
  return {
    read: read((await ask('GET', at)).text),
    pretty: read((await ask('GET', `${at}?_pretty=true`)).text),
    vread: read((await ask('GET', `${at}/_history/1`)).text),
    history: among((await ask('GET', `${at}/_history`)).text),
    search: among((await ask('GET', `${type}?_id=${id}`)).text),
    batch: among((await ask('POST', '', batch)).text),
    everything: among((await ask('GET', `Patient/${patient}/$everything?_type=${type}&_count=1000`)).text),
  }
}

async function exported(): Promise<Map<string, Json>> {
  const begun = await ask('GET', 'Patient/$export', undefined, { prefer: 'respond-async' })
  const { json } = await ask('GET', begun.headers.get('content-location') ?? '')
  const all = new Map<string, Json>()
  for (const { url } of json.output)
    for (const line of (await ask('GET', url)).text.split('\n').filter((each) => each !== '')) {
      const resource = read(line)
      all.set(`${resource['resourceType']}/${resource['id']}`, resource)
    }
  return all
}

const decimal = fc.constantFrom(
  '70.10',
  '1.0',
  '0.00',
  '-0.0',
  '1.5e3',
  '1E-7',
  '12345678901234567890.123456789012345678',
  '3',
  '0.1',
)
const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((text) => [...text].filter((each) => each >= ' ').join(''))
  .filter((text) => text.trim() !== '')
const { extension } = fc.letrec<{ extension: string }>((tie) => ({
  extension: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    decimal.map((each) => `{"url":"https://example.org/d","valueDecimal":${each}}`),
    word.map((each) => `{"url":"https://example.org/s","id":"e1","valueString":${JSON.stringify(each)}}`),
    fc
      .array(tie('extension'), { minLength: 1, maxLength: 3 })
      .map((all) => `{"url":"https://example.org/n","extension":[${all.join(',')}]}`),
  ),
}))
const anObservation = fc.record({
  decimals: fc.tuple(decimal, decimal, decimal),
  words: fc.tuple(word, word, word),
  extension,
  inner: extension,
})

/** As text, so that each digit is chosen: decimals, extensions at any depth, extensions and ids of primitives, lists with gaps, contained resources. */
const observationText = (
  id: string,
  patient: string,
  {
    decimals: [one, two, three],
    words: [first, second, third],
    extension: outer,
    inner,
  }: { decimals: string[]; words: string[]; extension: string; inner: string },
) => {
  const text = [first, second, third].map((each) => JSON.stringify(each))
  return `{"resourceType":"Observation","id":"${id}","meta":{"tag":[{"system":"https://example.org/t","code":"kept"}]},"implicitRules":"https://example.org/rules","language":"en",
    "contained":[{"resourceType":"Patient","id":"p1","name":[{"family":${text[0]},"given":["A",null],"_given":[null,{"extension":[${inner}]}]}],"_birthDate":{"extension":[${inner}]}}],
    "extension":[${outer}],"modifierExtension":[],"status":"final","_status":{"id":"s1","extension":[${inner}]},
    "code":{"id":"c1","coding":[{"system":"https://example.org/c","code":"x","_display":{"extension":[${outer}]}}],"text":${text[1]}},
    "subject":{"reference":"Patient/${patient}","display":${text[2]}},"focus":[{"reference":"#p1"}],
    "valueQuantity":{"value":${one},"unit":"kg","_unit":{"id":"u"},"extension":[${inner}]},
    "referenceRange":[{"low":{"value":${two}},"high":{"value":${three}}}]}`.replace(
    '"modifierExtension":[],',
    '',
  )
}

describe('random resources', () => {
  test('come back by every way as they were sent', async () => {
    const { json } = await ask('POST', 'Patient', { resourceType: 'Patient', name: [{ family: 'Round' }] })
    const patient: string = json.id
    let serial = 0
    await fc.assert(
      fc.asyncProperty(anObservation, fc.constantFrom('PUT', 'transaction', 'batch'), async (drawn, way) => {
        const id = `round-${++serial}`
        const text = observationText(id, patient, drawn)
        const sent =
          way === 'PUT'
            ? await ask('PUT', `Observation/${id}`, text)
            : await ask(
                'POST',
                '',
                `{"resourceType":"Bundle","type":"${way}","entry":[{"resource":${text},"request":{"method":"PUT","url":"Observation/${id}"}}]}`,
              )
        expect(sent.status, sent.text).toBeLessThan(300)
        const expected = asSent(read(text))
        for (const [out, resource] of Object.entries(await waysOut('Observation', id, patient)))
          expect(resource && asSent(resource), `${way}, ${out}`).toBe(expected)
        // What a patch does not touch stays, to the digit.
        const patch = '[{"op":"add","path":"/note","value":[{"text":"x"}]},{"op":"remove","path":"/note"}]'
        const patched = await ask('PATCH', `Observation/${id}`, patch, {
          'content-type': 'application/json-patch+json',
        })
        expect(asSent(read(patched.text)), 'patch').toBe(expected)
      }),
      { numRuns: 25 },
    )
    const all = await exported()
    expect([...all.keys()].filter((place) => place.startsWith('Observation/round-'))).toHaveLength(serial)
    for (let index = 1; index <= serial; index++) {
      const stored = read((await ask('GET', `Observation/round-${index}`)).text)
      expect(asSent(all.get(`Observation/round-${index}`) ?? {})).toBe(asSent(stored))
    }
  }, 120_000)
})

const folder = resolve(import.meta.dirname, '../../../../shared/data/uk-core')
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []

describe.skipIf(files.length === 0)('the UK Core examples, in one batch', () => {
  test('come back by every way as they were sent', async () => {
    const texts = files.map((name) =>
      JSON.stringify(mended(JSON.parse(readFileSync(resolve(folder, name), 'utf8')))),
    )
    const named = new Set(
      texts.flatMap((text) => [...text.matchAll(/"Patient\/([A-Za-z0-9\-.]+)"/g)].map(([, id]) => id)),
    )
    const put = (text: string) => {
      const { resourceType, id } = JSON.parse(text)
      return `{"resource":${text},"request":{"method":"PUT","url":"${resourceType}/${id}"}}`
    }
    const own = new Set(
      texts
        .map((text) => JSON.parse(text))
        .filter((each) => each.resourceType === 'Patient')
        .map((each) => each.id),
    )
    const others = [...named]
      .filter((id) => !own.has(id))
      .map((id) => `{"resourceType":"Patient","id":"${id}"}`)
    const isPatient = (text: string) => text.includes('"resourceType":"Patient"')
    const all = [...others, ...texts.filter(isPatient), ...texts.filter((text) => !isPatient(text))]
    const { json } = await ask(
      'POST',
      '',
      `{"resourceType":"Bundle","type":"batch","entry":[${all.map(put).join(',')}]}`,
    )
    const kept = all.filter((_, index) => /^20[01]/.test(json.entry[index].response.status))
    // One is about nobody, which is refused by itself.
    expect(all.length - kept.length).toBe(1)
    expect(kept.length).toBeGreaterThan(60)
    const everywhere = await exported()
    for (const text of kept) {
      const { resourceType: type, id } = JSON.parse(text)
      const expected = asSent(read(text))
      const place = `${type}/${id}`
      const back = await ask('GET', place)
      expect(asSent(read(back.text)), place).toBe(expected)
      expect(asSent(read((await ask('GET', `${place}/_history/1`)).text)), `${place}, vread`).toBe(expected)
      const patched = await ask('PATCH', place, '[{"op":"add","path":"/language","value":"en-GB"}]', {
        'content-type': 'application/json-patch+json',
      })
      expect(patched.status, patched.text).toBe(200)
      expect(asSent({ ...read(patched.text), language: read(text)['language'] }), `${place}, patch`).toBe(
        asSent({ ...read(text), language: read(text)['language'] }),
      )
      const line = everywhere.get(place)
      if (line) expect(asSent(line), `${place}, export`).toBe(expected)
    }
  }, 120_000)
})
