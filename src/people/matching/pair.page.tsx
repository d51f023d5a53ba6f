import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import { type Fault, NotFound, page, type Route, type View } from '../../platform/index.ts'
import {
  Button,
  ErrorSummary,
  howLongAgo,
  InsetText,
  instantInWords,
  Radios,
  SummaryList,
  Table,
  Tag,
  Textarea,
  WarningCallout,
} from '../../platform/ui/index.ts'
import { linkFiles, neverTheSame, notSure, type Saying } from '../links.ts'
import type { Field } from './fields.ts'
import { bornInWords, genderInWords, localNumber, NumberOf, nameOf, sourceName, whoSaid } from './shown.tsx'
import { matching } from './worklist.page.tsx'
import { type Doubt, pairOf, type Side } from './worklist.queries.ts'
import { forAndAgainst, kindOf, kinds, likenessInWords } from './worklist.ts'

const answers = {
  same: {
    say: linkFiles,
    text: 'Same person',
    hint: 'Whoever may see one of the records sees both from now on',
  },
  never: {
    say: neverTheSame,
    text: 'Not the same person',
    hint: 'They are kept apart and never suggested again',
  },
  unsure: {
    say: notSure,
    text: 'Not sure yet',
    hint: 'It stays on the worklist in your name, with your note',
  },
} as const

/** Two records side by side, and what somebody decides about them. */
export function pairRoutes(place: Place): Route[] {
  const pair = z.object({ one: z.uuid(), other: z.uuid() })
  const compare = page({
    method: 'GET',
    path: '/matching/pairs/:one/:other',
    may: matching,
    audit: 'matching.compare',
    input: pair,
    run: async ({ db, input, now, shown }) => {
      const doubt = await pairOf(db, input.one, input.other)
      if (!doubt) throw new NotFound()
      shown([doubt.one.key, doubt.other.key])
      return pairView(place, doubt, now)
    },
  })

  const decide = page({
    method: 'POST',
    path: '/matching/pairs/:one/:other',
    may: matching,
    audit: 'matching.decide',
    input: pair.extend({
      answer: z.enum(['same', 'never', 'unsure']).optional().catch(undefined),
      why: z.string().trim().default(''),
      replaces: z.union([z.literal('').transform(() => null), z.coerce.number().int()]),
    }),
    run: async ({ db, input, now, shown }) => {
      const doubt = await pairOf(db, input.one, input.other)
      if (!doubt) throw new NotFound()
      const { answer, why } = input
      const faults = faultsOf(answer, why)
      if (answer === undefined || faults.length > 0) {
        // Both records stay in sight: nobody decides from memory.
        shown([doubt.one.key, doubt.other.key], { answer: 'none' })
        return pairView(place, doubt, now, { faults, given: { answer: answer ?? '', why } })
      }
      const saying: Saying = {
        one: doubt.one.key,
        other: doubt.other.key,
        why,
        replaces: input.replaces,
      }
      await answers[answer].say(db, saying)
      shown([doubt.one.key, doubt.other.key], { answer, why })
      return { redirect: answer === 'same' ? `/matching/people/${doubt.one.ref}` : '/matching' }
    },
  })
  return [compare, decide]
}

function faultsOf(answer: string | undefined, why: string): Fault[] {
  const faults: Fault[] = []
  if (answer === undefined) faults.push({ path: 'answer', words: 'Choose whether they are the same person' })
  if (why.length < 5) faults.push({ path: 'why', words: 'Say in a few words how you know' })
  if (why.length > 1000) faults.push({ path: 'why', words: 'Use 1,000 characters or fewer' })
  return faults
}

type Tried = { faults: Fault[]; given: Record<string, string> }

function pairView(place: Place, doubt: Doubt, now: Date, tried: Tried = { faults: [], given: {} }): View {
  const { one, other } = doubt
  const reasons = forAndAgainst(doubt)
  return {
    title: 'Are these the same person?',
    status: tried.faults.length > 0 ? 422 : 200,
    wide: true,
    backLink: { href: '/matching', text: 'Matching worklist' },
    body: (
      <div class="gt-record">
        {tried.faults.length > 0 && (
          <ErrorSummary
            errorList={tried.faults.map((fault) => ({ text: fault.words, href: `#${fault.path}` }))}
          />
        )}
        <h1 class="nhsuk-heading-l">Are these the same person?</h1>
        {kindOf(doubt) === 'one number' && doubt.verdict !== 'same' && (
          <WarningCallout heading={{ text: 'Two records carry one NHS number', level: 2 }}>
            <p>
              If they are two people, one of the numbers is wrong: tell the source, which must correct it.
              Until then neither record shows the other.
            </p>
          </WarningCallout>
        )}
        <Said place={place} doubt={doubt} />
        <Table
          responsive
          firstCellIsHeader
          caption="What each source says"
          head={['Detail', sourceName(place, one), sourceName(place, other), 'Compared']}
          rows={linesOf(doubt).map(({ label, show, field }) => [
            { text: label },
            { text: show(one) },
            { text: show(other) },
            { text: field ? <Compared doubt={doubt} fields={field} /> : '' },
          ])}
        />
        {one.hidden && (
          <InsetText>
            An address is protected. Where either of them lives, and what would give it away, is hidden.
          </InsetText>
        )}
        <SummaryList
          rows={[
            { key: 'About', value: kinds.find(({ kind }) => kind === kindOf(doubt))?.words ?? '' },
            { key: 'Likeness', value: likenessInWords(doubt) },
            { key: 'Speaks for one person', value: reasons.for || 'Nothing' },
            { key: 'Speaks against', value: reasons.against || 'Nothing' },
            {
              key: 'On the worklist',
              value: `since ${instantInWords(doubt.raised_at)} (${howLongAgo(doubt.raised_at, now)})`,
            },
          ]}
        />
        {doubt.verdict !== 'same' && doubt.verdict !== 'never the same' && (
          <Form action={`/matching/pairs/${one.ref}/${other.ref}`} replaces={doubt.verdict_id} {...tried} />
        )}
      </div>
    ),
  }
}

