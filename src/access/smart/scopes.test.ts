import { describe, expect, test } from 'vitest'
import { faultsIn } from './apps.ts'
import { narrowingOf } from './narrowing.ts'
import { faultWith, readScope } from './scopes.ts'
import { needOf } from './ways.ts'
import { scopesInWords } from './words.ts'

describe('a scope, version 1 or 2, is read as its letters', () => {
  test.each([
    ['patient/Observation.rs', 'patient', 'Observation', 'rs'],
    ['user/*.cruds', 'user', '*', 'cruds'],
    ['system/Patient.c', 'system', 'Patient', 'c'],
    ['patient/Observation.read', 'patient', 'Observation', 'rs'],
    ['user/*.write', 'user', '*', 'cud'],
    ['system/*.*', 'system', '*', 'cruds'],
  ])('%s', (scope, context, type, letters) => {
    expect(readScope(scope)).toEqual({ context, type, letters: [...letters] })
  })

  test.each([
    ['patient/Observation.sr', 'in this order'],
    ['patient/Observation.rr', 'in this order'],
    ['patient/Observation.reads', 'in this order'],
    ['patient/Observation.', 'not a scope'],
    ['patient/observation.rs', 'not a scope'],
    ['Patient/Observation.rs', 'not a scope'],
    ['patient/Observation.rs?category=vital-signs', 'search parameters'],
    ['launch/encounter', 'not a scope'],
    ['email', 'not a scope'],
  ])('%s is refused: %s', (scope, words) => {
    const read = readScope(scope)
    expect(read && 'fault' in read && read.fault).toContain(words)
  })

  test.each(['openid', 'launch', 'launch/patient', 'offline_access', 'fhirUser'])(
    '%s gives no data',
    (scope) => {
      expect(readScope(scope)).toBeUndefined()
    },
  )
})

describe('what an app is registered for covers', () => {
  test.each([
    ['patient/*.rs', 'patient/Observation.rs', true],
    ['patient/*.rs', 'patient/Observation.read', true],
    ['patient/*.rs', 'patient/*.rs', true],
    ['patient/*.rs', 'patient/Observation.cruds', false],
    ['patient/*.rs', 'user/Observation.rs', false],
    ['patient/Observation.rs', 'patient/*.rs', false],
    ['patient/Observation.rs', 'patient/Observation.r', true],
    ['patient/Observation.r patient/*.s', 'patient/Observation.rs', true],
    ['patient/Observation.rs', 'openid', false],
    ['openid', 'openid', true],
  ])('%s: %s is %s', (allowed, asked, covered) => {
    expect(faultWith(allowed.split(' '), asked) === undefined).toBe(covered)
  })
})

describe('a way in needs letters', () => {
  test.each([
    ['GET', '/fhir/:type/:id', { reads: ['r'] }],
    ['GET', '/fhir/:type/:id/_history', { reads: ['r'] }],
    ['GET', '/fhir/:type/:id/_history/:version', { reads: ['r'] }],
    ['GET', '/fhir/:type', { reads: ['s'] }],
    ['POST', '/fhir/:type/_search', { reads: ['s'] }],
    ['GET', '/fhir/:type/_history', { reads: ['s'] }],
    ['GET', '/fhir/Patient/:id/$everything', { reads: ['r', 's'] }],
    ['GET', '/fhir/$export', { reads: ['r', 's'] }],
    ['GET', '/fhir/$export/:job/:part', { reads: ['r', 's'] }],
    ['DELETE', '/fhir/$export/:job', { reads: ['r', 's'] }],
    ['POST', '/fhir/:type/$validate', { reads: ['r', 's'] }],
    ['GET', '/fhir/:compartment/:id/:type', { reads: ['r', 's'] }],
    ['POST', '/fhir/:type', { writes: 'c' }],
    ['PUT', '/fhir/:type/:id', { writes: 'u' }],
    ['PUT', '/fhir/:type', { writes: 'u' }],
    ['PATCH', '/fhir/:type/:id', { writes: 'u' }],
    ['DELETE', '/fhir/:type/:id', { writes: 'd' }],
    ['POST', '/fhir', { writes: 'each entry' }],
    ['POST', '/fhir/$process-message', undefined],
    ['GET', '/people/:person', undefined],
    ['POST', '/files/:set', undefined],
  ])('%s %s', (method, path, need) => {
    expect(needOf({ method, path })).toEqual(need)
  })
})

describe('what a token leaves on a way in', () => {
  const search = { method: 'GET', path: '/fhir/:type' }
  const app = (scopes: string, patient?: string) => ({
    client: 'app',
    name: 'App',
    scopes: scopes.split(' '),
    ...(patient && { patient }),
  })
  test('patient/ scopes without anybody chosen give nothing', () => {
    expect(narrowingOf(app('patient/*.rs'), search)).toMatchObject({ types: [], personTypes: [] })
    expect(narrowingOf(app('patient/*.rs', 'x'), search)).toMatchObject({ types: [], personTypes: ['*'] })
  })
  test('nothing is left on a way in that no app may use, or that is not known', () => {
    const all = app('patient/*.cruds user/*.cruds system/*.cruds', 'x')
    for (const way of [undefined, { method: 'GET', path: '/people/:person' }])
      expect(narrowingOf(all, way)).toEqual({
        app: 'app',
        types: [],
        personTypes: [],
        patient: 'x',
        writes: { c: [], u: [], d: [] },
      })
  })
  test('letters of a type and of all types count together', () => {
    const given = narrowingOf(app('user/*.r user/Observation.s'), { method: 'GET', path: '/fhir/$export' })
    expect(given.types).toEqual(['Observation'])
  })
})

describe('a registration that contradicts itself', () => {
  const sound = {
    id: 'app',
    name: 'App',
    organisation: 'RFR',
    proof: { kind: 'public' as const },
    redirectUris: ['https://app.example/'],
    scopes: ['launch', 'patient/*.rs'],
  }
  const service = { role: 'feed', source: 'rfr-hospital', teams: [] }
  test('is told apart from one that does not', () => expect(faultsIn(sound)).toEqual([]))
  test.each([
    ['needs “redirectUris”', { redirectUris: [] }],
    ['in this order', { scopes: ['patient/Observation.sr'] }],
    ['no “service”', { scopes: ['system/*.rs'] }],
    ['must be system/…', { service, scopes: ['patient/*.rs'], redirectUris: [] }],
    ['which a public app cannot have', { service, scopes: ['system/*.rs'], redirectUris: [] }],
    ['nobody whom to send back', { service, scopes: ['system/*.rs'] }],
    ['either “keys” or “keysFile”', { proof: { kind: 'keys' as const } }],
  ])('%s', (words, changed) => {
    expect(faultsIn({ ...sound, ...changed }).join('; ')).toContain(words)
  })
})

describe('in plain words', () => {
  test('what is asked for, of whom, and besides', () => {
    const scopes = [
      'openid',
      'profile',
      'offline_access',
      'patient/Observation.rs',
      'user/*.cruds',
      'patient/Basic.r',
    ]
    expect(scopesInWords(scopes)).toEqual({
      ofPerson: ['see test results and measurements', 'see items of the kind Basic'],
      ofEveryone: ['add, see, change and delete everything in the record'],
      besides: ['know your name', 'go on when you have signed out, until you or the place stop it'],
    })
  })
})
