import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import { dayOf, type Fault, Invalid, page, type Route, type View } from '../../platform/index.ts'
import { Button, DateInput, ErrorSummary, Input, instantInWords, Table } from '../../platform/ui/index.ts'
import { faultInWords, readNhsNumber } from '../nhs-number.ts'
import { trace } from '../trace.queries.ts'
import { bornInWords, nameOf, sourceName, whoSaid } from './shown.tsx'
import { matching } from './worklist.page.tsx'
import { type Doubt, decidedLately, type Side } from './worklist.queries.ts'

const typed = z.string().trim().max(40).default('')

/** Where a person's records are found again, to see what joins them and to undo it. */
export function decidedRoutes(place: Place): Route[] {
  const list = page({
    method: 'GET',
    path: '/matching/decided',
    may: matching,
    audit: 'matching.decided',
    input: z.object({}),
    run: async ({ db, shown }) => {
      const decided = await decidedLately(db)
      shown(decided.flatMap((each) => [each.one.key, each.other.key]))
      return listView(place, decided)
    },
  })

  /** Two identifiers, and by POST: finding somebody's records here is tracing, and audited as that. */
  const find = page({
    method: 'POST',
    path: '/matching/find',
    may: matching,
    audit: 'matching.find',
    input: z.object({ nhsNumber: typed, day: typed, month: typed, year: typed }),
    run: async ({ db, input, shown }) => {
      const number = readNhsNumber(input.nhsNumber)
      const birthDate = dayOf(input)
      const faults: Fault[] = []
      if ('fault' in number) faults.push({ path: 'nhsNumber', words: faultInWords[number.fault] })
      if (!birthDate)
        faults.push({ path: 'day', words: 'Date of birth must be a real date, such as 14 7 1941' })
      if ('fault' in number || !birthDate) throw new Invalid(faults)
      const [found] = await trace(db, { nhsNumber: number.number, birthDate })
      if (!found)
        throw new Invalid([{ path: 'nhsNumber', words: 'No record has this number and birth date' }])
      shown(found.files.slice(0, 1))
      return { redirect: `/matching/people/${found.ref}` }
    },
    again: ({ faults, given }) => ({
      title: 'Find a person’s records',
      backLink: { href: '/matching/decided', text: 'Recent decisions' },
      status: 422,
      body: (
        <>
          <ErrorSummary
            errorList={faults.map((fault) => ({
              text: fault.words,
              href: `#${fault.path === 'day' ? 'birth-day' : fault.path}`,
            }))}
          />
          <h1 class="nhsuk-heading-l">Find a person’s records</h1>
          <Find given={given} faults={faults} />
        </>
      ),
    }),
  })
  return [list, find]
}

const words: Record<string, string> = {
  same: 'Same person',
  'never the same': 'Never the same',
  parted: 'Unlinked',
}

const listView = (place: Place, decided: Doubt[]): View => ({
  title: 'Recent decisions',
  wide: true,
  backLink: { href: '/matching', text: 'Matching worklist' },
  body: (
    <div class="gt-record">
      <h1 class="nhsuk-heading-l">Recent decisions</h1>
      <p>What was decided about two records, the newest first. To undo a decision, open the records.</p>
      {decided.length === 0 ? (
        <p>Nothing has been decided yet. What is decided on the matching worklist is listed here.</p>
      ) : (
        <Table
          responsive
          caption={{ text: 'Decisions', classes: 'nhsuk-u-visually-hidden' }}
          head={['Decision', 'One record', 'Another record', 'By', 'When', 'Why', 'Undo']}
          rows={decided.map((each) => [
            { text: <strong>{words[each.verdict ?? ''] ?? each.verdict}</strong> },
            { text: brief(place, each.one) },
            { text: brief(place, each.other) },
            { text: whoSaid(place, each.said_by) },
            { text: each.said_at ? instantInWords(each.said_at) : '' },
            { text: each.why },
            {
              text: (
                <a href={`/matching/people/${each.one.ref}`}>
                  See the records<span class="nhsuk-u-visually-hidden"> of {nameOf(each.one)}</span>
                </a>
              ),
            },
          ])}
        />
      )}
      <h2 class="nhsuk-heading-m">Find a person’s records</h2>
      <p>
        Records that were joined by their NHS number and date of birth, without anybody’s decision, are not
        listed here. Find the person to see them, and to undo it.
      </p>
      <Find given={{}} faults={[]} />
    </div>
  ),
})

const brief = (place: Place, side: Side): string =>
  `${nameOf(side)}, born ${bornInWords(side)} (${sourceName(place, side)})`

const Find = ({ given, faults }: { given: Record<string, string>; faults: Fault[] }) => {
  const fault = (path: string) => faults.find((each) => each.path === path)?.words
  return (
    <form method="post" action="/matching/find" novalidate autocomplete="off">
      <Input
        id="nhsNumber"
        name="nhsNumber"
        label="NHS number"
        hint="10 digits, for example 999 000 1235"
        inputmode="numeric"
        classes="nhsuk-input--width-10"
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
      <Button>Find the records</Button>
    </form>
  )
}
