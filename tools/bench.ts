/**
 * `npm run -s bench -- NAME`: one benchmark, printed as JSON lines. Each line names the work, how much of it was done in a second or how
 * long it took, and the ratio to the bare database or to a peer. Never part of `npm test`: a shared machine's timings prove nothing there.
 */
const names = [
  'record',
  'sizes',
  'feeds',
  'files',
  'validate',
  'views',
  'months',
  'overload',
  'synthetic',
  'load',
] as const
const name = process.argv[2]
if (!names.some((each) => each === name)) {
  console.error(`Say which benchmark: ${names.join(', ')}. For example: npm run -s bench -- record`)
  process.exit(1)
}
await import(`../benches/${name}.ts`)
