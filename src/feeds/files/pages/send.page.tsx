import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import {
  type Actor,
  type Fault,
  Invalid,
  page,
  type Route,
  uploaded,
  type View,
} from '../../../platform/index.ts'
import { Button, Details, ErrorSummary, Input, InsetText, Radios } from '../../../platform/ui/index.ts'
import { mostBytes } from '../folder.ts'
import { type FileSender, fileSender, fileSenders, receive } from '../receive.ts'
import { checking } from './received.page.tsx'

/** Sending a file by hand. It is checked at once; nothing of it is applied before it is accepted. */
export function sendRoutes(place: Place): Route[] {
  const form = page({
    method: 'GET',
    path: '/files/send',
    may: checking,
    audit: 'files.form',
    input: z.object({}),
    run: ({ actor }) => formView(place, actor, {}, []),
  })

  const send = page({
    method: 'POST',
    path: '/files/send',
    may: checking,
    audit: 'files.send',
    takes: { file: { kinds: ['csv', 'text'], mostBytes } },
    input: z.object({ set: z.string('Choose what the file holds'), file: uploaded }),
    again: ({ faults, given, actor }) => formView(place, actor, given, faults),
    run: async ({ db, actor, input, shown }) => {
      const chosen = setsOf(place, actor).find((each) => choiceOf(each) === input.set)
      if (!chosen) throw new Invalid([{ path: 'set', words: 'Choose what the file holds' }])
      const from = fileSender(place, chosen.sender, chosen.dataset.id)
      // Who sends it by hand looks at it as well, whatever its system may do without anybody.
      const received = await receive(
        db,
        place,
        { ...from, acceptsItself: false },
        { way: 'upload', name: input.file.name, bytes: input.file.bytes },
      )
      shown([], { file: received.id, set: chosen.dataset.id, state: received.state })
      return { redirect: `/files/received/${received.id}${received.state === 'repeat' ? '?repeat=yes' : ''}` }
    },
  })
  return [form, send]
}

/** What the reader's organisation sends. */
const setsOf = (place: Place, actor: Actor): FileSender[] =>
  fileSenders(place).filter((each) => each.organisation === actor.organisation)

const choiceOf = ({ sender, dataset }: FileSender): string => `${sender} ${dataset.id}`

function formView(place: Place, actor: Actor, given: Record<string, string>, faults: Fault[]): View {
  const sets = setsOf(place, actor)
  const wrong = (path: string) => faults.find((fault) => fault.path === path)?.words
  return {
    title: 'Send a file',
    backLink: { href: '/files', text: 'Files' },
    status: faults.length > 0 ? 422 : 200,
    body: (
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          {faults.length > 0 && (
            <ErrorSummary
              errorList={faults.map((fault) => ({ text: fault.words, href: `#${fault.path}` }))}
            />
          )}
          <h1 class="nhsuk-heading-l">Send a file</h1>
          {sets.length === 0 ? (
            <InsetText>
              Your organisation sends no files here. Whoever runs this service can set it up as a sender.
            </InsetText>
          ) : (
            <form method="post" action="/files/send" enctype="multipart/form-data" novalidate>
              <Radios
                idPrefix="set"
                name="set"
                fieldset={{ legend: { text: 'What does the file hold?', size: 'm' } }}
                items={sets.map((each) => ({
                  value: choiceOf(each),
                  text: each.dataset.name,
                  hint: each.dataset.isFullList
                    ? `${each.dataset.line} The file is the whole list: what it leaves out ends.`
                    : `${each.dataset.line} The file brings news: what it leaves out stays.`,
                }))}
                value={given['set'] ?? (sets.length === 1 && sets[0] ? choiceOf(sets[0]) : undefined)}
                errorMessage={wrong('set')}
              />
              <Input
                id="file"
                name="file"
                type="file"
                label={{ text: 'File', size: 'm' }}
                hint="CSV, 32 MB at most"
                errorMessage={wrong('file')}
                attributes={{ accept: '.csv,.txt,text/csv' }}
              />
              <Button preventDoubleClick>Send and check</Button>
            </form>
          )}
          {sets.map(({ dataset }) => (
            <Details summary={{ text: `Columns the file needs: ${dataset.name}` }}>
              <ul>
                {dataset.columns.map((column) => (
                  <li>
                    <strong>{column.title}</strong>
                    {column.needed === 'always'
                      ? ''
                      : column.needed === 'never'
                        ? ' (may be empty)'
                        : ` (needed when ${column.needed.when})`}
                    : {column.means}
                  </li>
                ))}
              </ul>
            </Details>
          ))}
        </div>
      </div>
    ),
  }
}
