/**
 * Writes every component of ours, with invented people, as pages to look at:
 *   npx tsx tools/ui-gallery.tsx <folder>
 * It serves nothing; assets are written beside the pages, under the addresses which the pages use.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ComponentChildren } from 'preact'
import {
  assets,
  Breadcrumb,
  Button,
  Card,
  Checkboxes,
  DateInput,
  Details,
  EmptyState,
  ErrorSummary,
  Input,
  InsetText,
  NhsNumber,
  NotificationBanner,
  PageShell,
  Pagination,
  PatientBanner,
  PrintHeader,
  Radios,
  renderPage,
  SecondaryNavigation,
  Select,
  SummaryList,
  Table,
  Tag,
  Textarea,
  Timeline,
  type TimelineEntry,
  Trend,
  WarningCallout,
  WithheldNotice,
} from '../src/platform/ui/index.ts'

const now = new Date('2026-11-02T15:20:00Z')
const margaret = { family: 'Ashworth', given: 'Margaret', prefix: 'Mrs' }

interface SheetProps {
  heading: string
  section: string
  banner?: ComponentChildren
  printHeader?: ComponentChildren
  beforeContent?: ComponentChildren
  backLink?: { href: string }
  hasErrors?: boolean
  children: ComponentChildren
}

function Sheet(props: SheetProps) {
  return (
    <PageShell
      {...props}
      wide
      nonce="gallery"
      place={{ name: 'Rotherham Place' }}
      account={{
        name: 'Asha Begum',
        role: 'Community nurse',
        items: [{ text: 'Change role', href: '#' }],
        logOut: { action: '/log-out' },
      }}
      search={{
        action: '/people',
        label: 'Find a person by NHS number or name',
        placeholder: 'Find a person',
      }}
      navigation={[
        { text: 'My work', href: '#' },
        { text: 'People', href: '#', active: true },
        { text: 'Referrals', href: '#' },
        { text: 'Population', href: '#' },
      ]}
    />
  )
}

function Record() {
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

function Banners() {
  const common = { gender: 'Male', today: now, wide: true }
  return (
    <Sheet heading="Banners" section="Gallery" backLink={{ href: '#' }}>
      <h1 class="nhsuk-heading-l">Patient banners</h1>
      <PatientBanner
        {...common}
        name={{ family: 'Oyelaran', given: 'Tunde', prefix: 'Mr' }}
        birthDate="1938-02-01"
        died="2026-10-30"
        nhsNumber="9991001379"
        address={['2 High Street', 'Rotherham']}
      />
      <br />
      <PatientBanner
        {...common}
        name={{ family: 'Kowalczyk-Featherstonehaugh', given: 'Maximilian Alexander', prefix: 'Dr' }}
        birthDate="1990-12-24"
        nhsNumber="9991000003"
        protectedAddress
      >
        <strong>Allergies</strong> No allergies have been recorded by any connected source.
      </PatientBanner>
      <br />
      <PatientBanner
        {...common}
        gender={undefined}
        name={{ family: 'Baby of Khan' }}
        birthDate="2026-10-20"
      />
      <br />
      <PatientBanner {...common} name={{}} href="#" died />
    </Sheet>
  )
}

function Form() {
  return (
    <Sheet heading="New referral" section="Referrals" hasErrors backLink={{ href: '#' }}>
      <ErrorSummary
        errorList={[
          { text: 'Enter the NHS number', href: '#nhs-number' },
          { text: 'Enter a year', href: '#seen-year' },
        ]}
      />
      <h1 class="nhsuk-heading-l">New referral</h1>
      <form method="post" noValidate>
        <Input
          label="NHS number"
          hint="10 digits, for example 999 000 1235"
          errorMessage="Enter the NHS number"
          name="nhs-number"
          width={10}
          code
          inputmode="numeric"
        />
        <DateInput
          id="seen"
          namePrefix="seen"
          fieldset={{ legend: 'When were they seen?' }}
          errorMessage="Enter a year"
          year={{ error: true }}
          values={{ day: '2', month: '11' }}
        />
        <Radios
          name="urgency"
          fieldset={{ legend: 'How soon?' }}
          items={[
            { text: 'Within 2 hours', value: '2h', hint: 'Someone may come to harm' },
            { text: 'Within 2 days', value: '2d', conditional: <Input label="Why not sooner?" name="why" /> },
          ]}
        />
        <Checkboxes
          name="needs"
          small
          fieldset={{ legend: 'What do they need?' }}
          items={[
            { text: 'Interpreter', value: 'i' },
            { text: 'Hoist', value: 'h' },
            { divider: 'or' },
            { text: 'None of these', value: 'n', behaviour: 'exclusive' },
          ]}
        />
        <Select
          label="Team"
          name="team"
          items={[
            { text: 'Choose', value: '' },
            { text: 'Rapid response', value: 'r' },
          ]}
        />
        <Textarea label="What has happened?" name="story" />
        <Button preventDoubleClick>Send referral</Button>
      </form>
    </Sheet>
  )
}

function List() {
  return (
    <Sheet heading="Referrals" section="My work">
      <NotificationBanner variant="success">Referral accepted</NotificationBanner>
      <h1 class="nhsuk-heading-l">Referrals</h1>
      <InsetText>Last refreshed 2 November 2026, 3:20pm. Showing open referrals, oldest first.</InsetText>
      <Table
        responsive
        compact
        caption="Open referrals"
        head={[
          { text: 'Person', sort: 'none', href: '#' },
          { text: 'Due', sort: 'ascending', href: '#' },
          'Owner',
          'State',
        ]}
        rows={[
          [
            {
              text: (
                <>
                  ASHWORTH, Margaret
                  <br />
                  <NhsNumber value="9990001235" />
                </>
              ),
            },
            '2 Nov, 5pm',
            'Asha Begum',
            { text: <Tag colour="red">Overdue</Tag> },
          ],
          [
            {
              text: (
                <>
                  OYELARAN, Tunde
                  <br />
                  <NhsNumber value="9991001379" />
                </>
              ),
            },
            '3 Nov, midday',
            'Nobody yet',
            { text: <Tag colour="blue">New</Tag> },
          ],
        ]}
      />
      <Pagination
        previous={{ href: '#' }}
        next={{ href: '#' }}
        items={[
          { number: 1, href: '#' },
          { number: 2, href: '#', current: true },
          { ellipsis: true },
          { number: 9, href: '#' },
        ]}
      />
      <SummaryList
        rows={[
          {
            key: 'Referred by',
            value: 'Canklow Surgery',
            actions: [{ text: 'Change', href: '#', visuallyHiddenText: 'who referred' }],
          },
        ]}
      />
      <WarningCallout heading={{ text: 'Lone working', level: 2 }}>
        Two people must go to this address.
      </WarningCallout>
      <Details summary="How targets are worked out">From the moment the referral was received.</Details>
    </Sheet>
  )
}

const folder = process.argv[2] ?? join(tmpdir(), 'ui-gallery')
const pages = { record: <Record />, banners: <Banners />, form: <Form />, list: <List /> }
mkdirSync(folder, { recursive: true })
for (const [name, page] of Object.entries(pages))
  writeFileSync(join(folder, `${name}.html`), renderPage(page))
for (const [path, { body }] of assets) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), body)
}
process.stdout.write(`${folder}\n`)
