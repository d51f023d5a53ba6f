import { type Asked, type Place, scopesInWords } from '../../access/index.ts'
import {
  Button,
  dateInWords,
  familyGiven,
  InsetText,
  NhsNumber,
  SummaryList,
} from '../../platform/ui/index.ts'
import type { Whose } from '../pages/frame/frame.queries.ts'
import { organisationOf } from './apps.page.tsx'

type Props = { place: Place; asked: Asked; id: string; person: (Whose & { ref: string }) | undefined }

/** What an app asks for, in plain words, and the two answers. */
export function Consent({ place, asked, id, person }: Props) {
  const { app, scopes } = asked
  const { ofPerson, ofEveryone, besides } = scopesInWords(scopes)
  const root = `/apps/asking/${id}`
  return (
    <div class="nhsuk-grid-row">
      <div class="nhsuk-grid-column-two-thirds">
        <h1 class="nhsuk-heading-l">Allow {app.name} to use the record?</h1>
        <p>{organisationOf(place, app.organisation)} answers for this app.</p>
        {person && <About person={person} />}
        <Asks heading="About this person the app may" items={ofPerson} />
        <Asks heading="About everyone whom you may see, the app may" items={ofEveryone} />
        <Asks
          heading={ofPerson.length + ofEveryone.length > 0 ? 'The app may also' : 'The app may'}
          items={besides}
        />
        <InsetText>
          The app never sees more than you may see yourself. What it sees is recorded under your name and the
          app’s.
        </InsetText>
        <form method="post" action={person ? `${root}/people/${person.ref}/allow` : `${root}/allow`}>
          <div class="nhsuk-button-group">
            <Button>Allow</Button>
            <Button variant="secondary" attributes={{ formaction: `${root}/refuse` }}>
              Do not allow
            </Button>
          </div>
        </form>
      </div>
    </div>
  )
}

const About = ({ person }: { person: Whose }) => (
  <SummaryList
    rows={[
      {
        key: 'Person',
        value: {
          text: familyGiven({
            family: person.family,
            given: person.given,
            prefix: person.title ?? undefined,
          }),
        },
      },
      { key: 'Born', value: { text: person.birth_date ? dateInWords(person.birth_date) : 'Not known' } },
      {
        key: 'NHS number',
        value: { text: person.nhs_number ? <NhsNumber value={person.nhs_number} /> : 'Not known' },
      },
    ]}
  />
)

const Asks = ({ heading, items }: { heading: string; items: string[] }) =>
  items.length === 0 ? null : (
    <>
      <h2 class="nhsuk-heading-s">{heading}</h2>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    </>
  )
