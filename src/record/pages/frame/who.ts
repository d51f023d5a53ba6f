import { isDateOnly, londonDate } from '../../../platform/ui/index.ts'
import { instantOf } from '../../views/index.ts'
import type { Death } from './death.ts'
import type { PatientRow, Whose } from './frame.queries.ts'
import { folded } from './grouping.ts'

export type Address = { lines: string[]; sources: string[] }

/** Who the record is about, from what its sources say of it. */
export type Who = {
  family: string | undefined
  given: string | undefined
  prefix: string | undefined
  preferredName: string | undefined
  birthDate: string | undefined
  gender: string | undefined
  /** A date, or true where no source says when. */
  died: string | true | undefined
  /** Each source's word of the death, the best first, and the sources that have said nothing of one. */
  deaths: Death[]
  silentOnDeath: string[]
  nhsNumber: string | undefined
  phone: string | undefined
  language: string | undefined
  interpreter: boolean
  /** Whether a source that the reader may read says who this is; otherwise what is missing here is withheld, not unknown. */
  told: boolean
  /** The best first. Sources that were not told of a move still give the former one, and a visitor needs to know. */
  addresses: Address[]
  /** ODS codes of the practices at which some source has the person registered. */
  practices: string[]
}

/**
 * One person from several sources' Patients. The practice's comes first, since the practice registers people; then whichever was received
 * last. A fact that the first lacks is taken from the next: a name that only the district nurses know is still the person's.
 */
export function whoIsThis(
  rows: readonly PatientRow[],
  kindOf: (source: string) => string | undefined,
  otherwise?: Whose,
): Who {
  const best = [...rows].sort(
    (one, other) =>
      rank(kindOf(one.source)) - rank(kindOf(other.source)) ||
      other.received_at.getTime() - one.received_at.getTime(),
  )
  const first = <Name extends keyof PatientRow>(name: Name) =>
    best.find((row) => row[name] !== null)?.[name] ?? undefined
  const named = best.find((row) => row.family !== null)
  const deaths = best.flatMap(({ source, deceased }) =>
    deceased === null ? [] : [{ source, day: dayOf(deceased) }],
  )
  return {
    family: named?.family ?? otherwise?.family,
    given: named?.given ?? otherwise?.given,
    prefix: (named ? named.prefix : otherwise?.title) ?? undefined,
    preferredName: first('preferred_name'),
    birthDate: first('birth_date') ?? otherwise?.birth_date ?? undefined,
    gender: inWords(first('gender') ?? otherwise?.gender ?? undefined),
    // The day of death, as the first source that gives one has it; the others only say that the person has died.
    died:
      deaths.find(({ day }) => day !== undefined)?.day ??
      (deaths.length > 0 || otherwise?.died === true || undefined),
    deaths,
    silentOnDeath: best.flatMap(({ source, deceased }) => (deceased === null ? source : [])),
    nhsNumber: first('nhs_number') ?? otherwise?.nhs_number ?? undefined,
    phone: first('phone'),
    language: first('language'),
    interpreter: best.some(
      (row) => row.interpreter === true || /interpreter needed/i.test(row.language ?? ''),
    ),
    told: best.length > 0,
    addresses: addressesOf(best),
    practices: [
      ...new Set(best.flatMap((row) => row.practices.flatMap((practice) => practice.ods_code ?? []))),
    ],
  }
}

const rank = (kind: string | undefined): number => (kind === 'general-practice' ? 0 : 1)

/** FHIR's words are lower case; "other" and "unknown" stand for what the source did not say. */
const inWords = (gender: string | undefined): string | undefined => {
  if (gender === undefined || gender === 'unknown') return undefined
  return gender === 'other' ? 'Not specified' : gender.charAt(0).toUpperCase() + gender.slice(1)
}

/** The day of a date or moment as FHIR writes it; none where a source says only that it is so. */
function dayOf(said: string): string | undefined {
  if (!/^\d{4}/.test(said)) return undefined
  if (isDateOnly(said)) return said
  const at = instantOf(said)
  return at === null ? undefined : londonDate(at)
}

function addressesOf(rows: readonly PatientRow[]): Address[] {
  const found = new Map<string, Address>()
  for (const row of rows) {
    for (const address of row.addresses) {
      if (address.use === 'old' || address.period_end !== null) continue
      const lines = [address.lines, address.city, address.postcode].filter((line) => line !== null)
      const same = found.get(folded(lines.join(' ')))
      if (same) same.sources.push(row.source)
      else if (lines.length > 0) found.set(folded(lines.join(' ')), { lines, sources: [row.source] })
    }
  }
  return [...found.values()]
}
