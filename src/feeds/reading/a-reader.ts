import { join } from 'node:path'
import { readPlace } from '../../access/index.ts'
import type { Reader } from './reading.ts'

/** For tests: the hospital of the first place, in June 2026. */
export const aReader: Reader = {
  place: readPlace(join(import.meta.dirname, '../../../places/rotherham')),
  source: 'rfr-hospital',
  organisation: 'RFR',
  now: new Date('2026-06-12T23:00:00Z'),
  today: '2026-06-12',
}
