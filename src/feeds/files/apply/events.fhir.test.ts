import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readPlace } from '../../../access/index.ts'
import { validate } from '../../../record/index.ts'
import { aFile, declared } from '../a-file.ts'
import { checkFile } from '../read/check-file.ts'
import { eventsOf, type Line, noLonger } from './events.fhir.ts'

const place = readPlace(fileURLToPath(new URL('../../../../places/rotherham', import.meta.url)))
const teams = new Set(place.teams.map((team) => team.id))

async function lineOf(dataset: string, row: Record<string, string>, endedOn?: string): Promise<Line> {
  let line: Line | undefined
  await checkFile(declared(dataset), Buffer.from(aFile(dataset, [row])), teams, async ([checked]) => {
    expect(checked?.faults).toEqual([])
    const { key = '', said = {} } = checked ?? {}
    line = {
      dataset,
      key,
      said,
      endedOn,
      source: 'rmbc-social-care',
      organisation: 'RMBC',
      patient: 'p',
      place,
    }
  })
  if (!line) throw new Error('no line')
  return line
}

const event = {
  event_end_date: '2026-08-20',
  event_start_date: '2026-08-01',
  service_type: '',
  service_component: '',
  team: '',
}

describe('what a line becomes is valid FHIR', () => {
  test.each<[string, string, Record<string, string>, object[]]>([
    [
      'a request',
      'adult-social-care',
      { ...event, event_type: 'REQ', event_outcome: 'Short term support', event_description: 'Help at home' },
      [
        {
          resourceType: 'ServiceRequest',
          status: 'completed',
          authoredOn: '2026-08-01',
          code: { text: 'Help at home' },
          reasonCode: [{ text: 'Physical support: personal care support' }],
          note: [{ text: 'Outcome: Short term support' }],
        },
      ],
    ],
    [
      'an assessment',
      'adult-social-care',
      { ...event, event_type: 'ASM', event_outcome: 'Eligible needs' },
      [
        {
          resourceType: 'Procedure',
          status: 'completed',
          code: { text: 'Assessment of care and support needs' },
          performedPeriod: { start: '2026-08-01', end: '2026-08-20' },
          outcome: { text: 'Eligible needs' },
        },
      ],
    ],
    [
      'a review',
      'adult-social-care',
      { ...event, event_type: 'REV', event_description: 'Planned review' },
      [{ resourceType: 'Procedure', code: { text: 'Review: Planned review' }, category: { text: 'Review' } }],
    ],
    [
      'a service that goes on',
      'adult-social-care',
      {},
      [
        {
          resourceType: 'EpisodeOfCare',
          status: 'active',
          type: [{ text: 'Long term support: community: Home support' }],
          team: [{ identifier: { value: 'rmbc-localities' } }],
        },
      ],
    ],
    [
      'a service that has ended',
      'adult-social-care',
      { event_end_date: '2026-09-01' },
      [{ status: 'finished', period: { end: '2026-09-01' } }],
    ],
    [
      'a stay in a home that the place does not know',
      'care-home-residents',
      { home_code: 'VL999' },
      [{ resourceType: 'EpisodeOfCare', managingOrganization: { identifier: { value: 'VL999' } } }],
    ],
    [
      'a place on a caseload',
      'caseloads',
      {},
      [{ type: [{ text: 'Leg ulcer' }], team: [{ identifier: { value: 'rfr-dn-north' } }] }],
    ],
    ['a registration, which the Patient says', 'gp-registrations', {}, []],
    [
      'a child with a plan',
      'children-send',
      {},
      [
        { resourceType: 'EpisodeOfCare' },
        { resourceType: 'Flag', status: 'active' },
        { resourceType: 'CarePlan', status: 'active' },
      ],
    ],
    [
      'a child with support and no plan',
      'children-send',
      { stage: 'S', plan_review_due: '' },
      [{ resourceType: 'EpisodeOfCare' }, { resourceType: 'Flag' }],
    ],
    [
      'a spell of hospice care',
      'hospice',
      {},
      [
        { resourceType: 'EpisodeOfCare' },
        { resourceType: 'CarePlan', description: 'Heart failure. Preferred place of care: Own home' },
      ],
    ],
  ])('%s', async (_, dataset, row, expected) => {
    const events = eventsOf(await lineOf(dataset, row))
    expect(events).toMatchObject(expected)
    expect(events).toHaveLength(expected.length)
    for (const resource of events) expect(validate(resource as never)).toEqual([])
  })
})

describe('a line that a full list leaves out', () => {
  test.each(['care-home-residents', 'caseloads', 'children-send', 'hospice'])(
    'of %s has ended on the day of the list',
    async (dataset) => {
      for (const resource of eventsOf(await lineOf(dataset, {}, '2026-10-05'))) {
        expect(resource).toMatchObject({ period: { end: '2026-10-05' } })
        expect(['finished', 'inactive', 'completed']).toContain((resource as { status?: string }).status)
        expect(validate(resource as never)).toEqual([])
      }
    },
  )

  test('ends no later than it says itself, and not before it began', async () => {
    const [own] = eventsOf(await lineOf('caseloads', { until: '2026-09-01' }, '2026-10-05'))
    expect(own).toMatchObject({ period: { end: '2026-09-01' } })
    const [early] = eventsOf(await lineOf('caseloads', { since: '2026-09-20' }, '2026-09-10'))
    expect(early).toMatchObject({ period: { start: '2026-09-20', end: '2026-09-20' } })
  })
})

test('a plan that a child no longer has is revoked, and keeps its id', async () => {
  const before = await lineOf('children-send', {})
  const now = eventsOf(await lineOf('children-send', { stage: 'S', plan_review_due: '' }))
  const plan = eventsOf(before).find((each) => each.resourceType === 'CarePlan')
  const gone = noLonger(before, now, '2026-11-01')
  expect(gone).toMatchObject([{ id: plan?.id, status: 'revoked', period: { end: '2026-11-01' } }])
  expect(noLonger(before, eventsOf(before), '2026-11-01')).toEqual([])
})
