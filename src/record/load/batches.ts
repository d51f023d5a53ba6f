import type { Bundle, BundleEntry, Patient, Resource } from '@medplum/fhirtypes'
import { postcodeKey } from '../../people/index.ts'
import { identifiersOf } from '../store/identifiers.ts'
import { eachReference, patientIdIn, subjectOf } from '../store/references.ts'

/** A transaction that came. `sender`: equal for those that one sender sent with the same rights, which alone may share a transaction. */
export type Coming = { sender: string; bundle: Bundle }

/** So many resources are looked over before the first of them is kept; and so many at most are kept in one transaction. */
export type Sizes = { window: number; batch: number }

/** Those that go together, and what they touch. */
export type Batch<One> = Touched & { those: One[] }

/**
 * Which transactions may be kept together, so that the record becomes what it would have become one by one, in the order in which they came. No two of
 * a batch are about one person; none writes what another writes or names; and of two about one person, whoever sent them, the
 * first is in an earlier batch. A transaction that asks what is there before it says what to do is kept by itself, between the others.
 */
export function* batchesOf<One extends Coming>(
  coming: Iterable<One>,
  { window, batch }: Sizes,
): Generator<Batch<One>> {
  let gathered: One[] = []
  let size = 0
  for (const one of coming) {
    gathered.push(one)
    size += sizeOf(one)
    if (size < window) continue
    yield* cut(gathered, batch)
    gathered = []
    size = 0
  }
  yield* cut(gathered, batch)
}

const sizeOf = ({ bundle }: Coming): number => bundle.entry?.length ?? 0

function* cut<One extends Coming>(gathered: readonly One[], most: number): Generator<Batch<One>> {
  for (const wave of wavesOf(gathered)) {
    for (const those of Map.groupBy(wave, ({ one }) => one.sender).values()) {
      let batch: Batch<One> = { ...untouched(), those: [] }
      let size = 0
      for (const { one, touched } of those) {
        if (batch.those.length > 0 && size + sizeOf(one) > most) {
          yield batch
          batch = { ...untouched(), those: [] }
          size = 0
        }
        batch.those.push(one)
        size += sizeOf(one)
        for (const kind of ['written', 'named', 'near'] as const)
          for (const each of touched[kind]) batch[kind].add(each)
        batch.everything ||= touched.everything
      }
      yield batch
    }
  }
}

/**
 * Whether one of two batches must have been kept before the other begins: they touch the same, or somebody in one may be weighed against somebody in
 * the other, which neither would see.
 */
export const mustFollow = (one: Touched, other: Touched): boolean =>
  one.everything ||
  other.everything ||
  meet(one.near, other.near) ||
  meet(one.written, other.written) ||
  meet(one.written, other.named) ||
  meet(one.named, other.written)

function meet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [few, many] = one.size < other.size ? [one, other] : [other, one]
  for (const each of few) if (many.has(each)) return true
  return false
}

/**
 * What a transaction writes, and whom it is about among it; what it only names; and by what the people in it may be found to be like others: the
 * days and the postcodes that `people.candidates` looks under. `everything`: it must be by itself.
 */
export type Touched = { written: Set<string>; named: Set<string>; near: Set<string>; everything: boolean }

const untouched = (): Touched => ({
  written: new Set(),
  named: new Set(),
  near: new Set(),
  everything: false,
})

type Waving<One> = { one: One; touched: Touched }

/** Each in the wave after the last one that it must not overtake. */
function wavesOf<One extends Coming>(gathered: readonly One[]): Waving<One>[][] {
  const waves: Waving<One>[][] = []
  const written = new Map<string, number>()
  const named = new Map<string, number>()
  let barrier = 0
  for (const one of gathered) {
    const touched = touchedBy(one.bundle)
    if (touched.everything) {
      barrier = waves.push([{ one, touched }])
      continue
    }
    let wave = barrier
    const after = (earlier: number | undefined) => {
      if (earlier !== undefined && earlier >= wave) wave = earlier + 1
    }
    for (const place of touched.written) {
      after(written.get(place))
      after(named.get(place))
    }
    for (const place of touched.named) after(written.get(place))
    for (const place of touched.written) written.set(place, wave)
    for (const place of touched.named) named.set(place, Math.max(wave, named.get(place) ?? 0))
    const own = waves[wave] ?? []
    own.push({ one, touched })
    waves[wave] = own
  }
  return waves
}

function touchedBy(bundle: Bundle): Touched {
  const touched = untouched()
  const { written, named, near } = touched
  for (const entry of bundle.entry ?? []) {
    const { resource } = entry
    if (!isPlain(entry) || resource === undefined) return { ...touched, everything: true }
    if (entry.request?.method === 'PUT') written.add(entry.request.url)
    if (resource.resourceType === 'Patient') {
      for (const { system, value } of identifiersOf(resource)) written.add(`${system}|${value}`)
      for (const each of nearness(resource)) near.add(each)
    }
    if (namedIn(resource, written, named)) return { ...touched, everything: true }
  }
  return touched
}

/** A day and month that are swapped are looked under too. */
function nearness({ birthDate, address = [] }: Patient): string[] {
  const [year, ...rest] = birthDate?.split('-') ?? []
  const born = rest.length === 2 ? [`${year} ${rest.sort().join(' ')}`] : []
  return [...born, ...address.flatMap(({ postalCode }) => (postalCode ? [postcodeKey(postalCode)] : []))]
}

/** Whether it can be done without asking first: under an id of its own, on no condition. */
function isPlain(entry: BundleEntry): boolean {
  const { method, url = '', ifNoneExist } = entry?.request ?? {}
  return (method === 'PUT' && !url.includes('?')) || (method === 'POST' && ifNoneExist === undefined)
}

/** Notes whom and what a resource names: a Patient as what it is about. Returns whether it names anything by a search. */
function namedIn(resource: Resource, written: Set<string>, named: Set<string>): boolean {
  let asked = false
  eachReference(resource, (reference) => {
    if (/^[A-Z][A-Za-z]+\?/.test(reference)) asked = true
    const patient = patientIdIn(reference)
    if (patient === undefined) named.add(reference)
    else written.add(`Patient/${patient}`)
    return undefined
  })
  const { reference, identifier } = subjectOf(resource)?.reference ?? {}
  if (reference === undefined && identifier?.value !== undefined)
    written.add(`${identifier.system ?? ''}|${identifier.value}`)
  return asked
}
