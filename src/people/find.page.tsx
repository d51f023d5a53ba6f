import { z } from 'zod'
import {
  type Context,
  type Db,
  dayOf,
  type Fault,
  holds,
  page,
  type Route,
  type View,
} from '../platform/index.ts'
import {
  Button,
  DateInput,
  dateInWords,
  ErrorSummary,
  familyGiven,
  Input,
  InsetText,
  NhsNumber,
  Table,
} from '../platform/ui/index.ts'
import { faultInWords, readNhsNumber } from './nhs-number.ts'
import { type Clues, hasTwoIdentifiers, type Traced, trace } from './trace.queries.ts'

const typed = z.string().trim().max(200).default('')

/** What is typed in the form, read into clues; every fault names its field. */
export const cluesForm = z
  .object({
    nhsNumber: typed,
    family: typed,
    given: typed,
    postcode: typed,
    day: typed,
    month: typed,
    year: typed,
  })
  .transform((fields, context): Clues => {
    const clues: Clues = {}
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (fields.nhsNumber) {
      const read = readNhsNumber(fields.nhsNumber)
      if ('number' in read) clues.nhsNumber = read.number
      else fault('nhsNumber', faultInWords[read.fault])
    }
    if (fields.family) clues.family = fields.family
    if (fields.given) clues.given = fields.given
    if (fields.postcode) clues.postcode = fields.postcode
    if (fields.day || fields.month || fields.year) {
      const date = dayOf(fields)
      if (date) clues.birthDate = date
      else fault('day', 'Date of birth must be a real date, such as 14 7 1941')
    }
    if (!clues.nhsNumber && !clues.family && context.issues.length === 0)
      fault('nhsNumber', 'Enter an NHS number, or a last name with a date of birth or postcode')
    else if (
      !clues.nhsNumber &&
      clues.family &&
      !clues.birthDate &&
      !clues.postcode &&
      context.issues.length === 0
    ) {
      fault('day', 'Enter a date of birth or postcode as well as the name')
    }
    return clues
  })

const tracing = holds('trace', { purpose: 'direct care' })

const ask = page({
  method: 'GET',
  path: '/people/find',
  may: tracing,
  audit: 'people.find.form',
  input: z.object({}),
  run: () => formView(here, {}, []),
})

/** By POST: who is looked for never stands in an address, a log or a browser's history. */
const find = page({
  method: 'POST',
  path: '/people/find',
  may: tracing,
  audit: 'people.trace',
  input: cluesForm,
  run: async ({ db, input, shown }) => {
    const clues = input as Clues
    return resultsView(here, clues, await look(db, clues, shown))
  },
  again: ({ faults, given }) => formView(here, given, faults),
})

/** Traces, and notes for the audit whom the answer shows: nobody while only one identifier is known. */
export async function look(db: Db, clues: Clues, shown: Context<unknown>['shown']): Promise<Traced[]> {
  const found = await trace(db, clues)
  const named = hasTwoIdentifiers(clues) ? found : []
  shown(
    named.flatMap((person) => person.files.slice(0, 1)),
    { clues, found: found.length },
  )
  return found
}

/** Where people are looked for: for their record, or for something else. */
export type Finding = {
  heading: string
  /** Where the form goes, and where looking begins again. */
  action: string
  again: string
  /** Where somebody who was found leads. */
  to(ref: string): string
}

const here: Finding = {
  heading: 'Find a person',
  action: '/people/find',
  again: '/people/find',
  to: (ref) => `/people/${ref}`,
}

export function formView(finding: Finding, given: Record<string, string>, faults: Fault[]): View {
  return {
    title: finding.heading,
    status: faults.length > 0 ? 422 : 200,
    body: <FindForm finding={finding} given={given} faults={faults} />,
  }
}

type FormProps = { finding: Finding; given: Record<string, string>; faults: Fault[] }

