import type { Fault } from '../../../platform/index.ts'
import { kindsInWords } from '../../../platform/index.ts'
import { Button, DateInput, ErrorSummary, Input, InsetText, Select } from '../../../platform/ui/index.ts'
import type { Frame } from '../frame/frame.tsx'
import { type Typed, takenKinds } from './add.ts'
import { documentTitle } from './document.ts'
import type { DocumentRow } from './documents.queries.ts'
import { addedKinds } from './kinds.ts'

type Props = {
  frame: Frame
  old: DocumentRow | undefined
  faults: Fault[]
  given: Partial<Typed>
  megabytes: number
}

export function AddForm({ frame, old, faults, given, megabytes }: Props) {
  const fault = (path: string) => faults.find((each) => each.path === path)?.words
  const { person, shield } = frame
  const root = `/people/${person.ref}/documents`
  const kind = given.kind ?? addedKinds.find((each) => each === old?.type_title) ?? ''
  return (
    <div class="nhsuk-grid-row">
      <div class="nhsuk-grid-column-two-thirds">
        {faults.length > 0 && (
          <ErrorSummary errorList={faults.map(({ path, words }) => ({ text: words, href: `#${path}` }))} />
        )}
        <InsetText>
          <p>
            {old
              ? `It replaces “${documentTitle(old, shield.hides)}”, which stays in the record and is marked as replaced.`
              : 'Everybody who may read documents in this record will see it. Check that the name above is the name in the document.'}
          </p>
        </InsetText>
        <form method="post" action={`${root}/new`} enctype="multipart/form-data" novalidate>
          {old && <input type="hidden" name="replaces" value={old.resource_id} />}
          <Input
            id="file"
            name="file"
            type="file"
            label={{ text: 'File', size: 's' }}
            hint={`${kindsInWords(takenKinds)}, smaller than ${megabytes} MB`}
            errorMessage={fault('file')}
          />
          <Select
            id="kind"
            name="kind"
            label={{ text: 'What kind of document is it?', size: 's' }}
            value={kind}
            items={[
              { value: '', text: 'Choose' },
              ...addedKinds.map((each) => ({ value: each, text: each })),
            ]}
            errorMessage={fault('kind')}
          />
          <Input
            id="title"
            name="title"
            label={{ text: 'Title', size: 's' }}
            hint="As somebody would look for it, such as “Letter from the heart failure clinic”"
            value={given.title ?? (old && documentTitle(old, shield.hides)) ?? ''}
            errorMessage={fault('title')}
          />
          <DateInput
            id="written"
            fieldset={{ legend: { text: 'When was it written?', size: 's' } }}
            hint="For example, 14 7 2026"
            values={{ day: given.day, month: given.month, year: given.year }}
            errorMessage={fault('written')}
          />
          <Input
            id="author"
            name="author"
            label={{ text: 'Who wrote it?', size: 's' }}
            hint="Name and role"
            value={given.author ?? ''}
            errorMessage={fault('author')}
          />
          <Button>{old ? 'Add the new version' : 'Add it to this record'}</Button>
          <p>
            <a href={old ? `${root}/${old.resource_id}` : root}>Do not add it, go back</a>
          </p>
        </form>
      </div>
    </div>
  )
}
