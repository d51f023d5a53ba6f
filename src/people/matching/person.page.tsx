import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import { Conflict, NotFound, page, personRef, type Route, type View } from '../../platform/index.ts'
import { Button, Details, InsetText, instantInWords, Table, Textarea } from '../../platform/ui/index.ts'
import { unlinkFile } from '../links.ts'
import { bornInWords, genderInWords, localNumber, NumberOf, nameOf, sourceName, whoSaid } from './shown.tsx'
import { matching } from './worklist.page.tsx'
import { fileNamed, type Join, type MadeOf, madeOf, type Side } from './worklist.queries.ts'

const why = z
  .string()
  .trim()
  .min(5, 'Say in a few words how you know')
  .max(1000, 'Use 1,000 characters or fewer')

/** What a person is made of: which records, who joined them, when and why; and the way back. */
export function personRoutes(place: Place): Route[] {
  const show = page({
    method: 'GET',
    path: '/matching/people/:person',
    may: matching,
    audit: 'matching.person',
    input: z.object({ person: personRef }),
    run: async ({ db, input, shown }) => {
      const made = await madeOf(db, input.person.files)
      shown([...input.person.files, ...made.pairs.flatMap((pair) => pair.apart?.key ?? [])])
      return personView(place, input.person.ref, made)
    },
  })

  const unlink = page({
    method: 'POST',
    path: '/matching/people/:person/unlink',
    may: matching,
    audit: 'matching.unlink',
    input: z.object({ person: personRef, file: z.uuid(), seen: z.string().max(5000), why }),
    run: async ({ db, input, shown }) => {
      const made = await madeOf(db, input.person.files)
      const file = await fileNamed(db, input.file)
      const joins = joinsOf(made, file)
      if (!file || joins.length === 0) throw new NotFound()
      if (seenOf(joins) !== input.seen)
        throw new Conflict('Somebody else has changed what joins these records since you opened them')
      for (const { one, other, verdict_id } of joins)
        await unlinkFile(db, { one, other, why: input.why, replaces: verdict_id })
      shown(input.person.files, { why: input.why })
      return { redirect: `/matching/people/${input.person.ref}` }
    },
  })

  const takeBack = page({
    method: 'POST',
    path: '/matching/people/:person/take-back',
    may: matching,
    audit: 'matching.take-back',
    input: z.object({
      person: personRef,
      one: z.uuid(),
      other: z.uuid(),
      replaces: z.coerce.number().int(),
      why,
    }),
    run: async ({ db, input, shown }) => {
      const [one, other] = [await fileNamed(db, input.one), await fileNamed(db, input.other)]
      if (!one || !other || !input.person.files.includes(one)) throw new NotFound()
      await unlinkFile(db, { one, other, why: input.why, replaces: input.replaces })
      shown([one, other], { why: input.why })
      return { redirect: `/matching/people/${input.person.ref}` }
    },
  })
  return [show, unlink, takeBack]
}

const joinsOf = (made: MadeOf, file: string | undefined): Join[] =>
  made.pairs.filter((pair) => pair.apart === null && (pair.one === file || pair.other === file))

/** What the reader saw of a file's joins, so that an answer to something older is noticed. */
const seenOf = (joins: Join[]): string =>
  joins.map((join) => `${join.rule}:${join.verdict_id ?? ''}`).join(' ')

function personView(place: Place, ref: string, made: MadeOf): View {
  const joined = made.pairs.filter((pair) => pair.apart === null)
  const apart = made.pairs.filter((pair) => pair.apart !== null)
  const lives = new Set(made.files.map((file) => file.died))
  const heading =
    made.files.length === 1
      ? 'One record, not joined to another'
      : `${made.files.length} records of one person`
  return {
    title: heading,
    wide: true,
    backLink: { href: '/matching', text: 'Matching worklist' },
    body: (
      <div class="gt-record">
        <h1 class="nhsuk-heading-l">{heading}</h1>
        {lives.size > 1 && <Disagree place={place} files={made.files} />}
        <Table
          responsive
          caption="What each source says"
          head={['Source', 'Name', 'Born', 'Gender', 'NHS number', 'Number in the source', 'Life']}
          rows={made.files.map((file) => [
            { text: sourceName(place, file) },
            { text: nameOf(file) },
            { text: bornInWords(file) },
            { text: genderInWords(file) },
            { text: <NumberOf side={file} /> },
            { text: localNumber(file) },
            { text: file.died ? 'Died' : 'Not said to have died' },
          ])}
        />
        {joined.length > 0 && <Joins place={place} made={made} joined={joined} />}
        {made.files.length > 1 && <Unlink place={place} person={ref} made={made} />}
        {apart.length > 0 && <Apart place={place} person={ref} made={made} apart={apart} />}
        <History place={place} made={made} />
      </div>
    ),
  }
}

