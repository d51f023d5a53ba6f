/** The few errors with a name. Each becomes a page or an OperationOutcome in one place, `door/refusal.tsx`. */

/** Something wrong at one place of what was sent. `path` names the place: `Encounter.period.start`, `PID-7`, `dateOfBirth`. `warning`: it was kept all the same. */
export type Fault = { path: string; words: string; code?: string; severity?: 'warning' }

/**
 * Not there, or not there for this reader: the two look alike outside. `about` names the files of whoever it would have shown, so that the
 * audit keeps the refusal.
 */
export class NotFound extends Error {
  override name = 'NotFound'
  readonly about: string[]
  constructor(about: string[] = []) {
    super('Not found')
    this.about = about
  }
}

/** The reader has not signed in, or the session has ended. */
export class NotSignedIn extends Error {
  override name = 'NotSignedIn'
}

/** The decision refused. `why` is one of the decision's own reasons; it goes to the audit, and to the reader in words. */
export class NotAllowed extends Error {
  override name = 'NotAllowed'
  readonly why: string
  constructor(why: string) {
    super(`Not allowed: ${why}`)
    this.why = why
  }
}

export class Invalid extends Error {
  override name = 'Invalid'
  readonly faults: Fault[]
  constructor(faults: Fault[]) {
    super(faults.map((fault) => `${fault.path}: ${fault.words}`).join('; '))
    this.faults = faults
  }
}

/** What `work` makes; what it finds wrong is added to the faults instead, so that all of them are told together. */
export function addingFaults<Result>(faults: Fault[], work: () => Result): Result | undefined {
  try {
    return work()
  } catch (problem) {
    if (!(problem instanceof Invalid)) throw problem
    faults.push(...problem.faults)
    return undefined
  }
}

/** What is wrong is how it was asked (the address, its query or a header), and not what was sent to be kept. */
export class Misasked extends Invalid {
  override name = 'Misasked'
}

/** What was to be replaced has changed meanwhile; or what was sent has come before (`duplicate`). */
export class Conflict extends Error {
  override name = 'Conflict'
  readonly code: 'conflict' | 'duplicate'
  constructor(message: string, code: 'conflict' | 'duplicate' = 'conflict') {
    super(message)
    this.code = code
  }
}

/** What was to be replaced is not the version that its sender names. A Conflict that HTTP has a status for: 412. */
export class Stale extends Conflict {
  override name = 'Stale'
}

/** It was there and its source has taken it away; only for whoever could read it. Everybody else gets NotFound. */
export class Gone extends NotFound {
  override name = 'Gone'
}

/** Something the product needs (database, port, disk) is not there; the message is a sentence for the person at the keyboard. */
export class Unavailable extends Error {
  override name = 'Unavailable'
}
