import { describe, expect, it, test } from 'vitest'
import { grouped, said } from './grouping.ts'

const snomed = 'http://snomed.info/sct'
const item = (
  source: string,
  code: string | null,
  title: string | null,
  code_system: string | null = code && snomed,
) => ({
  source,
  code,
  code_system,
  title,
})
const sources = (items: ReturnType<typeof item>[]) =>
  grouped(items).map((group) => group.items.map((one) => one.source).join('+'))

test.each([
  [
    'the same code, other words',
    [item('GP', '84114007', 'Heart failure'), item('Hospital', '84114007', 'Cardiac failure')],
    ['GP+Hospital'],
  ],
  [
    'the same words but for case and spaces',
    [item('GP', null, 'Recurrent falls'), item('Hospital', null, ' recurrent  FALLS')],
    ['GP+Hospital'],
  ],
  [
    'the same words, one with a code',
    [item('GP', '1', 'Asthma'), item('Hospital', null, 'asthma')],
    ['GP+Hospital'],
  ],
  [
    'the same words, two codes of one system',
    [item('GP', '1', 'Asthma'), item('Hospital', '2', 'Asthma')],
    ['GP', 'Hospital'],
  ],
  [
    'the same words, codes of two systems',
    [item('GP', '1', 'Asthma'), item('Hospital', 'J45', 'Asthma', 'icd-10')],
    ['GP+Hospital'],
  ],
  [
    'words that are only alike',
    [item('GP', null, 'Penicillin allergy'), item('Hospital', null, 'Allergy to penicillin')],
    ['GP', 'Hospital'],
  ],
  ['two without words or code', [item('GP', null, null), item('Hospital', null, null)], ['GP', 'Hospital']],
  [
    'two that a third brings together',
    [
      item('GP', '1', 'Gout'),
      item('Hospital', null, 'Gouty arthritis'),
      item('Hospice', '1', 'Gouty arthritis'),
    ],
    ['GP+Hospital+Hospice'],
  ],
])('%s', (_name, items, expected) => expect(sources(items)).toEqual(expected))

describe('what a group says', () => {
  it('has each value once, as it was first written', () => {
    const [group] = grouped([
      item('GP', '1', 'Rash'),
      item('Hospital', '1', 'RASH '),
      item('Hospice', '1', 'Swelling'),
    ])
    expect(group && said(group, (one) => one.title)).toEqual(['Rash', 'Swelling'])
  })

  it('never drops an item', () => {
    const items = Array.from({ length: 50 }, (_, index) =>
      item(`s${index}`, index % 3 ? String(index % 7) : null, `t${index % 5}`),
    )
    expect(grouped(items).flatMap((group) => group.items)).toHaveLength(50)
  })
})
