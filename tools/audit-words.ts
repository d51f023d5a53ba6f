import type { Verification } from '../src/access/index.ts'

/** What the verification found, a line for each thing. */
export const saidOf = ({ seals, rows, unsealed, anchored, faults }: Verification): string[] => [
  `${rows} rows in ${seals} seals were checked; the anchor agrees with ${anchored} of them.`,
  unsealed.rows === 0
    ? 'Every row is sealed.'
    : `${unsealed.rows} rows are not sealed yet, the oldest since ${unsealed.since?.toISOString()}.`,
  ...faults.map(({ words }) => `BROKEN: ${words}.`),
  faults.length === 0 ? 'The chain holds.' : 'The chain does not hold.',
]
