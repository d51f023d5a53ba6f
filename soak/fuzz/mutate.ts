import { oneOf } from '../random.ts'

type Random = () => number
const upTo = (random: Random, most: number): number => Math.floor(random() * most)

/** What has broken readers before: ends of ranges, what looks like something else, what no text may hold. */
export const nasty: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\ufeff',
  '\ud800',
  '\u202e',
  '👩🏽‍⚕️',
  'é\u0301\u0301\u0301',
  '__proto__',
  'constructor',
  'toString',
  '../../../etc/passwd',
  "'; drop table record.resource; --",
  '<script>alert(1)</script>',
  '%00',
  '%zz',
  '%ff%fe',
  '{{7*7}}',
  '-0',
  '1e400',
  '99999999999999999999999999999999',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31T23:59:60Z',
  'urn:uuid:',
  'Patient/',
  '#',
  '|',
  '|||',
  '\\',
  '$',
  'a'.repeat(5000),
]

/** Changes some bytes: flips, cuts, doubles, swaps, and puts in what means something to somebody. */
export function changeBytes(random: Random, bytes: Buffer): Buffer {
  let changed = Buffer.from(bytes)
  for (let times = 1 + upTo(random, 4); times > 0; times--) {
    const at = upTo(random, changed.length + 1)
    const length = upTo(random, 20)
    const [before, after] = [changed.subarray(0, at), changed.subarray(at)]
    const kinds: (() => Buffer[])[] = [
      () => [before, Buffer.from([upTo(random, 256)]), after.subarray(1)],
      () => [before, after.subarray(length)],
      () => [before, after.subarray(0, length), after],
      () => [before, Buffer.from(oneOf(random, nasty)), after],
      () => [before, Buffer.from([0xff, 0xfe, 0xc0, 0x80])],
      () => [before],
      () => [after, before],
    ]
    changed = Buffer.concat(oneOf(random, kinds)())
  }
  return changed
}

/** Changes a value somewhere inside, as JSON could be sent by a program with a fault. */
export function changeJson(random: Random, value: unknown): unknown {
  const copy = structuredClone(value)
  for (let times = 1 + upTo(random, 3); times > 0; times--) {
    const places = placesIn(copy)
    if (places.length === 0) return copy
    const { holder, key } = oneOf(random, places)
    const old = holder[key]
    const put = (name: string, what: unknown) => () => {
      holder[name] = what
    }
    const names = ['extension', 'contained', 'resourceType', 'id', 'meta', 'reference']
    const kinds: (() => void)[] = [
      () => {
        delete holder[key]
      },
      put(key, oneOf(random, nasty)),
      put(key, oneOf(random, odd(random))),
      put(key, [old, old]),
      put(key, { [oneOf(random, nasty)]: old }),
      put(`_${key}`, { extension: [{ url: oneOf(random, nasty), valueString: 'x' }] }),
      put(oneOf(random, names), old),
    ]
    oneOf(random, kinds)()
  }
  return copy
}

const odd = (random: Random): unknown[] => [
  null,
  true,
  0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[]],
  [null],
  nested(upTo(random, 200)),
  'x'.repeat(upTo(random, 50_000)),
]

function nested(depth: number): unknown {
  let inside: unknown = 'deep'
  for (let level = 0; level < depth; level++)
    inside = { extension: [{ url: 'https://x.example', extension: inside }] }
  return inside
}

type Place = { holder: Record<string, unknown>; key: string }

function placesIn(value: unknown): Place[] {
  if (value === null || typeof value !== 'object') return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])])
}

/** JSON as no serialiser writes it: of the same thing, or nearly. */
export function oddText(random: Random, text: string): string {
  const kinds: (() => string)[] = [
    () => text,
    () => `\ufeff${text}`,
    () => `${text}${text}`,
    () => text.replace('{', '{"__proto__":{"polluted":true},'),
    () => text.replace('{', '{"resourceType":"Patient","resourceType":"Group",'),
    () => text.replace(/:\s*"[^"]*"/, ': NaN'),
    () => text.replace(/:\s*"[^"]*"/, ': 1e999999'),
    () => text.replace(/:\s*"[^"]*"/, `: ${'9'.repeat(400)}.${'9'.repeat(400)}`),
    () => `${'['.repeat(20_000)}${text}`,
    () => `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
    () => text.slice(0, upTo(random, text.length)),
    () => text.replaceAll('"', "'"),
    () => '',
    () => 'null',
    () => '[]',
  ]
  return oneOf(random, kinds)()
}
