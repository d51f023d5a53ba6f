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
      return listView(place, found)
    },
  })

  const judge = page({
    method: 'POST',
    path: '/access-reviews/:relationship',
    may: reviewing,
    audit: 'access.review',
    input: z.object({
      relationship: z.coerce.number().int().positive(),
      verdict: z.enum(verdicts).optional().catch(undefined),
      note: z.string().trim().default(''),
    }),
    run: async ({ db, input, shown }) => {
      const found = await disclosures(db)
      const about = found.find((each) => Number(each.id) === input.relationship)
      if (!about) throw new NotFound()
      const { verdict, note } = input
      const faults = faultsOf(verdict, note)
      if (verdict === undefined || faults.length > 0) {
        shown(found.map((each) => each.person_key))
        return listView(place, found, { of: about.id, faults, given: { verdict, note } })
      }
      await review(db, {
        person_key: about.person_key,
        relationship_id: input.relationship,
        verdict,
        note,
      })
      shown([about.person_key], { relationship: input.relationship, verdict })
      return { redirect: '/access-reviews' }
    },
  })
  return [list, judge]
}

function faultsOf(verdict: string | undefined, note: string): Fault[] {
  const faults: Fault[] = []
  if (verdict === undefined) faults.push({ path: 'verdict', words: 'Choose what you think of it' })
  if (note === '') faults.push({ path: 'note', words: 'Add a short note' })
  if (note.length > 1000) faults.push({ path: 'note', words: 'Use 1,000 characters or fewer' })
  return faults
}

/** What was tried of one of them and did not pass. */
type Tried = { of: Disclosure['id']; faults: Fault[]; given: { verdict: string | undefined; note: string } }

function listView(place: Place, found: Disclosure[], tried?: Tried): View {
  const open = found.filter((each) => each.verdict === null)
  const done = found.filter((each) => each.verdict !== null)
  return {
    title: 'Reasons to review',
    status: tried ? 422 : 200,
    body: (
      <>
        {tried && (
          <ErrorSummary
            errorList={tried.faults.map(({ path, words }) => ({ text: words, href: `#${path}-${tried.of}` }))}
          />
        )}
        <h1 class="nhsuk-heading-l">Reasons to review</h1>
        <p>
          Each time someone opened a record without a relationship, with the reason they gave. A broken glass
          stands first.
        </p>
        <h2 class="nhsuk-heading-m">To review ({open.length})</h2>
        {open.length === 0 && (
          <p>There is nothing to review. When somebody states a reason or breaks the glass, it comes here.</p>
        )}
        {open.map((each) => (
          <One place={place} each={each} tried={tried?.of === each.id ? tried : undefined} />
        ))}
        {done.length > 0 && <h2 class="nhsuk-heading-m">Reviewed ({done.length})</h2>}
        {done.map((each) => (
          <One place={place} each={each} />
        ))}
      </>
    ),
  }
}

const capitalised = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

function One({ place, each, tried }: { place: Place; each: Disclosure; tried?: Tried | undefined }) {
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
            ...(each.verdict
              ? [{ key: 'Review', value: `${capitalised(each.verdict)}: ${each.note ?? ''}` }]
              : []),
          ]}
        />
        {!each.verdict && <Judge each={each} tried={tried} />}
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

const Judge = ({ each, tried }: { each: Disclosure; tried: Tried | undefined }) => (
  <form method="post" action={`/access-reviews/${each.id}`} novalidate>
    <Radios
      name="verdict"
      idPrefix={`verdict-${each.id}`}
      small
      inline
      fieldset={{ legend: { text: 'What do you think of it?', size: 's' } }}
      items={verdicts.map((verdict) => ({
        value: verdict,
        text: capitalised(verdict),
      }))}
      value={tried?.given.verdict}
      errorMessage={tried?.faults.find(({ path }) => path === 'verdict')?.words}
    />
    <Input
      id={`note-${each.id}`}
      name="note"
      label="Note"
      hint="What you asked or found. It stays with the review."
      value={tried?.given.note}
      errorMessage={tried?.faults.find(({ path }) => path === 'note')?.words}
    />
    <Button small variant="secondary">
      Save review
    </Button>
  </form>
)
