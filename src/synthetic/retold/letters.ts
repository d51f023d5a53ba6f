import type { Observation } from '@medplum/fhirtypes'
import type { Dice } from '../dice.ts'
import { medicineFacts } from '../health/medicines.ts'
import type { Admission, Birth } from '../lives/happening.ts'
import { ageOn, type Day, dayOf, MINUTES_A_DAY, type Moment } from '../lives/moment.ts'
import type { LifeStory } from '../lives/story.ts'
import { fullName } from '../people/person.ts'
import type { PersonFile } from '../record/file.ts'
import { inWords } from '../when.ts'
import { consultantFor } from './illness-of.ts'
import { instantOf } from './instant.ts'
import { operationName } from './operations.ts'
import type { Telling } from './telling.ts'
import { type About, type Account, type Sentence, suits } from './words/account.ts'
import { OPERATION_NOTES } from './words/operation-notes.ts'
import { saidOf, sideOf } from './words/said.ts'
import { STAYS } from './words/stays.ts'

/** One of the sentences that suit somebody's age and what is said to be the matter. */
function sentence(dice: Dice, all: readonly Sentence[], about: About, side: string): string {
  const fits = all.filter((each) => suits(each, about))
  const one = dice.pick(fits.length > 0 ? fits : all)
  return (typeof one === 'string' ? one : one.text).replaceAll('{side}', side)
}

const PLAIN: Account = {
  came: ['Came in unwell.'],
  found: ['Examined, with blood tests.'],
  done: ['Treated and improved.'],
  asks: ['No action needed.'],
}

const onDay = (moment: Moment) => inWords(instantOf(moment))

const PATHWAYS = [
  'Home without new help.',
  'Home with support (pathway 1).',
  'To a bed for intermediate care (pathway 2).',
  'To a care home (pathway 3).',
] as const

function dischargedTo({ destination, pathway }: Admission): string {
  if (destination === 'care home' && (pathway ?? 0) === 0) return 'Back to the care home.'
  if (destination === 'hospice') return 'To the hospice.'
  return PATHWAYS[pathway ?? 0]
}

/** The national list's words without its headings: what the ward wrote on the board. */
function waited({ delay, ready }: Admission): string[] {
  if (!delay || delay.days <= 0 || ready === undefined) return []
  const said = delay.reason.replace(/^.*? - /, '').replace(/ \(Pathway.*\)$/, '')
  const why = said.charAt(0).toLowerCase() + said.slice(1)
  return [
    `Ready to leave on ${onDay(ready)}; ${delay.days} more ${delay.days === 1 ? 'day' : 'days'}: ${why}.`,
  ]
}

interface Measurement {
  unit: string
  values: number[]
  isOff: boolean
}

/** What was measured out of its range during the stay and in the department before it, from the first value to the last. */
function results(file: PersonFile, from: Moment, until: Moment): string[] {
  const [first, last] = [instantOf(from - MINUTES_A_DAY), instantOf(until)]
  const found = new Map<string, Measurement>()
  const isLab = (each: PersonFile['resources'][number]): each is Observation =>
    each.resourceType === 'Observation' && each.category?.[0]?.coding?.[0]?.code === 'laboratory'
  for (const each of file.resources) {
    if (!isLab(each) || each.valueQuantity?.value === undefined) continue
    const at = each.effectiveDateTime ?? ''
    if (at < first || at > last) continue
    const name = each.code.text ?? ''
    const held = found.get(name) ?? { unit: each.valueQuantity.unit ?? '', values: [], isOff: false }
    held.values.push(each.valueQuantity.value)
    if (each.interpretation?.[0]?.coding?.[0]?.code !== 'N') held.isOff = true
    found.set(name, held)
  }
  const off = [...found].filter(([, { isOff }]) => isOff).slice(0, 4)
  if (found.size === 0) return []
  if (off.length === 0) return ['Blood tests: within their ranges.']
  const said = off.map(([name, { values, unit }]) =>
    values.length > 1
      ? `${name} ${values[0]}, then ${values.at(-1)} ${unit}`
      : `${name} ${values[0]} ${unit}`,
  )
  return [`Blood tests: ${said.join('; ')}.`]
}

/** Repeat medicines that the practice first issues in the weeks after: they were begun on the ward. */
function begunOnWard({ happenings }: LifeStory, from: Moment, until: Moment): string {
  const known = new Set<string>()
  const begun: string[] = []
  for (const each of happenings) {
    if (each.kind !== 'prescription' || !each.repeat) continue
    if (each.at > until + 28 * MINUTES_A_DAY) break
    const isNew = !known.has(each.medicine) && each.at > until && each.at > from
    known.add(each.medicine)
    if (isNew) begun.push(medicineFacts(each.medicine).text)
  }
  // A new patient's whole list is issued at once: that is no change.
  return begun.length > 0 && begun.length < 4
    ? `Started ${begun.join('; ')}.`
    : 'No change to regular medicines.'
}

function heading(telling: Telling, stay: Admission, until: Moment): string[] {
  const { person } = telling.life
  const nights = dayOf(until) - dayOf(stay.at)
  return [
    `${fullName(person)}, born ${inWords(person.born)}`,
    nights === 0
      ? `In hospital on ${onDay(stay.at)}. ${stay.specialty}.`
      : `In hospital from ${onDay(stay.at)} to ${onDay(until)}, ${nights} ${nights === 1 ? 'night' : 'nights'}. ${stay.specialty}.`,
    `Consultant: ${consultantFor(stay.specialty).name}`,
  ]
}

