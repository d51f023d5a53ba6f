import { setImmediate as breath } from 'node:timers/promises'
import type { Bundle } from '@medplum/fhirtypes'
import { addingFaults, type Db, type Fault } from '../../../platform/index.ts'
import type { Sending, Written } from '../../store/row.ts'
import type { Act } from './act.ts'
import { actOf, fault } from './entry.ts'
import { type Part, performTogether } from './perform.ts'

const mostEntries = 5000

/** @throws Invalid for more than are taken */
export function entriesOf(bundle: Bundle): unknown[] {
  const entries = bundle.entry ?? []
  if (entries.length > mostEntries)
    throw fault('Bundle.entry', `A bundle may have ${mostEntries} entries at most`, 'too-long')
  return entries
}

/**
 * What each entry asks for. What is wrong with one is added to the faults; it is then left out.
 * @param first what the first entry is counted as, where it is one of a longer list
 */
export function actsIn(bundle: Bundle, faults: Fault[], first = 0): Act[] {
  return entriesOf(bundle).flatMap(
    (entry, index) => addingFaults(faults, () => actOf(entry, `Bundle.entry[${first + index}]`)) ?? [],
  )
}

export type Kept = { written: Written; notes?: Fault[] }

/**
 * Keeps a transaction of creates and updates, as messages and files bring them: every entry or, with an error that names each place, none.
 * What a conditional create finds is left as it is. References to entries of the bundle, and conditional ones, become references to what was
 * kept.
 */
export async function keepTransaction(db: Db, sending: Sending, bundle: Bundle, first = 0): Promise<Kept[]> {
  const [kept = []] = await keepTransactions(db, sending, [{ bundle, now: sending.now, first }])
  return kept
}

/** A transaction as it came, and when. `first`: what its first entry is counted as. */
export type Received = { bundle: Bundle; now: Date; first?: number }

/**
 * Several transactions of one sender in one, which costs a fraction of keeping each. Which may go together `batchesOf` says. All are kept or, with an
 * error, none.
 * @param turn what must have come to its end before anything is read: until then what needs no database is got ready
 */
export async function keepTransactions(
  db: Db,
  sending: Sending,
  received: readonly Received[],
  turn?: Promise<unknown>,
): Promise<Kept[][]> {
  const parts: Part[] = []
  for (const each of received) {
    parts.push(partOf(each))
    // What is at work meanwhile goes first.
    if (turn) await breath()
  }
  const done = await performTogether(db, sending, parts, turn)
  return done.map((outcomes) => outcomes.flatMap((outcome) => ('written' in outcome ? [outcome] : [])))
}

function partOf({ bundle, now, first = 0 }: Received): Part {
  const faults: Fault[] = []
  const changes = actsIn(bundle, faults, first).flatMap((act) => {
    if (act.kind === 'keep') return [act]
    faults.push({
      path: `${act.path}.request.method`,
      words: 'Only POST and PUT are taken here',
      code: 'not-supported',
    })
    return []
  })
  return { changes, now, faults }
}