/** A source that has not heard of a death is more common than a death that did not happen; both are seen. */
function Disagree({ place, files }: { place: Place; files: Side[] }) {
  const say = (died: boolean) =>
    files
      .filter((file) => file.died === died)
      .map((file) => sourceName(place, file))
      .join(', ')
  return (
    <InsetText>
      The sources do not agree on whether this person has died. {say(true)}: died. {say(false)}: not said to
      have died. Ask the source that may be wrong to correct it.
    </InsetText>
  )
}

const called = (place: Place, made: MadeOf, key: string): string => {
  const file = made.files.find((each) => each.key === key)
  return file ? `${sourceName(place, file)} ${localNumber(file)}` : 'a record'
}

function Joins({ place, made, joined }: { place: Place; made: MadeOf; joined: Join[] }) {
  return (
    <Table
      responsive
      caption="What joins them"
      head={['One record', 'Another record', 'Joined by', 'Since', 'Why']}
      rows={joined.map((join) => [
        { text: called(place, made, join.one) },
        { text: called(place, made, join.other) },
        { text: join.verdict === 'same' ? whoSaid(place, join.said_by) : 'The rules' },
        { text: instantInWords(join.verdict === 'same' && join.said_at ? join.said_at : join.raised_at) },
        {
          text:
            join.verdict === 'same'
              ? join.why
              : join.reasons
                  .filter((reason) => reason.bits > 0)
                  .map((reason) => reason.words)
                  .join('; '),
        },
      ])}
    />
  )
}

const Unlink = ({ place, person, made }: { place: Place; person: string; made: MadeOf }) => (
  <>
    <h2 class="nhsuk-heading-m">Undo</h2>
    <p>
      If one of these records is about somebody else, unlink it. Nothing is lost: each record shows again only
      what it showed before it was joined.
    </p>
    {made.files.map((file) => (
      <Details summary={`Unlink ${called(place, made, file.key)}`}>
        <form method="post" action={`/matching/people/${person}/unlink`}>
          <input type="hidden" name="file" value={file.ref} />
          <input type="hidden" name="seen" value={seenOf(joinsOf(made, file.key))} />
          <Textarea
            id={`why-${file.ref}`}
            name="why"
            rows={2}
            label="How do you know it is about somebody else?"
          />
          <Button small variant="warning">
            Unlink this record
          </Button>
        </form>
      </Details>
    ))}
  </>
)

const Apart = ({
  place,
  person,
  made,
  apart,
}: {
  place: Place
  person: string
  made: MadeOf
  apart: Join[]
}) => (
  <>
    <h2 class="nhsuk-heading-m">Kept apart</h2>
    {apart.map((join) => {
      const other = join.apart
      const mine = made.files.find((file) => file.key === join.one)
      if (!other || !mine) return null
      return (
        <>
          <p>
            Never the same person as {nameOf(other)}, born {bornInWords(other)} ({sourceName(place, other)}{' '}
            {localNumber(other)}): {whoSaid(place, join.said_by)},{' '}
            {instantInWords(join.said_at ?? join.raised_at)}. {join.why}
          </p>
          <Details summary="Take this back">
            <form method="post" action={`/matching/people/${person}/take-back`}>
              <input type="hidden" name="one" value={mine.ref} />
              <input type="hidden" name="other" value={other.ref} />
              <input type="hidden" name="replaces" value={join.verdict_id ?? ''} />
              <Textarea id={`back-${other.ref}`} name="why" rows={2} label="Why do you take it back?" />
              <Button small variant="secondary">
                Take it back
              </Button>
            </form>
          </Details>
        </>
      )
    })}
  </>
)

const acts: Record<string, string> = { alone: 'Opened', link: 'Joined', unlink: 'Parted' }

const History = ({ place, made }: { place: Place; made: MadeOf }) => (
  <Table
    responsive
    caption="How it came to be"
    head={['When', 'Record', 'What', 'By', 'Why']}
    rows={made.history.map((row) => [
      { text: instantInWords(row.at) },
      { text: called(place, made, row.file) },
      { text: acts[row.act] ?? row.act },
      { text: whoSaid(place, row.by) },
      { text: row.why },
    ])}
  />
)
