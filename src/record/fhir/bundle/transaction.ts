import type { Bundle } from '@medplum/fhirtypes'
import { addingFaults, type Db, type Fault } from '../../../platform/index.ts'
import type { Sending, Written } from '../../store/row.ts'
import type { Act } from './act.ts'
import { actOf, fault } from './entry.ts'
import { perform } from './perform.ts'

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
  const outcomes = await perform(db, sending, changes, { faults })
  return outcomes.flatMap((outcome) => ('written' in outcome ? [outcome] : []))
}