/** An operation with the side on which it was done, where the trouble has one. */
export function operations(stay: Admission, said: string): string[] {
  const side = /\b(left|right)\b/i.exec(said)?.[1]?.toLowerCase()
  return stay.procedures.flatMap((code) => {
    const name = operationName(code)
    return name ? [side ? `${name}, ${side}` : name] : []
  })
}

/** What a ward or a day unit writes to the practice as somebody goes home. */
export function stayLetter(
  telling: Telling,
  stay: Admission,
  until: Moment,
  file: PersonFile,
  dice: Dice,
): string[] {
  const { story } = telling
  const day: Day = dayOf(stay.at)
  const age = ageOn(story.resident.born, day)
  const said = saidOf(story, stay, stay.reason)
  const side = sideOf(story, stay, stay.reason)
  const did = operations(stay, said)
  const planned = stay.method === 'waiting list' || stay.method === 'day case'
  const note = OPERATION_NOTES[stay.procedures[0] ?? '']
  const account = STAYS[stay.reason.text] ?? PLAIN
  const one = (all: readonly Sentence[]) => sentence(dice, all, { age, said, sex: story.resident.sex }, side)
  const course = planned
    ? [one(note?.did ?? ['Went as planned.']), 'No complications.']
    : [one(account.came), one(account.found), one(note?.did ?? account.done)]
  return [
    ...heading(telling, stay, until),
    '',
    `Main reason: ${said}`,
    `What happened: ${course.join(' ')}`,
    ...(did.length > 0 ? [`Operation: ${did.join('; ')}`] : []),
    ...results(file, stay.at, until),
    ...(stay.critical ? ['Needed critical care.'] : []),
    `Medicines: ${begunOnWard(story, stay.at, until)}`,
    ...waited(stay),
    `For the GP: ${one(note?.asks ?? (planned ? PLAIN.asks : account.asks))}`,
    `Discharged: ${dischargedTo(stay)}`,
  ]
}

/** The summary of a stay in which somebody died. */
export function deathLetter(
  telling: Telling,
  stay: Admission,
  until: Moment,
  file: PersonFile,
  dice: Dice,
): string[] {
  const { story } = telling
  const said = saidOf(story, stay, stay.reason)
  const account = STAYS[stay.reason.text] ?? PLAIN
  const age = ageOn(story.resident.born, dayOf(stay.at))
  const death = story.happenings.find((each) => each.kind === 'death')
  const kin = telling.life.person.kin
  const family = kin ? `${kin.name} (${kin.relationship})` : 'Nobody could be reached'
  return [
    ...heading(telling, stay, until),
    '',
    `Main reason: ${said}`,
    `What happened: ${sentence(dice, account.came, { age, said, sex: story.resident.sex }, sideOf(story, stay, stay.reason))} ${dice.pick(END)}`,
    ...results(file, stay.at, until),
    `Died in hospital on ${onDay(until)}.`,
    ...(death?.kind === 'death' ? [`Cause of death given: ${death.cause.text}.`] : []),
    `${family} ${kin ? 'was told' : 'at the time'}. Please cancel appointments and repeat medicines.`,
  ]
}

const END = [
  'Became weaker despite treatment; comfort came first once that was clear.',
  'Did not respond to treatment. Seen by the palliative care team, and comfortable.',
  'Deteriorated quickly. Not for resuscitation, as agreed.',
] as const

export const DELIVERIES: Record<Birth['delivery'], string> = {
  vaginal: 'Spontaneous vaginal delivery',
  instrumental: 'Instrumental delivery',
  'planned caesarean': 'Planned caesarean section',
  'emergency caesarean': 'Emergency caesarean section',
}

/** What the maternity ward writes of a mother. */
export function maternityLetter(telling: Telling, stay: Admission, until: Moment, dice: Dice): string[] {
  const babies = telling.story.happenings.filter((each) => each.kind === 'birth' && each.because === stay)
  const caesarean = babies.some((each) => each.kind === 'birth' && each.delivery.includes('caesarean'))
  const born = babies.flatMap((each) =>
    each.kind === 'birth'
      ? [`${DELIVERIES[each.delivery]} at ${each.weeks} weeks, ${each.grams.toLocaleString('en-GB')} g.`]
      : [],
  )
  const lost = dice.whole(caesarean ? 8 : 4, caesarean ? 16 : 11) * 50
  return [
    ...heading(telling, stay, until),
    '',
    `Birth: ${born.join(' ')} Blood loss about ${lost} ml.`,
    dice.pick(['Feeding: breast.', 'Feeding: bottle.', 'Feeding: breast and bottle.']),
    caesarean
      ? 'Wound clean. Blood-thinning injections for ten days, taught. No driving until an emergency stop is possible.'
      : dice.pick(['Perineum intact.', 'Second-degree tear sutured; pelvic floor exercises taught.']),
    'For the GP: postnatal check at six to eight weeks, please. Contraception discussed.',
    'Community midwife visits from tomorrow; health visitor told.',
  ]
}

/** What the midwife writes of a newborn. */
export function newbornLetter(telling: Telling, stay: Admission, until: Moment, dice: Dice): string[] {
  const early = stay.diagnoses[0] === 'P073'
  return [
    ...heading(telling, stay, until),
    '',
    early ? 'Born early.' : 'Born at term, cried at once.',
    ...(stay.wards.some(({ ward }) => ward === 'SCBU')
      ? ['Special care: kept warm, feeds by tube then by mouth, weight rising.']
      : []),
    'Vitamin K given. Examination of the newborn: heart, hips, eyes normal.',
    dice.pick(['Hearing screen clear in both ears.', 'Hearing screen to be repeated in two weeks.']),
    'Blood spot on day five by the community midwife. Six-to-eight-week check with the GP, please.',
  ]
}
