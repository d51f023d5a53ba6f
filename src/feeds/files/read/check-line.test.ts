import { describe, expect, test } from 'vitest'
import { allDatasets } from '../../../datasets/index.ts'
import { Invalid } from '../../../platform/index.ts'
import { aFile, declared } from '../a-file.ts'
import { checkFile } from './check-file.ts'
import type { CheckedLine } from './check-line.ts'
import { readValue } from './read-value.ts'

const teams = new Set(['rfr-dn-north', 'rmbc-localities', 'zhosp-community'])

async function check(set: string, file: string): Promise<CheckedLine[]> {
  const found: CheckedLine[] = []
  await checkFile(declared(set), Buffer.from(file), teams, async (lines) => void found.push(...lines))
  return found
}

/** What is wrong with the only line, as "column: words". */
const faultsOf = async (set: string, row: Record<string, string>): Promise<string[]> =>
  (await check(set, aFile(set, [row])))[0]?.faults.map((fault) => `${fault.path}: ${fault.words}`) ?? []

test.each(allDatasets.map((each) => each.id))('a usable line of %s has no fault', async (id) => {
  expect(await faultsOf(id, {})).toEqual([])
})

/** Each rule of each set is broken by one of these, and by nothing else. */
const broken: Record<string, [Record<string, string>, string][]> = {
  'adult-social-care': [
    [
      { period_start: '2026-10-01', event_start_date: '2026-09-01' },
      'Reporting period end date: The period ends before it starts',
    ],
    [{ event_end_date: '2026-07-31' }, 'Event end date: The event ends before it starts'],
    [{ event_start_date: '2026-10-01' }, 'Reporting period end date: The event starts after the period'],
    [{ date_of_birth: '2026-08-02' }, 'Event start date: The event starts before the person was born'],
    [{ date_of_death: '1941-07-13' }, 'Date of death: The date of death is before the date of birth'],
    [
      { event_start_date: '2026-01-01', event_end_date: '2026-06-30' },
      'Event end date: The event ended before the period: such an event belongs in an earlier file',
    ],
    [
      { event_description: 'Safeguarding enquiry' },
      'Event description: Safeguarding and deprivation of liberty do not belong in this set',
    ],
    [{ event_type: 'REV', event_end_date: '2026-08-02' }, 'Service type: Only a service has a service type'],
    [
      { event_type: 'ASM', service_type: '' },
      'Event end date: There must be a value when the event is not a service',
    ],
    [
      { event_type: 'REQ', service_type: '', event_end_date: '2026-08-02' },
      'Event outcome: There must be a value when the event is a request',
    ],
    [{ service_type: '' }, 'Service type: There must be a value when the event is a service'],
    [{ team: 'no-such-team' }, 'Team: “no-such-team” is not the code of one of the place’s teams'],
  ],
  'care-home-residents': [
    [{ moved_out: '2026-02-28' }, 'Moved out: The resident moved out before they moved in'],
    [{ moved_in: '2026-10-02' }, 'Extract date: The resident moves in after the day of the file'],
    [{ date_of_birth: '2026-03-02' }, 'Moved in: The resident moved in before they were born'],
    [{ family_name: ' ' }, 'Family name: There must be a value in every line'],
    [{ home_code: 'Z!' }, 'Home code: “Z!” is not an organisation code: 3 to 10 letters and digits'],
  ],
  'gp-registrations': [
    [{ registered_on: '2026-10-02' }, 'Extract date: The registration begins after the day of the file'],
    [{ date_of_birth: '2001-04-02' }, 'Registered on: The registration begins before the person was born'],
    [{ nhs_number: '' }, 'NHS number: There must be a value in every line'],
  ],
  caseloads: [
    [{ until: '2026-05-31' }, 'Until: The person left the caseload before they joined it'],
    [{ since: '2026-10-02' }, 'Extract date: The person joins the caseload after the day of the file'],
    [{ date_of_birth: '2026-06-02' }, 'Since: The person joined the caseload before they were born'],
  ],
  'children-send': [
    [{ since: '2026-10-02' }, 'Extract date: The stage begins after the day of the file'],
    [{ plan_review_due: '2025-08-31' }, 'Plan review due: The review is due before the plan began'],
    [{ date_of_birth: '2025-09-02' }, 'Since: The stage began before the child was born'],
    [
      { date_of_birth: '1999-12-31' },
      'Date of birth: The person is 26 or older: a plan ends at 25 at the latest',
    ],
    [{ plan_review_due: '' }, 'Plan review due: There must be a value when there is a plan'],
  ],
  hospice: [
    [{ ended: '2026-08-31' }, 'Ended: The care ended before it started'],
    [{ started: '2026-10-02' }, 'Extract date: The care starts after the day of the file'],
    [{ date_of_birth: '2026-09-02' }, 'Started: The care started before the person was born'],
  ],
}

describe.each(Object.entries(broken))('%s', (id, cases) => {
  test.each(cases)('%o', async (row, fault) => expect(await faultsOf(id, row)).toEqual([fault]))
  test('has a case for each of its rules', () => {
    const said = cases.map(([, words]) => words)
    for (const rule of declared(id).rules)
      expect(
        said.some((words) => words.endsWith(rule.words)),
        rule.words,
      ).toBe(true)
  })
})

