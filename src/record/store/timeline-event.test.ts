import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../testing/index.ts'
import { keepCharacters } from '../../testing/keep-characters.ts'
import { timelineEvents } from './timeline-event.ts'

const told = (table: string, row: Record<string, unknown>) =>
  timelineEvents(table, row).map(({ kind, happening, at, at_text, title, detail, code, status, together }) =>
    [kind, happening, at, at_text, title, detail, code, status, together]
      .map((each) => each ?? '-')
      .join(' | '),
  )

describe('a row of a view is told as', () => {
  test.each([
    [
      'an encounter, by when it began',
      'v_encounter',
      {
        started: '2026-03-01',
        started_at: 'T1',
        type_text: 'Ward',
        reason_text: 'Fall',
        class_code: 'IMP',
        status: 'finished',
      },
      ['encounter | - | T1 | 2026-03-01 | Ward | Fall | IMP | finished | -'],
    ],
    [
      'an encounter without a date, for the store to place where it was received',
      'v_encounter',
      { started: null, started_at: null, type_text: 'Ward', status: 'unknown' },
      ['encounter | - | - | - | Ward | - | - | unknown | -'],
    ],
    [
      'an open episode, once',
      'v_episode',
      {
        started: '2026',
        started_at: 'T1',
        ended: null,
        ended_at: null,
        type_text: 'Nursing',
        status: 'active',
      },
      ['episode | opened | T1 | 2026 | Nursing | - | - | active | -'],
    ],
    [
      'a closed episode, twice',
      'v_episode',
      {
        started: '2026',
        started_at: 'T1',
        ended: '2027',
        ended_at: 'T2',
        type_text: 'Nursing',
        status: 'finished',
      },
      [
        'episode | opened | T1 | 2026 | Nursing | - | - | finished | -',
        'episode | closed | T2 | 2027 | Nursing | - | - | finished | -',
      ],
    ],
    [
      'a result, with others of its day',
      'v_observation',
      {
        effective: null,
        effective_at: null,
        issued: '2026',
        issued_at: 'T1',
        title: 'Sodium',
        category_code: 'laboratory',
        status: 'final',
      },
      ['results | - | T1 | 2026 | Sodium | - | laboratory | final | '],
    ],
    [
      'nothing, where the result was entered in error',
      'v_observation',
      { title: 'Sodium', status: 'entered-in-error' },
      [],
    ],
    [
      'a medicine, with others of its state',
      'v_medication_request',
      {
        started: null,
        started_at: null,
        authored: '2026',
        authored_at: 'T1',
        title: 'Ramipril',
        dosage_text: 'daily',
        status: 'stopped',
      },
      ['medicine | - | T1 | 2026 | Ramipril | daily | - | stopped | stopped'],
    ],
    [
      'a problem, by its doubt before its state',
      'v_condition',
      {
        recorded: '2026',
        recorded_at: 'T1',
        title: 'Gout',
        clinical_status: 'active',
        verification_status: 'refuted',
      },
      ['problem | - | T1 | 2026 | Gout | - | - | refuted | -'],
    ],
    [
      'a problem that is confirmed, by its state',
      'v_condition',
      {
        onset: '2026',
        onset_at: 'T1',
        recorded: null,
        recorded_at: null,
        title: 'Gout',
        clinical_status: 'active',
        verification_status: 'confirmed',
      },
      ['problem | - | T1 | 2026 | Gout | - | - | active | -'],
    ],
    [
      'a document without a title, by its description',
      'v_document',
      {
        created: '2026',
        created_at: 'T1',
        title: null,
        description: 'Letter',
        type_title: 'Discharge',
        status: 'current',
      },
      ['document | - | T1 | 2026 | Letter | - | Discharge | current | -'],
    ],
    [
      'nothing, for a table that the timeline does not tell of',
      'v_flag',
      { title: 'Falls', status: 'active' },
      [],
    ],
  ])('%s', (_name, table, row, expected) => expect(told(table, row)).toEqual(expected))
})

describe('the timeline of the named characters', () => {
  let db: FreshDatabase
  let owner: pg.Client
  beforeAll(async () => {
    db = await freshDatabase()
    await keepCharacters(db.database, db.place, new Date('2026-11-22T12:00:00Z'))
    owner = new pg.Client({ connectionString: db.ownerUrl })
    await owner.connect()
  })
  afterAll(async () => {
    await owner.end()
    await db.close()
  })

  const all = async () =>
    (await owner.query('select * from record.timeline_event order by person_key, type, resource_id, row_no'))
      .rows

  it('is what the migration makes of the view tables', async () => {
    const filled = await all()
    expect(filled.length).toBeGreaterThan(200)
    const migration = readFileSync(new URL('../../../migrations/0008-timeline.sql', import.meta.url), 'utf8')
    await owner.query('begin')
    await owner.query('delete from record.timeline_event')
    await owner.query(migration.slice(migration.indexOf('insert into record.timeline_event')))
    const rebuilt = await all()
    await owner.query('rollback')
    expect(rebuilt).toEqual(filled)
  })
})
