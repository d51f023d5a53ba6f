import { parseHTML } from 'linkedom'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it, test } from 'vitest'
import { EmptyState } from './empty-state.tsx'
import { PatientBanner, type PatientBannerProps } from './patient-banner.tsx'
import { PrintHeader } from './print-header.tsx'
import { SecondaryNavigation } from './secondary-navigation.tsx'
import { SourceLine } from './source-line.tsx'
import { Timeline } from './timeline.tsx'
import { runsOf, Trend } from './trend.tsx'
import { WithheldNotice } from './withheld-notice.tsx'

const draw = (element: VNode) => {
  const { document } = parseHTML(`<!doctype html><html><body>${renderToString(element)}</body></html>`)
  const all = (selector: string) =>
    [...document.querySelectorAll(selector)].map((found) => found.textContent ?? '')
  return { all, text: document.body.textContent ?? '', html: document.body.innerHTML }
}

const margaret: PatientBannerProps = {
  name: { family: 'Ashworth', given: 'Margaret', prefix: 'Mrs' },
  birthDate: '1945-07-14',
  gender: 'Female',
  nhsNumber: '9990001235',
  today: '2026-11-02',
  address: ['14 Canklow Rise', 'S60 2ZZ'],
  phones: [{ label: 'Mobile', number: '07700 900123' }],
}

const banner = (props: Partial<PatientBannerProps> = {}) => draw(<PatientBanner {...margaret} {...props} />)

describe('patient banner', () => {
  it('has name, date of birth, gender and NHS number in that order, without colons', () => {
    const { all, text } = banner()
    expect(all('.gt-banner__name')).toEqual(['ASHWORTH, Margaret (Mrs)'])
    expect(all('.gt-banner__fact')).toEqual([
      'Born 14 Jul 1945 (81 years)',
      'Gender Female',
      'NHS No. 999 000 1235',
    ])
    expect(text).not.toContain(':')
  })

  it('says what is not known in words', () => {
    const nobody = { name: {}, birthDate: undefined, gender: undefined, nhsNumber: undefined }
    const { all, text } = banner({ ...nobody, address: undefined, phones: undefined })
    expect(all('.gt-banner__name')).toEqual(['Not known'])
    expect(all('.gt-banner__fact')).toEqual(['Born Not known', 'Gender Not known', 'NHS No. Not known'])
    expect(text).toContain('AddressNot known')
    expect(text).not.toContain('?')
  })

  test.each([
    ['2026-10-30', ['Born 14 Jul 1945', 'Died 30 Oct 2026', 'Age at death 81 years']],
    [true as const, ['Born 14 Jul 1945', 'Died Date not known', 'Age at death Not known']],
  ])('of someone who died (%s) says so, and looks different', (died, facts) => {
    const { all } = banner({ died })
    expect(all('.gt-banner--died')).toHaveLength(1)
    expect(all('.gt-banner__fact').slice(0, 3)).toEqual(facts)
  })

  it('of someone whose address is protected holds no address and no phone at all', () => {
    const { text, html } = banner({ protectedAddress: true })
    expect(text).toContain('Address protected')
    for (const secret of ['Canklow', 'S60', '07700']) expect(html).not.toContain(secret)
    expect(banner().html).toContain('Canklow')
  })
})

describe('what is not shown', () => {
  const notice = draw(
    <WithheldNotice
      gaps={[
        { source: 'Canklow Surgery', gap: 'late', reason: 'Last heard from 2 days ago.' },
        { source: 'Barnsley Hospital', gap: 'not connected', reason: 'Not yet.' },
        { source: 'RDaSH', gap: 'withheld', reason: 'Only the mental health team may open it.' },
      ]}
    />,
  )

  it('puts what is withheld first and says that there is something', () => {
    expect(notice.all('.gt-withheld__item')[0]).toContain(
      'There is information here, and it is not being shown to you',
    )
  })

  it('does not say that of a source which nobody can see', () => {
    expect(notice.all('.gt-withheld__item')[1]).toContain('we do not know what it holds')
  })

  it('is not there when nothing is missing', () => expect(draw(<WithheldNotice gaps={[]} />).html).toBe(''))

  it('never reads as if nothing were there', () =>
    expect(notice.text).not.toMatch(/\b(none|nothing|empty|no )\b/i))
})

it('says that nothing recorded does not mean nothing there', () =>
  expect(draw(<EmptyState subject="allergies" />).text).toBe(
    'No allergies have been recorded by any connected source. This does not mean there are none.',
  ))

