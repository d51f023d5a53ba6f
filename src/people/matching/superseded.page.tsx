import { z } from 'zod'
import { type Fault, page, type Route, type View } from '../../platform/index.ts'
import { Button, ErrorSummary, Input, InsetText } from '../../platform/ui/index.ts'
import { supersede } from '../links.ts'
import { faultInWords, nhsNumberSystem, readNhsNumber } from '../nhs-number.ts'
import { matching } from './worklist.page.tsx'

/**
 * Recording that an NHS number was replaced after an adoption or a gender recognition. Only the old number is asked for, and no reason:
 * whoever held the two together could connect them (Gender Recognition Act 2004, section 22). The answer is the same whether or not
 * anybody here carries the number.
 */
const ask = page({
  method: 'GET',
  path: '/matching/superseded',
  may: matching,
  audit: 'matching.superseded.form',
  input: z.object({ done: z.literal('yes').optional().catch(undefined) }),
  run: ({ input }) => formView([], {}, input.done === 'yes'),
})

const record = page({
  method: 'POST',
  path: '/matching/superseded',
  may: matching,
  audit: 'matching.superseded',
  input: z.object({
    nhsNumber: z
      .string()
      .max(40)
      .transform((typed, context) => {
        const read = readNhsNumber(typed)
        if ('number' in read) return read.number
        context.addIssue({ code: 'custom', message: faultInWords[read.fault] })
        return z.NEVER
      }),
  }),
  run: async ({ db, input }) => {
    await supersede(db, { system: nhsNumberSystem, value: input.nhsNumber })
    return { redirect: '/matching/superseded?done=yes' }
  },
  again: ({ faults, given }) => formView(faults, given, false),
})

function formView(faults: Fault[], given: Record<string, string>, done: boolean): View {
  return {
    title: 'A number that was superseded',
    backLink: { href: '/matching', text: 'Matching worklist' },
    status: faults.length > 0 ? 422 : 200,
    body: (
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          {faults.length > 0 && (
            <ErrorSummary
              errorList={faults.map((fault) => ({ text: fault.words, href: `#${fault.path}` }))}
            />
          )}
          <h1 class="nhsuk-heading-l">A number that was superseded</h1>
          {done && (
            <InsetText>
              It is recorded. Records that carry this number are never joined or suggested.
            </InsetText>
          )}
          <p>
            After an adoption or a gender recognition a person is given a new NHS number, and the law protects
            the old one. Enter only the old number. Do not enter the new one anywhere together with it.
          </p>
          <form method="post" action="/matching/superseded" novalidate autocomplete="off">
            <Input
              id="nhsNumber"
              name="nhsNumber"
              label="Old NHS number"
              hint="10 digits, for example 999 000 1235"
              inputmode="numeric"
              classes="nhsuk-input--width-10"
              value={given['nhsNumber']}
              errorMessage={faults[0]?.words}
            />
            <Button>Record it</Button>
          </form>
        </div>
      </div>
    ),
  }
}

export const supersededRoutes: Route[] = [ask, record]
