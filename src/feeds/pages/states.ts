import type { TagColour } from '../../platform/ui/index.ts'
import type { State } from '../inbox/inbox.queries.ts'

export type StateWords = { name: string; colour: TagColour; means: string }

/** What became of a message, in the words of a page. */
export const stateWords: Record<State, StateWords> = {
  applied: { name: 'Applied', colour: 'green', means: 'It was taken into the record as it came.' },
  quarantined: { name: 'In quarantine', colour: 'red', means: 'It was kept and not taken.' },
  mended: {
    name: 'Being mended',
    colour: 'orange',
    means: 'Its text was put right, and it was not taken yet.',
  },
  repeat: { name: 'Repeat', colour: 'grey', means: 'The same message had come before; nothing was done.' },
  replayed: { name: 'Applied later', colour: 'green', means: 'It was in quarantine and was then taken.' },
  resolved: {
    name: 'Resolved by itself',
    colour: 'blue',
    means: 'Its sender has put it right since, so it is not needed.',
  },
  'set aside': { name: 'Set aside', colour: 'grey', means: 'Somebody decided that it will not be applied.' },
}

export const allStates = Object.keys(stateWords) as State[]

/** Those that wait for somebody, or for another message. */
export const isWaiting = (state: string): boolean => state === 'quarantined' || state === 'mended'
