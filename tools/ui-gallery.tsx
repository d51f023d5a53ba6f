/**
 * Writes every component of ours, with invented people, as pages to look at:
 *   npx tsx tools/ui-gallery.tsx <folder>
 * It serves nothing; assets are written beside the pages, under the addresses which the pages use.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  assets,
  Button,
  Checkboxes,
  DateInput,
  Details,
  ErrorSummary,
  Input,
  InsetText,
  NhsNumber,
  NotificationBanner,
  Pagination,
  PatientBanner,
  Radios,
  renderPage,
  Select,
  SummaryList,
  Table,
  Tag,
  Textarea,
  WarningCallout,
} from '../src/platform/ui/index.ts'
import { Record } from './ui-gallery/record.tsx'
import { now, Sheet } from './ui-gallery/sheet.tsx'

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
