import type { Place } from '../../../access/index.ts'
import { allDatasets, type Dataset } from '../../../datasets/index.ts'
import type { TagColour } from '../../../platform/ui/index.ts'
import type { ExtractState, Kind } from '../extracts.queries.ts'

export const datasetOf = (id: string): Dataset | undefined => allDatasets.find((each) => each.id === id)

export const datasetName = (id: string): string => datasetOf(id)?.name ?? id

export const stateInWords: Record<ExtractState, { words: string; colour: TagColour }> = {
  refused: { words: 'Refused', colour: 'red' },
  checked: { words: 'To accept', colour: 'yellow' },
  rejected: { words: 'Rejected', colour: 'grey' },
  accepted: { words: 'Being applied', colour: 'blue' },
  applied: { words: 'Applied', colour: 'green' },
}

export const kindInWords: Record<Kind, { words: string; means: string }> = {
  added: { words: 'New', means: 'Not held now. They would be added.' },
  changed: { words: 'Changed', means: 'Held now with other values.' },
  unchanged: { words: 'Unchanged', means: 'Held now with the same values. Nothing happens.' },
  ended: {
    words: 'Would end',
    means: 'Held now and missing from this list. They would end on the day of the file.',
  },
  older: {
    words: 'Older than what is held',
    means: 'A file of a later day has spoken of them already. Nothing happens.',
  },
}

const reasons: Record<string, string> = {
  value: 'A value that is not as expected',
  required: 'A value is missing',
  'nhs number': 'Not a valid NHS number',
  structure: 'The line is not whole',
  'said twice': 'Said twice in one file',
  'unknown person': 'Unknown person',
  'another person': 'The number is somebody else’s',
  'not kept': 'The record could not take it',
}

export const reasonInWords = (reason: string): string => reasons[reason] ?? reason

export const wayInWords = {
  upload: 'sent by hand',
  folder: 'from the folder',
  api: 'sent by its system',
} as const

/** Whoever did it, by name where the place knows one. */
export const nameOf = (place: Place, id: string): string =>
  [...place.staff, ...place.demoStaff].find((each) => each.id === id)?.name ??
  (place.senders.some((sender) => sender.id === id) ? `its system (${id})` : id)
