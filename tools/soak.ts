/**
 * `npm run soak -- NAME`: heavy proof that takes minutes, of which `npm test` keeps a small dose. It says what it found and ends badly when
 * something does not hold.
 */
const names = ['day', 'kill', 'disk', 'storm', 'fuzz'] as const
const name = process.argv[2]
if (!names.some((each) => each === name)) {
  console.error(`Say what is to be proved: ${names.join(', ')}. For example: npm run soak -- day`)
  process.exit(1)
}
await import(`../soak/${name}.ts`)