/** What somebody said before: a decision stands until it is taken back on the page of the person. */
function Said({ place, doubt }: { place: Place; doubt: Doubt }) {
  if (doubt.verdict === null || doubt.said_at === null) return null
  const words = {
    same: 'the same person',
    'never the same': 'never the same person',
    'not sure': 'not sure yet',
    parted: 'parted',
    contradicted: 'the same person, which their NHS numbers contradict',
  }[doubt.verdict]
  const decided = doubt.verdict === 'same' || doubt.verdict === 'never the same'
  return (
    <InsetText>
      <p>
        {whoSaid(place, doubt.said_by)} said “{words}”, {instantInWords(doubt.said_at)}: {doubt.why}
      </p>
      {decided && (
        <p>
          <a href={`/matching/people/${doubt.one.ref}`}>See the person’s records, and undo it</a>
        </p>
      )}
    </InsetText>
  )
}

type Line = { label: string; show(side: Side): preact.ComponentChildren; field?: Field[] }

function linesOf(doubt: Doubt): Line[] {
  const lines: Line[] = [
    { label: 'Name', show: nameOf, field: ['family name', 'given name'] },
    { label: 'Born', show: bornInWords, field: ['birth date'] },
    { label: 'Gender', show: genderInWords, field: ['gender'] },
    { label: 'NHS number', show: (side) => <NumberOf side={side} />, field: ['NHS number'] },
    {
      label: 'Postcode',
      show: (side) => (side.hidden ? 'Hidden: protected address' : (side.postcode ?? 'Not known')),
      field: ['postcode'],
    },
    { label: 'Life', show: (side) => (side.died ? 'Died, says this source' : 'Not said to have died') },
    { label: 'Number in the source', show: localNumber },
  ]
  const more: [Field, string][] = [
    ['address', 'First line of address'],
    ['phone', 'Phone'],
    ['practice', 'GP practice'],
  ]
  return [
    ...lines,
    ...more
      .filter(([field]) => doubt.reasons.some((reason) => reason.field === field))
      .map(([field, label]) => ({ label, show: () => 'Compared, not shown', field: [field] })),
  ]
}

/** In words first; the colour only repeats them. */
function Compared({ doubt, fields }: { doubt: Doubt; fields: Field[] }) {
  const found = doubt.reasons.filter((reason) => fields.includes(reason.field))
  if (found.length === 0) return <>Cannot be compared</>
  const tags = { same: ['Same', 'green'], less: ['Nearly', 'yellow'], differs: ['Differs', 'red'] } as const
  return (
    <>
      {found.map((reason, index) => {
        if (reason.agreement === 'not said') return null
        const [words, colour] = tags[reason.agreement]
        return (
          <>
            {index > 0 && <br />}
            <Tag colour={colour}>{words}</Tag>{' '}
            {reason.agreement === 'less' ? reason.words : fields.length > 1 && reason.field}
          </>
        )
      })}
    </>
  )
}

const faultAt = (faults: Fault[], path: string) => faults.find((fault) => fault.path === path)?.words

const Form = ({
  action,
  replaces,
  faults,
  given,
}: {
  action: string
  replaces: number | string | null
  faults: Fault[]
  given: Record<string, string>
}) => (
  <form method="post" action={action} novalidate>
    <input type="hidden" name="replaces" value={replaces === null ? '' : String(replaces)} />
    <Radios
      name="answer"
      fieldset={{ legend: { text: 'Are they the same person?', size: 'm' } }}
      items={Object.entries(answers).map(([value, { text, hint }]) => ({ value, text, hint }))}
      value={given['answer']}
      errorMessage={faultAt(faults, 'answer')}
    />
    <Textarea
      id="why"
      name="why"
      rows={3}
      label={{ text: 'How do you know?', size: 's' }}
      hint="For example: the practice confirmed the number by phone. Whoever looks next reads this."
      value={given['why']}
      errorMessage={faultAt(faults, 'why')}
    />
    <Button>Save</Button>
  </form>
)
