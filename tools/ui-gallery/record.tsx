/** A record, with everything that a record can show: gaps, late news, something withdrawn, the hour that happens twice. */
import {
  Breadcrumb,
  Card,
  EmptyState,
  PatientBanner,
  PrintHeader,
  SecondaryNavigation,
  Table,
  Tag,
  Timeline,
  type TimelineEntry,
  Trend,
  WithheldNotice,
} from '../../src/platform/ui/index.ts'
import { margaret, now, Sheet } from './sheet.tsx'

export function Record() {
  return (
    <Sheet
      heading="Summary"
      section="Record"
      beforeContent={
        <Breadcrumb
          items={[
            { text: 'People', href: '#' },
            { text: 'Search results', href: '#' },
          ]}
        />
      }
      banner={
        <PatientBanner
          wide
          name={margaret}
          preferredName="Peggy"
          birthDate="1945-07-14"
          gender="Female"
          nhsNumber="9990001235"
          today={now}
          address={['14 Canklow Rise', 'Rotherham', 'S60 2ZZ']}
          phones={[{ label: 'Mobile', number: '07700 900123' }]}
        >
          <strong>Allergies</strong> Penicillin (anaphylaxis), latex (rash){' '}
          <Tag colour="red" classes="gt-tag">
            High risk of falls
          </Tag>
        </PatientBanner>
      }
      printHeader={
        <PrintHeader
          name={margaret}
          nhsNumber="9990001235"
          birthDate="1945-07-14"
          printedBy="Asha Begum (Community nurse)"
          printedAt={now}
        />
      }
    >
      <SecondaryNavigation
        ariaLabel="Sections of the record"
        items={[
          { text: 'Summary', href: '#', current: true },
          { text: 'Timeline', href: '#', count: 1204 },
          { text: 'Medicines', href: '#', count: 9 },
          { text: 'Results', href: '#', count: 48 },
          { text: 'Care plans', href: '#', count: 2 },
          { text: 'Documents', href: '#', count: 31 },
          { text: 'Who has looked', href: '#' },
        ]}
      />
      <h1 class="nhsuk-heading-l">Summary</h1>
      <WithheldNotice
        gaps={[
          {
            source: 'RDaSH mental health',
            gap: 'withheld',
            reason: 'Only the mental health team may open it.',
            action: { text: 'Ask for access', href: '#' },
          },
          {
            source: 'Barnsley Hospital',
            gap: 'not connected',
            reason: 'It does not share with Rotherham yet.',
          },
          {
            source: 'Canklow Surgery',
            gap: 'late',
            reason: 'Last heard from 2 days ago. It usually sends every hour.',
          },
        ]}
      />
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <h2 class="nhsuk-heading-m">Timeline</h2>
          <Timeline level={3} entries={timeline()} />
          <Results />
        </div>
        <div class="nhsuk-grid-column-one-third">
          <Card heading={{ text: 'Trends', size: 's', level: 2 }}>
            <p class="nhsuk-body-s nhsuk-u-margin-bottom-1">Creatinine</p>
            <Trend title="Creatinine" unit="µmol/L" usual={{ low: 45, high: 84 }} points={creatinine} />
            <p class="nhsuk-body-s nhsuk-u-margin-bottom-1 nhsuk-u-margin-top-3">Weight</p>
            <Trend title="Weight" unit="kg" points={weight} />
          </Card>
          <Card heading={{ text: 'Care plan', size: 's', level: 2 }}>
            <EmptyState
              subject="care plans"
              sources={['The Rotherham NHS Foundation Trust', 'Rotherham Council']}
            />
          </Card>
        </div>
      </div>
    </Sheet>
  )
}

const creatinine = [
  { at: '2026-01-05', value: 71 },
  { at: '2026-02-02', value: 78 },
  { at: '2026-03-09', value: 92 },
  { at: '2026-04-13', value: null },
  { at: '2026-06-15', value: null },
  { at: '2026-08-10', value: 104 },
  { at: '2026-09-21', value: 98 },
  { at: '2026-11-02T08:10:00Z', value: 111 },
]

const weight = [
  { at: '2026-03-01', value: 61.2 },
  { at: '2026-06-01', value: null },
  { at: '2026-11-01', value: 57.8 },
]

function timeline(): TimelineEntry[] {
  const trust = 'The Rotherham NHS Foundation Trust'
  return [
    {
      when: '2026-11-02T14:45:00Z',
      kind: 'Community nursing visit',
      title: 'Wound on left shin redressed',
      href: '#',
      detail: 'Smaller than last week, 2 cm by 1 cm, no odour. Visit again on Thursday.',
      source: {
        source: 'Rotherham community nursing',
        author: 'Asha Begum, community nurse',
        receivedAt: '2026-11-02T15:02:00Z',
      },
    },
    {
      when: '2026-11-02T08:10:00Z',
      kind: 'Blood test',
      title: 'Creatinine 111 µmol/L',
      href: '#',
      tags: [{ text: 'Above usual range', colour: 'orange' }],
      source: { source: trust, author: 'Pathology', receivedAt: '2026-11-02T11:30:00Z' },
    },
    {
      when: '2026-10-25T01:30:00Z',
      kind: 'Emergency attendance',
      title: 'Fall at home, no fracture',
      href: '#',
      tags: [{ text: 'Unplanned', colour: 'pink' }],
      source: {
        source: trust,
        author: 'Emergency department',
        receivedAt: '2026-10-29T09:00:00Z',
        late: '4 days',
      },
    },
    {
      when: '2026-10-25',
      kind: 'Allergy',
      title: 'Aspirin',
      enteredInError: 'Entered in error by Dr Imran Shah, 26 October 2026: meant for another person.',
      source: { source: 'Canklow Surgery', author: 'Dr Imran Shah' },
    },
    {
      when: '2018-08',
      kind: 'Operation',
      title: 'Left hip replacement',
      source: { source: 'Canklow Surgery' },
    },
  ]
}

function Results() {
  const rows = [
    'Sodium',
    'Potassium',
    'Urea',
    'Creatinine',
    'eGFR',
    'Haemoglobin',
    'White cells',
    'Platelets',
    'CRP',
    'Albumin',
  ]
  return (
    <Table
      responsive
      compact
      caption={{ text: 'Latest results', size: 'm' }}
      firstCellIsHeader
      head={['Test', { text: 'Result', format: 'numeric' }, 'Unit', 'Usual range', 'Taken']}
      rows={rows.flatMap((test, index) => [
        [test, String(120 + index * 7), 'mmol/L', '133 to 146', '2 November 2026, 8:10am'],
        [`${test} (before)`, String(118 + index * 7), 'mmol/L', '133 to 146', '21 September 2026'],
      ])}
    />
  )
}