it('says under an item who said so, when it came, and that it was late', () =>
  expect(
    draw(
      <SourceLine source="Canklow Surgery" author="Dr Imran Shah" receivedAt="2026-10-29T09:00:00Z" late />,
    ).text,
  ).toBe('Source: Canklow Surgery, Dr Imran Shah, received 29 October 2026, 9am Late'))

describe('timeline', () => {
  const source = { source: 'Canklow Surgery' }
  const { all } = draw(
    <Timeline
      entries={[
        { when: '2026-08-06T23:30:00Z', kind: 'Visit', title: 'Late visit', source },
        { when: '2026-08-06T22:30:00Z', kind: 'Visit', title: 'Earlier visit', source },
        { when: '2026-08-06', kind: 'Note', title: 'A note', source },
        { when: '2018', kind: 'Operation', title: 'Hip', source, enteredInError: 'Wrong person.' },
      ]}
    />,
  )

  it('groups by the day in England, and a bare year by itself', () =>
    expect(all('.gt-timeline__date')).toEqual(['7 August 2026', '6 August 2026', '2018']))

  it('shows a time only where the source knew one', () =>
    expect(all('.gt-timeline__time')).toEqual(['12:30am', '11:30pm']))

  it('strikes through what was entered in error, and keeps it', () => {
    expect(all('s')).toEqual(['Hip'])
    expect(all('.gt-timeline__detail')).toEqual(['Wrong person.'])
  })
})

describe('trend', () => {
  const points = [
    { at: '2026-01-01', value: 70 },
    { at: '2026-02-01', value: 80 },
    { at: '2026-03-01', value: null },
    { at: '2026-04-01', value: 95 },
    { at: '2026-05-01', value: null },
    { at: '2026-06-01', value: 90 },
    { at: '2026-07-01', value: 1100 },
  ]

  it('never joins the line over a missing result', () => {
    expect(runsOf(points).map((run) => run.map(({ value }) => value))).toEqual([[70, 80], [95], [90, 1100]])
    const { all } = draw(<Trend title="Creatinine" unit="µmol/L" points={points} />)
    expect([all('.gt-trend__run').length, all('.gt-trend__single').length]).toEqual([2, 1])
  })

  it('writes the latest value beside the line, and says the rest', () => {
    const { all, html } = draw(
      <Trend title="Creatinine" unit="µmol/L" points={points} usual={{ low: 45, high: 84 }} />,
    )
    expect(all('.gt-trend__value')).toEqual(['1,100 µmol/L1 July 2026'])
    expect(all('desc')).toEqual([
      'From 70 on 1 January 2026 to 1,100 on 1 July 2026, between 70 and 1,100 µmol/L. 2 results are missing. The usual range is 45 to 84.',
    ])
    expect(html).not.toContain('style=')
  })

  test.each([
    ['one result', [{ at: '2026-01-01', value: 70 }]],
    [
      'all the same',
      [
        { at: '2026-01-01', value: 5 },
        { at: '2026-02-01', value: 5 },
      ],
    ],
    [
      'zero',
      [
        { at: '2026-01-01', value: 0 },
        { at: '2026-02-01', value: 0 },
      ],
    ],
  ])('draws %s without a place that is not a number', (_, some) =>
    expect(draw(<Trend title="CRP" unit="mg/L" points={some} />).html).not.toContain('NaN'),
  )

  it('says so when there is none', () =>
    expect(draw(<Trend title="CRP" unit="mg/L" points={[{ at: '2026-01-01', value: null }]} />).text).toBe(
      'CRP has no results.',
    ))
})

it('marks the section that is open', () => {
  const { all } = draw(
    <SecondaryNavigation
      ariaLabel="Sections"
      items={[
        { text: 'Summary', href: '/s' },
        { text: 'Results', href: '/r', current: true, count: 1204 },
      ]}
    />,
  )
  expect(all('[aria-current=page]')).toEqual(['Results 1,204'])
})

it('prints whose record a sheet is, who printed it and when', () => {
  const { text } = draw(<PrintHeader {...margaret} printedBy="Asha Begum" printedAt="2026-11-02T15:20:00Z" />)
  for (const part of [
    'ASHWORTH, Margaret (Mrs)',
    '999 000 1235',
    '14 July 1945',
    'Asha Begum',
    '2 November 2026, 3:20pm',
  ]) {
    expect(text).toContain(part)
  }
})
