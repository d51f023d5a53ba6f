import type { Encounter, Patient } from '@medplum/fhirtypes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../platform/index.ts'
import { aListeningPlace, type ListeningPlace } from '../../testing/listening-place.ts'
import { anAdt } from '../adt/an-adt.ts'
import { mend, replay, setAside } from './replay.ts'

let place: ListeningPlace
beforeEach(async () => {
  place = await aListeningPlace()
})
afterEach(() => place.close())

const by: Actor = {
  id: 'demo-co-ordinator',
  name: 'Tariq Hussain',
  kind: 'staff',
  role: 'co-ordinator',
  organisation: 'RMBC',
  teams: [],
}
const deed = { by, why: 'The ward telephoned: she was born on 14 July' }
const parts = () => ({ place: place.place, database: place.database, clock: place.clock, log: () => {} })
const idOf = async (control: string) =>
  (
    await place.look<{ id: string }>(
      'select id from feeds.message where control_id = $1 order by received_at limit 1',
      [control],
    )
  )[0]?.id ?? ''
const course = (control: string) =>
  place.look<{ state: string; recorded_by: string; words: string }>(
    'select s.state, s.recorded_by, s.words from feeds.message_state s join feeds.message m on m.id = s.message_id where m.control_id = $1 order by s.id',
    [control],
  )

test('a message is mended and applied: what was received stays, and who changed it and why', async () => {
  const wrong = anAdt('A01', { control: 'M1', born: '19411314' })
  expect(await place.told(wrong)).toBe('AE (PID-7)')
  const id = await idOf('M1')
  expect(
    await mend(parts(), id, wrong.replace('19411314', '19410714').replaceAll('\r', '\n'), deed),
  ).toBeUndefined()
  expect(await place.current<Patient>('Patient')).toMatchObject([{ birthDate: '1941-07-14' }])
  expect((await course('M1')).map(({ state, recorded_by }) => [state, recorded_by])).toEqual([
    ['quarantined', 'demo-hospital'],
    ['mended', 'demo-co-ordinator'],
    ['replayed', 'demo-co-ordinator'],
  ])
  expect(await place.look('select body from feeds.message')).toEqual([{ body: wrong }])
  expect(await place.look('select why, recorded_by from feeds.mended_text')).toEqual([
    { why: deed.why, recorded_by: by.id },
  ])
  await expect(replay(parts(), id, deed)).rejects.toMatchObject({ name: 'Conflict' })
})

test('what is mended wrongly stays in quarantine with its new reason; what is no message is refused', async () => {
  const wrong = anAdt('A01', { control: 'M1', born: '19411314' })
  await place.told(wrong)
  const id = await idOf('M1')
  expect(
    await mend(
      parts(),
      id,
      wrong.replace(/EVN\|A01\|\d+/, 'EVN|A01|soon').replace('19411314', '19410714'),
      deed,
    ),
  ).toMatchObject({ place: 'EVN-2' })
  await expect(mend(parts(), id, 'hello', deed)).rejects.toMatchObject({ name: 'Invalid' })
  expect((await course('M1')).at(-1)).toMatchObject({ state: 'quarantined' })
  expect(await place.versions()).toBe(0)
})

test('a message set aside will not be tried again', async () => {
  await place.told(anAdt('A13', { control: 'M1' }))
  const id = await idOf('M1')
  await setAside(parts(), id, deed)
  expect((await course('M1')).at(-1)).toMatchObject({ state: 'set aside', words: deed.why })
  await expect(replay(parts(), id, deed)).rejects.toMatchObject({ name: 'Conflict' })
})

test('there must be such a message', async () => {
  await expect(replay(parts(), '00000000-0000-4000-8000-000000000000', deed)).rejects.toMatchObject({
    name: 'NotFound',
  })
})

test('a message whose source puts it right resolves by itself', async () => {
  await place.told(anAdt('A01', { control: 'M1', born: '19411314' }))
  expect(await place.told(anAdt('A08', { control: 'M2', recorded: '20260612144000' }))).toBe('AA')
  expect((await course('M1')).at(-1)?.state).toBe('quarantined')
  expect(await place.told(anAdt('A01', { control: 'M3', recorded: '20260612145000' }))).toBe('AA')
  expect((await course('M1')).at(-1)).toMatchObject({
    state: 'resolved',
    words: expect.stringContaining('A01'),
  })
})

test('a message about somebody else is applied once their numbers turn out to be one person’s', async () => {
  await place.told(anAdt('A01', { control: 'M1' }))
  expect(
    await place.told(
      anAdt('A02', {
        control: 'M2',
        identifiers: 'R2^^^RFR^MR',
        recorded: '20260613090000',
        ward: 'A5^1^1^RFR',
      }),
    ),
  ).toBe('AE (PID-3)')
  const merge = `${anAdt('A40', { control: 'M3', identifiers: 'R2^^^RFR^MR', recorded: '20260613100000' }).replace(/PV1.*/s, '')}MRG|R1400017^^^RFR^MR\r`
  expect(await place.told(merge)).toBe('AA')
  expect((await course('M2')).at(-1)?.state).toBe('replayed')
  expect((await place.current<Encounter>('Encounter'))[0]?.location).toHaveLength(2)
})

test('a quarantined message holds back only its own visit', async () => {
  await place.told(anAdt('A13', { control: 'M1', visit: 'V1' }))
  expect(await place.told(anAdt('A01', { control: 'M2', visit: 'V2' }))).toBe('AA')
  expect(await place.told(anAdt('A01', { control: 'M3', visit: 'V1' }))).toBe('AA')
  expect((await course('M1')).at(-1)?.state).toBe('quarantined')
})
