import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { makeOwnBond, type Place, statedReasons } from '../access/index.ts'
import { type Fault, holds, page, personRef, type Route, type View } from '../platform/index.ts'
import {
  Button,
  dateInWords,
  ErrorSummary,
  familyGiven,
  NhsNumber,
  Radios,
  SummaryList,
  Textarea,
  WarningCallout,
} from '../platform/ui/index.ts'
import { traced, type Who } from './trace.queries.ts'

const words = z
  .string()
  .trim()
  .min(10, 'Say in a few words why you need to see the record')
  .max(1000, 'Use 1,000 characters or fewer')

/** Where there is no relationship: a practitioner says why they need to see a person, and the privacy officer sees what they said. */
export function reasonRoutes(place: Place): Route[] {
  const ask = (kind: 'reason' | 'break-glass', capability: string) =>
    page({
      method: 'GET',
      path: `/people/:person/${kind}`,
      may: holds(capability, { purpose: 'direct care' }),
      audit: `people.${kind}.form`,
      input: z.object({ person: personRef }),
      run: async ({ db, input }) =>
        view(kind, place, input.person.ref, await traced(db, input.person.files), [], {}),
    })

  const state = page({
    method: 'POST',
    path: '/people/:person/reason',
    may: holds('state-reason', { purpose: 'direct care' }),
    audit: 'people.reason',
    input: z.object({
      person: personRef,
      reason: z.enum(
        statedReasons.map((each) => each.value),
        'Choose why you need to see the record',
      ),
      words,
    }),
    run: async ({ db, actor, now, input, shown }) => {
      const chosen = statedReasons.find((each) => each.value === input.reason)?.words ?? input.reason
      const bond = {
        actor,
        file: input.person.files[0] ?? '',
        kind: 'stated reason' as const,
        reason: `${chosen}. ${input.words}`,
        request: randomUUID(),
        now,
      }
      await makeOwnBond(db, place, bond)
      shown([], { reason: bond.reason })
      return { redirect: `/people/${input.person.ref}` }
    },
    again: ({ faults, given }) => view('reason', place, given['person'] ?? '', undefined, faults, given),
  })

  const breakGlass = page({
    method: 'POST',
    path: '/people/:person/break-glass',
    may: holds('break-glass', { purpose: 'direct care' }),
    audit: 'people.break-glass',
    input: z.object({ person: personRef, words }),
    run: async ({ db, actor, now, input, shown }) => {
      await makeOwnBond(db, place, {
        actor,
        file: input.person.files[0] ?? '',
        kind: 'break glass',
        reason: input.words,
        request: randomUUID(),
        now,
      })
      shown([], { reason: input.words })
      return { redirect: `/people/${input.person.ref}` }
    },
    again: ({ faults, given }) => view('break-glass', place, given['person'] ?? '', undefined, faults, given),
  })

  return [ask('reason', 'state-reason'), ask('break-glass', 'break-glass'), state, breakGlass]
}

function view(
  kind: 'reason' | 'break-glass',
  place: Place,
  ref: string,
  who: Who | undefined,
  faults: Fault[],
  given: Record<string, string>,
): View {
  const breaking = kind === 'break-glass'
  const title = breaking ? 'Break the glass' : 'Say why you need this record'
  return {
    title,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          {faults.length > 0 && (
            <ErrorSummary
              errorList={faults.map((fault) => ({ text: fault.words, href: `#${fault.path}` }))}
            />
          )}
          <h1 class="nhsuk-heading-l">{title}</h1>
          {who && <Identity who={who} />}
          {breaking ? (
            <GlassWarning hours={place.breakGlassHours} />
          ) : (
            <ReasonRules hours={place.statedReasonHours} />
          )}
          <form method="post" action={`/people/${ref}/${kind}`} novalidate>
            {!breaking && (
              <Radios
                name="reason"
                fieldset={{ legend: { text: 'Why do you need to see the record?', size: 'm' } }}
                items={statedReasons.map((each) => ({ value: each.value, text: each.words }))}
                value={given['reason']}
                errorMessage={faults.find((fault) => fault.path === 'reason')?.words}
              />
            )}
            <Textarea
              id="words"
              name="words"
              rows={3}
              label={{
                text: breaking ? 'What is the emergency?' : 'In your own words',
                size: breaking ? 'm' : 's',
              }}
              hint="The privacy officer reads this"
              value={given['words']}
              errorMessage={faults.find((fault) => fault.path === 'words')?.words}
            />
            <Button variant={breaking ? 'warning' : undefined}>
              {breaking ? 'Break the glass and open the record' : 'Open the record'}
            </Button>
          </form>
          <p>
            <a href="/people/find">Find someone else</a>
          </p>
        </div>
      </div>
    ),
  }
}

const Identity = ({ who }: { who: Who }) => (
  <SummaryList
    rows={[
      {
        key: 'Name',
        value: familyGiven({ family: who.family, given: who.given, prefix: who.title ?? undefined }),
      },
      { key: 'Born', value: who.birth_date ? dateInWords(who.birth_date) : 'Not known' },
      { key: 'NHS number', value: who.nhs_number ? <NhsNumber value={who.nhs_number} /> : 'Not known' },
    ]}
  />
)

const ReasonRules = ({ hours }: { hours: number }) => (
  <p>
    Your team has no relationship with this person in the record. If you are caring for them, say why and the
    record opens to you for {hours} hours. The privacy officer checks a sample of reasons.
  </p>
)

const GlassWarning = ({ hours }: { hours: number }) => (
  <WarningCallout heading="Only in an emergency">
    <p>
      This opens everything your role may see, including what the person has asked not to share, specially
      protected items and a protected address, to you alone for {hours} hours. The privacy officer is told at
      once.
    </p>
  </WarningCallout>
)

/** In place of a plain refusal: what the reader can do about it. */
export function refusalPage(why: string, path: Record<string, string>): View | undefined {
  const ref = path['person']
  if (ref === undefined || !personRef.safeParse(ref).success) return undefined
  if (why !== 'relationship') return undefined
  return {
    title: 'You have no relationship with this person',
    status: 403,
    body: (
      <>
        <h1 class="nhsuk-heading-l">You have no relationship with this person</h1>
        <p>
          Neither you nor your team has a registration, attendance, admission or open episode with this person
          in the record.
        </p>
        <Button href={`/people/${ref}/reason`}>Say why you need this record</Button>
        <p>
          <a href={`/people/${ref}/break-glass`}>Break the glass in an emergency</a>
        </p>
        <p>
          <a href="/people/find">Find someone else</a>
        </p>
      </>
    ),
  }
}