function FindForm({ finding, given, faults }: FormProps) {
  const fault = (name: string) => faults.find((each) => each.path === name)?.words
  return (
    <div class="nhsuk-grid-row">
      <div class="nhsuk-grid-column-two-thirds">
        {faults.length > 0 && (
          <ErrorSummary
            errorList={faults.map((each) => ({
              text: each.words,
              href: `#${each.path === 'day' ? 'birth-day' : each.path}`,
            }))}
          />
        )}
        <h1 class="nhsuk-heading-l">{finding.heading}</h1>
        <p>
          Use two identifiers: an NHS number and date of birth, or a last name with a date of birth or
          postcode.
        </p>
        <form method="post" action={finding.action} novalidate autocomplete="off">
          <Input
            id="nhsNumber"
            name="nhsNumber"
            label={{ text: 'NHS number', size: 's' }}
            hint="10 digits, such as 999 000 1235"
            inputmode="numeric"
            width={20}
            spellcheck={false}
            value={given['nhsNumber']}
            errorMessage={fault('nhsNumber')}
          />
          <DateInput
            id="birth"
            fieldset={{ legend: { text: 'Date of birth', size: 's' } }}
            hint="For example, 14 7 1941"
            values={{ day: given['day'], month: given['month'], year: given['year'] }}
            errorMessage={fault('day')}
          />
          <Input
            id="family"
            name="family"
            label={{ text: 'Last name', size: 's' }}
            width={20}
            spellcheck={false}
            value={given['family']}
            errorMessage={fault('family')}
          />
          <Input
            id="given"
            name="given"
            label={{ text: 'First name', size: 's' }}
            hint="Or its first letters"
            width={20}
            spellcheck={false}
            value={given['given']}
          />
          <Input
            id="postcode"
            name="postcode"
            label={{ text: 'Postcode', size: 's' }}
            width={10}
            spellcheck={false}
            value={given['postcode']}
          />
          <Button>Find</Button>
        </form>
      </div>
    </div>
  )
}

const peopleFound = (found: Traced[]): string =>
  found.length === 1 ? '1 person found' : `${found.length} people found`

export function resultsView(finding: Finding, clues: Clues, found: Traced[]): View {
  const two = hasTwoIdentifiers(clues)
  return {
    title: found.length === 0 ? 'Nobody was found' : two ? peopleFound(found) : 'Confirm who this is',
    body:
      found.length === 0 ? (
        <Nobody finding={finding} clues={clues} />
      ) : two ? (
        <Found finding={finding} found={found} />
      ) : (
        <Confirm finding={finding} nhsNumber={clues.nhsNumber ?? ''} />
      ),
  }
}

const Nobody = ({ finding, clues }: { finding: Finding; clues: Clues }) => (
  <>
    <h1 class="nhsuk-heading-l">Nobody was found</h1>
    <p>No connected source has a person who agrees with everything that you entered.</p>
    <InsetText>
      This does not mean that the person has no record. They may be registered outside this place, or under
      another name
      {clues.nhsNumber ? '; or a digit of the NHS number may be wrong' : ''}.
    </InsetText>
    <a href={finding.again}>Search again</a>
  </>
)

/** One identifier finds somebody, but does not say who: the second is asked for before any name is shown. */
const Confirm = ({ finding, nhsNumber }: { finding: Finding; nhsNumber: string }) => (
  <>
    <h1 class="nhsuk-heading-l">Confirm who this is</h1>
    <p>
      One person has the NHS number <NhsNumber value={nhsNumber} />. Enter their date of birth to see who it
      is.
    </p>
    <form method="post" action={finding.action} novalidate autocomplete="off">
      <input type="hidden" name="nhsNumber" value={nhsNumber} />
      <DateInput
        id="birth"
        fieldset={{ legend: { text: 'Date of birth', size: 's' } }}
        hint="For example, 14 7 1941"
      />
      <Button>Confirm</Button>
    </form>
  </>
)

const Found = ({ finding, found }: { finding: Finding; found: Traced[] }) => (
  <>
    <h1 class="nhsuk-heading-l">{peopleFound(found)}</h1>
    {found.length > 1 && (
      <InsetText>
        Several people agree with what you entered. Check the NHS number and address with the person.
      </InsetText>
    )}
    <Table
      responsive
      head={[{ text: 'Name and NHS number' }, { text: 'Born' }, { text: 'Gender' }, { text: 'Postcode' }]}
      rows={found.map((person) => [
        {
          text: (
            <>
              <a href={finding.to(person.ref)}>
                {familyGiven({
                  family: person.family,
                  given: person.given,
                  prefix: person.title ?? undefined,
                })}
              </a>
              {person.disputed ? ' (died, say some sources; others do not)' : person.died && ' (died)'}
              <br />
              {person.nhsNumber ? <NhsNumber value={person.nhsNumber} /> : 'NHS number not known'}
            </>
          ),
        },
        { text: person.birthDate ? dateInWords(person.birthDate) : 'Not known' },
        { text: person.gender ?? 'Not known' },
        { text: person.postcode ?? 'Not shown' },
      ])}
    />
    <a href={finding.again}>Search again</a>
  </>
)

export const findRoutes: Route[] = [ask, find]