describe('a value', () => {
  const date = { kind: 'date' } as const
  const postcode = { kind: 'postcode' } as const
  const whole = { kind: 'integer', least: 0, most: 10 } as const
  const nhs = { kind: 'nhs number' } as const
  test.each([
    [date, '2026-02-28', '2026-02-28'],
    [date, '1/2/2026', '2026-02-01'],
    [date, '29.02.2024', '2024-02-29'],
    [date, '2026-02-28T00:00:00', '2026-02-28'],
    [date, '2026-02-28 00:00:00.000', '2026-02-28'],
    [date, '29/02/2026', undefined],
    [date, '2026-13-01', undefined],
    [date, '1/2/26', undefined],
    [date, '45123', undefined],
    [date, '0000-01-01', undefined],
    [date, '2026-02-28T23:00:00', undefined],
    [postcode, 's601aa', 'S60 1AA'],
    [postcode, 'EC1A 1BB', 'EC1A 1BB'],
    [postcode, 'S60', undefined],
    [whole, '07', '7'],
    [whole, '11', undefined],
    [whole, '1.0', undefined],
    [nhs, '999 000 1235', '9990001235'],
    [nhs, '9.99E+09', undefined],
    [nhs, '9990001234', undefined],
    [{ kind: 'code', list: { name: 'L', codes: { A: 'Apple' } } } as const, 'apple', 'A'],
    [{ kind: 'code', list: { name: 'L', codes: { A: 'Apple' } } } as const, 'pear', undefined],
    [{ kind: 'text', most: 3 } as const, 'four', undefined],
    [{ kind: 'text', most: 9 } as const, 'a\0b', undefined],
  ])('%o %s is %s', (type, written, value) => {
    const read = readValue(type, written, teams)
    expect('value' in read ? read.value : undefined).toBe(value)
    if ('words' in read) expect(read.words).toMatch(/^(is|holds) /)
  })
})

describe('a header', () => {
  const titles = declared('caseloads').columns.map((column) => column.title)
  const line = ['2026-10-01', 'rfr-dn-north', 'C1', '', 'Ashworth', '', '1941-07-14', '2026-06-01', '', '']
  const file = (head: string[], values = line) => `${head.join(',')}\n${values.join(',')}\n`

  test('may be written in capitals, with underscores, or by the name of the column', async () => {
    const loose = titles.map((title, index) =>
      index % 2 ? title.toUpperCase().replaceAll(' ', '_') : ` ${title.toLowerCase()}  `,
    )
    expect((await check('caseloads', file(loose)))[0]?.said).toMatchObject({
      team: 'rfr-dn-north',
      since: '2026-06-01',
    })
  })

  test('may be in any order, and have columns besides', async () => {
    const [found] = await check(
      'caseloads',
      file(['Shoe size', ...[...titles].reverse()], ['7', ...[...line].reverse()]),
    )
    expect(found?.faults).toEqual([])
  })

  test('each column that is missing or there twice is named', async () => {
    const wrong = check('caseloads', file([...titles.slice(2), 'Since', 'Sinse']))
    await expect(wrong).rejects.toThrow(Invalid)
    await expect(wrong).rejects.toMatchObject({
      faults: [
        { path: 'Since', words: 'Line 1 names the column “Since” twice' },
        {
          path: 'Extract date',
          words: 'The file has no column “Extract date”',
        },
        { path: 'Team', words: 'The file has no column “Team”' },
        { path: 'line 1', words: 'The file has “Sinse”, which this set does not know' },
      ],
    })
  })

  test('a line may not have more values than there are columns', async () => {
    const [found] = await check('caseloads', file(titles, [...line, '', 'more']))
    expect(found?.faults).toMatchObject([{ words: 'The line has more values than the header has columns' }])
  })
})

describe('a whole file', () => {
  test('speaks of one day', async () => {
    const file = aFile('caseloads', [{}, { person_id: 'C2', extract_date: '2026-10-02' }])
    await expect(check('caseloads', file)).rejects.toMatchObject({
      faults: [
        {
          path: 'line 3',
          words: 'Line 3 speaks of 2026-10-02 and line 2 of 2026-10-01. One file speaks of one day',
        },
      ],
    })
  })

  test.each([
    ['nothing', '', 'The file is empty'],
    [
      'a header and no line',
      aFile('caseloads', []),
      'The file has a header and no lines, so it does not say of which day it speaks',
    ],
    [
      'no line with its day',
      aFile('caseloads', [{ extract_date: '' }]),
      'No line says of which day the file speaks',
    ],
  ])('with %s cannot be used', async (_, file, words) => {
    await expect(check('caseloads', file)).rejects.toMatchObject({ faults: [{ words }] })
  })

  test('says the same twice without harm, and something else under the same key as a fault', async () => {
    const lines = await check('caseloads', aFile('caseloads', [{}, {}, { reason: 'Something else' }]))
    expect(lines.map((line) => line.faults.map((fault) => fault.words))).toEqual([
      [],
      ['Line 2 is about the same and says something else'],
    ])
  })

  test('a line sent again in a later file has the same digest, and one that says something else has not', async () => {
    const digest = async (row: Record<string, string>) =>
      (await check('caseloads', aFile('caseloads', [row])))[0]?.digest.toString('hex')
    expect(await digest({ extract_date: '2026-11-01' })).toBe(await digest({}))
    expect(await digest({ reason: 'Other' })).not.toBe(await digest({}))
  })
})
