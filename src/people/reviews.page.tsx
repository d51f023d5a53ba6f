import { z } from 'zod'
import type { Place } from '../access/index.ts'
import { type Fault, holds, NotFound, page, type Route, type View } from '../platform/index.ts'
import {
  Button,
  dateInWords,
  ErrorSummary,
  familyGiven,
  Input,
  instantInWords,
  NhsNumber,
  Radios,
  SummaryList,
  Tag,
} from '../platform/ui/index.ts'
import { type Disclosure, disclosures, review } from './reviews.queries.ts'

const reviewing = holds('review-access', { purpose: 'access review' })
const verdicts = ['appropriate', 'needs explanation', 'inappropriate'] as const

/** The privacy officer's list: every broken glass and every stated reason, and what was thought of each. */
export function reviewRoutes(place: Place): Route[] {
  const list = page({
    method: 'GET',
    path: '/access-reviews',
    may: reviewing,
    audit: 'access.reviews',
    input: z.object({}),
    run: async ({ db, shown }) => {
      const found = await disclosures(db)
      shown(found.map((each) => each.person_key))
      return listView(place, found, [])
    },
  })

  const judge = page({
    method: 'POST',
    path: '/access-reviews/:relationship',
    may: reviewing,
    audit: 'access.review',
    input: z.object({
      relationship: z.coerce.number().int().positive(),
      verdict: z.enum(verdicts, 'Choose what you think of it'),
      note: z.string().trim().min(1, 'Add a short note').max(1000),
    }),
    run: async ({ db, input, shown }) => {
      const about = (await disclosures(db)).find((each) => Number(each.id) === input.relationship)
      if (!about) throw new NotFound()
      await review(db, {
        person_key: about.person_key,
        relationship_id: input.relationship,
        verdict: input.verdict,
        note: input.note,
      })
      shown([about.person_key], { relationship: input.relationship, verdict: input.verdict })
      return { redirect: '/access-reviews' }
    },
  })
  return [list, judge]
}

function listView(place: Place, found: Disclosure[], faults: Fault[]): View {
  const open = found.filter((each) => each.verdict === null)
  const done = found.filter((each) => each.verdict !== null)
  return {
    title: 'Reasons to review',
    body: (
      <>
        {faults.length > 0 && <ErrorSummary errorList={faults.map((fault) => ({ text: fault.words }))} />}
        <h1 class="nhsuk-heading-l">Reasons to review</h1>
        <p>
          Each time someone opened a record without a relationship, with the reason they gave. A broken glass
          stands first.
        </p>
        <h2 class="nhsuk-heading-m">To review ({open.length})</h2>
        {open.length === 0 && <p>There is nothing to review.</p>}
        {open.map((each) => (
          <One place={place} each={each} />
        ))}
        {done.length > 0 && <h2 class="nhsuk-heading-m">Reviewed ({done.length})</h2>}
        {done.map((each) => (
          <One place={place} each={each} />
        ))}
      </>
    ),
  }
}

function One({ place, each }: { place: Place; each: Disclosure }) {
  const organisation =
    place.organisations.find((one) => one.code === each.organisation)?.short ?? each.organisation ?? ''
  const role = place.roles[each.actor_role ?? '']?.name ?? each.actor_role ?? ''
  return (
    <div class="nhsuk-card">
      <div class="nhsuk-card__content">
        <h3 class="nhsuk-heading-s">
          {each.kind === 'break glass' ? (
            <Tag colour="red">Glass broken</Tag>
          ) : (
            <Tag colour="blue">Stated reason</Tag>
          )}{' '}
          {each.actor_name ?? each.principal}, {role}, {organisation}
        </h3>
        <SummaryList
          rows={[
            { key: 'Person', value: <Named each={each} /> },
            { key: 'When', value: `${instantInWords(each.since)}, until ${instantInWords(each.until)}` },
            { key: 'Reason', value: each.reason ?? '' },
            ...(each.verdict ? [{ key: 'Review', value: `${each.verdict}: ${each.note ?? ''}` }] : []),
          ]}
        />
        {!each.verdict && <Judge each={each} />}
      </div>
    </div>
  )
}

const Named = ({ each }: { each: Disclosure }) =>
  each.name ? (
    <>
      {familyGiven({ family: each.name.family, given: each.name.given })}
      {each.name.birth_date && `, born ${dateInWords(each.name.birth_date)}`}
      {each.name.nhs_number && (
        <>
          , <NhsNumber value={each.name.nhs_number} />
        </>
      )}
    </>
  ) : (
    <>Not known</>
  )

const Judge = ({ each }: { each: Disclosure }) => (
  <form method="post" action={`/access-reviews/${each.id}`} novalidate>
    <Radios
      name="verdict"
      idPrefix={`verdict-${each.id}`}
      small
      inline
      fieldset={{ legend: { text: 'What do you think of it?', size: 's' } }}
      items={verdicts.map((verdict) => ({
        value: verdict,
        text: `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}`,
      }))}
    />
    <Input id={`note-${each.id}`} name="note" label="Note" />
    <Button small variant="secondary">
      Save review
    </Button>
  </form>
)
