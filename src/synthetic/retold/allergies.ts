import type { Dice } from '../dice.ts'
import { type Allergy, PENICILLIN, PENICILLIN_SEVERE } from '../health/health.ts'
import type { MedicineId } from '../health/medicines.ts'
import { medicineFacts } from '../health/medicines.ts'
import type { LifeStory } from '../lives/story.ts'

const rash = { reaction: 'Rash', reactionCode: '271807003' }
const to = (text: string, reaction = 'Rash', criticality: Allergy['criticality'] = 'low'): Allergy => ({
  text,
  category: 'medication',
  criticality,
  ...(reaction === 'Rash' ? rash : { reaction }),
})
const food = (text: string, criticality: Allergy['criticality'] = 'low'): Allergy => ({
  text,
  category: 'food',
  criticality,
  reaction: criticality === 'high' ? 'Anaphylaxis' : 'Hives',
})

interface Known {
  allergy: Allergy
  weight: number
  from?: number
  to?: number
  /** Medicines that nobody with it may be given, by the words of the formulary. */
  rulesOut?: RegExp
}

const PENICILLINS = /amoxicillin|penicillin|flucloxacillin|co-amoxiclav|pivmecillinam/i

/**
 * What practices hold. Penicillin is on 6 in 100 records (West et al., J Antimicrob Chemother 2019; 74: 2075), food allergy commonest in
 * small children (Food Standards Agency).
 */
const ALLERGIES: readonly Known[] = [
  { allergy: PENICILLIN, weight: 30, from: 2, rulesOut: PENICILLINS },
  { allergy: PENICILLIN_SEVERE, weight: 4, from: 10, rulesOut: PENICILLINS },
  { allergy: to('Trimethoprim'), weight: 8, from: 18, rulesOut: /trimethoprim/i },
  { allergy: to('Codeine', 'Nausea and vomiting'), weight: 9, from: 18, rulesOut: /codeine|dihydrocodeine/i },
  {
    allergy: to('Non-steroidal anti-inflammatories', 'Wheeze', 'high'),
    weight: 5,
    from: 18,
    rulesOut: /naproxen|ibuprofen|diclofenac|aspirin/i,
  },
  {
    allergy: to('ACE inhibitors', 'Cough'),
    weight: 7,
    from: 45,
    rulesOut: /ramipril|lisinopril|perindopril|enalapril/i,
  },
  { allergy: to('Statins', 'Muscle pain'), weight: 6, from: 45, rulesOut: /statin/i },
  {
    allergy: to('Erythromycin', 'Stomach upset'),
    weight: 4,
    from: 5,
    rulesOut: /erythromycin|clarithromycin/i,
  },
  { allergy: to('Elastoplast'), weight: 5, from: 18 },
  { allergy: { ...to('Latex'), category: 'environment' }, weight: 2, from: 18 },
  { allergy: food('Allergy to peanut', 'high'), weight: 4, from: 1, to: 45 },
  { allergy: food('Egg'), weight: 6, to: 6 },
  { allergy: food('Cow’s milk protein'), weight: 8, to: 4 },
  { allergy: food('Shellfish'), weight: 3, from: 12 },
]

/** How many in 100 hold at least one, rising with the years in which medicines are met. */
const HELD: readonly (readonly [age: number, share: number])[] = [
  [5, 0.06],
  [18, 0.08],
  [45, 0.15],
  [65, 0.22],
  [200, 0.3],
]

/**
 * What a practice has written about allergies of somebody of that age: nobody holds an allergy to what they are given, or a prescriber
 * would have been stopped. 'not recorded' means that nobody has asked yet.
 */
export function allergiesOf(
  { happenings }: LifeStory,
  dice: Dice,
  age: number,
): 'none known' | 'not recorded' | readonly Allergy[] {
  const share = HELD.find(([to]) => age < to)?.[1] ?? 0
  const thrown = dice.next()
  const second = dice.chance(0.15)
  if (thrown > share) return thrown > (age < 30 ? 0.72 : 0.86) ? 'not recorded' : 'none known'
  const given = new Set<MedicineId>()
  for (const each of happenings) if (each.kind === 'prescription') given.add(each.medicine)
  const names = [...given].map((each) => medicineFacts(each).text)
  const can = ALLERGIES.filter(
    ({ from = 0, to: until = 200, rulesOut }) =>
      from <= age && age < until && !names.some((name) => rulesOut?.test(name)),
  )
  if (can.length === 0) return 'none known'
  const one = dice.weighted(can.map(({ allergy, weight }) => [allergy, weight] as const))
  const other = dice.pick(can).allergy
  return second && other.text !== one.text ? [one, other] : [one]
}
