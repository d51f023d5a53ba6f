import type { Identity } from '../matching/fields.ts'
import { nameKey, postcodeKey } from '../matching/names.ts'
import { weigh, worthALook } from '../matching/rules.ts'
import { faultInWords } from '../nhs-number.ts'
import type { Line } from './list.ts'

/** A file near a line, and whose it is. */
export type Near = { person: string; file: string; identity: Identity }

export const outcomes = {
  verified: 'The NHS number agrees with the name and birth date held here',
  'one to confirm': 'One person is like this: check the details with them',
  several: 'Several people are like this: more details are needed',
  none: 'Nobody here agrees in two identifiers',
  'number wrong': 'The NHS number cannot be right',
  unreadable: 'The line cannot be read',
} as const
export type OutcomeName = keyof typeof outcomes

export type Outcome = {
  line: Line
  outcome: OutcomeName
  words: string
  /** Given back only where name, birth date and postcode all agree with one person: what a list is sent for. */
  nhsNumber: string | null
  /** NHS Data Dictionary, NHS number status indicator code. 01 only where a source here had the number traced nationally. */
  status: '01' | '02' | '03' | '04' | '05'
  /** A file of each person found, for the audit. */
  found: string[]
}

/**
 * What may be said of one line: only how it came out. A line that gives less than two identifiers finds nobody; so does an NHS number whose
 * birth date and names are another’s, since otherwise a list of numbers would tell who is in the record.
 */
export function outcomeOf(line: Line, near: readonly Near[]): Outcome {
  const say = (
    outcome: OutcomeName,
    status: Outcome['status'],
    found: string[] = [],
    words?: string,
  ): Outcome => ({
    line,
    outcome,
    status,
    found,
    words: words ?? outcomes[outcome],
    nhsNumber: null,
  })
  if (line.numberFault) return say('number wrong', '03', [], faultInWords[line.numberFault])
  const first = line.faults[0]
  if (first) return say('unreadable', '03', [], `${first.path}: ${first.words}`)
  const asked = identityOfLine(line)
  const weighed = near.map((each) => ({ ...each, ...weigh(asked, each.identity) }))
  const verified = weighed.find((each) => each.outcome === 'same')
  if (verified) return say('verified', verified.identity.numberVerified ? '01' : '02', [verified.file])
  const likely = weighed.filter((each) => twoAgree(asked, each))
  const people = Map.groupBy(likely, (each) => each.person)
  const found = [...people.values()].flatMap((files) => files.slice(0, 1).map((each) => each.file))
  if (people.size === 0) return say('none', '04')
  if (people.size > 1) return say('several', '04', found)
  if (line.nhsNumber !== null) return say('one to confirm', '05', found)
  const number = numberOfWhole(likely)
  return { ...say('one to confirm', '05', found), nhsNumber: number }
}

type Weighed = Near & ReturnType<typeof weigh>

/** Birth date and a name agree, or the number and one of them; and nothing says that it is another person. */
function twoAgree(asked: Identity, each: Weighed): boolean {
  const agrees = (field: string) =>
    each.reasons.some(
      (reason) => reason.field === field && (reason.agreement === 'same' || reason.agreement === 'less'),
    )
  if (each.outcome === 'different') return false
  if (asked.nhsNumber !== null && asked.nhsNumber === each.identity.nhsNumber)
    return agrees('birth date') || (agrees('family name') && agrees('given name'))
  return agrees('birth date') && agrees('family name') && each.score >= worthALook
}

function numberOfWhole(likely: readonly Weighed[]): string | null {
  const whole = likely.filter((each) =>
    ['birth date', 'family name', 'given name', 'postcode'].every((field) =>
      each.reasons.some((reason) => reason.field === field && reason.agreement === 'same'),
    ),
  )
  const numbers = new Set(
    whole.flatMap((each) => (each.identity.numberVerified === false ? [] : (each.identity.nhsNumber ?? []))),
  )
  return numbers.size === 1 ? ([...numbers][0] ?? null) : null
}

const identityOfLine = (line: Line): Identity => ({
  nhsNumber: line.nhsNumber,
  numberVerified: null,
  familyKey: nameKey(line.family),
  givenKey: nameKey(line.given),
  formerFamilyKeys: [],
  birthDate: line.birthDate,
  gender: null,
  postcodeKey: line.postcode === null ? null : postcodeKey(line.postcode),
  addressKey: null,
  phoneKey: null,
  practice: null,
  died: false,
})
