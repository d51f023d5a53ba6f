import { isReason, type Reason } from '../hl7/acknowledgement.ts'

/** A reason for quarantine, for whoever clears it. `usually`: the act that mostly ends it. */
export type Guide = {
  name: string
  means: string
  /** What to do, step by step. */
  steps: readonly string[]
  usually: string
  /** Left out where many must not be tried at once. */
  together?: false
}

/** One entry for every reason that the engine gives; leaving one out does not compile. */
export const guides: Record<Reason, Guide> = {
  structure: {
    name: 'Not built as HL7',
    means: 'A part that every such message needs is missing or in the wrong place, so it could not be read.',
    steps: [
      'See which part is marked as missing or wrong.',
      'If you can tell what belongs there, mend the whole text. Copy a missing line from another message of the same visit.',
      'If you cannot tell, set it aside and ask the sender to send it again.',
    ],
    usually: 'Mend',
  },
  'unknown sender': {
    name: 'Unknown sender',
    means: 'Nobody known here sends under this application and facility.',
    steps: [
      'Look at which system says that it sent the message.',
      'If it should be known, ask for it to be added to senders.json. After the restart, replay its messages together.',
      'If it should not be sending here, tell its owner and set the message aside.',
    ],
    usually: 'Add the sender, then replay together',
  },
  'no agreement': {
    name: 'No sharing agreement',
    means: 'The sender is known, but its sharing agreement is not in force, so nothing of it may be used.',
    steps: [
      'Tell information governance. Do not mend the message: nothing is wrong with it.',
      'When the agreement is in force again, replay its messages together.',
    ],
    usually: 'Renew the agreement, then replay together',
  },
  unsupported: {
    name: 'Kind not taken',
    means: 'Messages of this kind are not taken here yet.',
    steps: [
      'Check the kind of message. If the sender chose the wrong one, ask it to send the right one, and set this one aside.',
      'If it matters for care, tell whoever runs this service. Leave it here until it is taken, then replay together.',
      'If nobody needs it, set it aside.',
    ],
    usually: 'Set aside',
  },
  missing: {
    name: 'Something is missing',
    means: 'A field that is needed is empty, such as the number of the person or the time.',
    steps: [
      'See which field is marked.',
      'Look at the other messages of the same visit, or ask the sender, for what belongs there.',
      'Mend that field. Do not guess.',
    ],
    usually: 'Mend',
  },
  value: {
    name: 'A value is wrong',
    means: 'A field holds something that it cannot hold, such as a birth date that is no date.',
    steps: [
      'See which field is marked, and what the words say is wrong with it.',
      'Find the right value: in the sender’s own system, or in other messages of the same visit.',
      'Mend that field. Do not guess.',
    ],
    usually: 'Mend',
  },
  'control id reused': {
    name: 'Control id used twice',
    means: 'The sender gave this message a number that it had given to another one before.',
    steps: [
      'Search the list of messages for its control id, and open the one that came before.',
      'If the two say different things, replay this one as it is.',
      'If this is an old one sent again, set it aside. Tell the sender if it goes on.',
    ],
    usually: 'Replay as it is',
  },
  'unknown visit': {
    name: 'Unknown visit',
    means: 'It cancels or changes something that has not come, such as the end of an admission never seen.',
    steps: [
      'Wait: when what it waits for comes, it is taken by itself.',
      'If nothing comes within a day, ask the sender to send the missing message.',
      'If there is none, set it aside.',
    ],
    usually: 'Wait',
  },
  'visit state': {
    name: 'Out of step with its visit',
    means:
      'It cannot follow what is known of the visit, such as a transfer after the admission was cancelled.',
    steps: [
      'Read the other messages of the visit in their order.',
      'Wait if one is missing: when it comes, this is taken by itself.',
      'If the visit is right as it stands, set it aside.',
    ],
    usually: 'Wait',
  },
  'another person': {
    name: 'May be another person',
    means:
      'The numbers belong to somebody with another name, birth date or NHS number. Taking it could put it in the wrong record.',
    steps: [
      'Do not replay it. Ask the sender who the person is.',
      'If a number or a birth date is wrong, mend that field.',
      'If it is about nobody you can be sure of, set it aside and ask for it to be sent again.',
    ],
    usually: 'Ask, then mend',
    together: false,
  },
  'not kept': {
    name: 'Could not be kept',
    means: 'It was read, but the record could not take what it says.',
    steps: [
      'Replay it once: the trouble may have passed.',
      'If it comes back, read what the words say, and mend what they name.',
      'If they name nothing that you can mend, tell whoever runs this service, with the time it came.',
    ],
    usually: 'Replay once',
  },
}

/** @param reason as it is kept with a message */
export const guideTo = (reason: string | null): Guide =>
  guides[isReason(reason ?? undefined) ? (reason as Reason) : 'not kept']
