import { type Dice, diceFor } from '../dice.ts'
import { nhsNumbersFrom } from '../identifiers.ts'
import { dateDaysAgo } from '../when.ts'
import { firstNames, HERITAGES, type Heritage } from './names.ts'
import type { Kin, Person } from './person.ts'
import { landline, mobile } from './phones.ts'
import { aHome } from './streets.ts'

interface Member {
  sex: 'female' | 'male'
  age: number
  part: 'adult' | 'child'
}

/** Household shapes with weights that give about a fifth under 18 and a fifth over 65, as in an English borough. */
const SHAPES: readonly (readonly [(dice: Dice) => Member[], number])[] = [
  [(dice) => [adult(dice, 72, 96)], 12],
  [(dice) => couple(dice, 66, 90), 14],
  [(dice) => couple(dice, 40, 66), 16],
  [(dice) => couple(dice, 20, 40), 9],
  [(dice) => [adult(dice, 19, 68)], 22],
  [(dice) => [...couple(dice, 25, 48), ...children(dice, dice.whole(1, 3))], 16],
  [(dice) => [{ ...adult(dice, 22, 45), sex: 'female' }, ...children(dice, dice.whole(1, 2))], 7],
  [(dice) => [...couple(dice, 45, 60), adult(dice, 18, 26)], 6],
]

const adult = (dice: Dice, from: number, to: number): Member => ({
  sex: dice.chance(from > 70 ? 0.62 : 0.5) ? 'female' : 'male',
  age: dice.whole(from, to),
  part: 'adult',
})

function couple(dice: Dice, from: number, to: number): Member[] {
  const age = dice.whole(from, to)
  return [
    { sex: 'female', age, part: 'adult' },
    { sex: 'male', age: Math.max(from, Math.round(dice.near(age + 2, 3))), part: 'adult' },
  ]
}

function children(dice: Dice, count: number): Member[] {
  const ages = dice.some([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17], count)
  return ages.map((age) => ({ sex: dice.chance(0.5) ? 'female' : 'male', age, part: 'child' }))
}

/** Women of Polish descent carry -ska, Slovak ones -ova, where their brothers carry -ski and a plain ending. */
function familyName(base: string, heritage: Heritage, sex: 'female' | 'male'): string {
  if (sex === 'male') return base
  if (heritage === 'polish') return base.replace(/ski$/, 'ska')
  return heritage === 'roma' ? `${base.replace(/ak$/, 'ak')}ova` : base
}

function titleOf(dice: Dice, member: Member): string | undefined {
  if (member.age < 16) return undefined
  if (member.sex === 'male') return 'Mr'
  return member.age > 60 ? 'Mrs' : dice.pick(['Ms', 'Miss', 'Mrs'])
}

function partner(of: Member, other: Member): Kin['relationship'] {
  if (of.part === 'child') return other.sex === 'female' ? 'mother' : 'father'
  if (other.part === 'child' || of.age - other.age > 17) return other.sex === 'female' ? 'daughter' : 'son'
  if (other.age - of.age > 17) return other.sex === 'female' ? 'mother' : 'father'
  return other.sex === 'female' ? 'wife' : 'husband'
}

/** Whom to ring: someone at home, or a grown child elsewhere for those who live alone. */
function kinOf(dice: Dice, people: Person[], members: Member[], at: number): Kin | undefined {
  const me = members[at]
  const other = members.findIndex((m, i) => i !== at && m.part === 'adult')
  const them = people[other]
  const who = members[other]
  if (me && who && them) {
    const phone = them.mobile ?? landline(dice.whole(0, 999))
    return { name: `${them.given[0]} ${them.family}`, relationship: partner(me, who), phone }
  }
  if (!me || me.age < 55 || dice.chance(0.15)) return undefined
  const relationship = dice.pick(['daughter', 'son'] as const)
  const name = dice.pick(firstNames('british', relationship === 'daughter' ? 'female' : 'male', 1978))
  return { name: `${name} ${people[at]?.family}`, relationship, phone: mobile(dice.whole(0, 999)) }
}

/** The people of one front door. */
function household(seed: string, number: number, now: Date, nextNumber: () => [number, string]): Person[] {
  const dice = diceFor(`${seed}/household/${number}`)
  const heritages = Object.entries(HERITAGES).map(
    ([name, facts]) => [name as Heritage, facts.weight] as const,
  )
  const heritage = dice.weighted(heritages)
  const facts = HERITAGES[heritage]
  const { address, practice } = aHome(dice)
  const former = dice.chance(0.15) ? aHome(dice).address : undefined
  const base = dice.pick(facts.families)
  const members = dice.weighted(SHAPES)(dice)
  const taken = new Set<string>()
  const phone = landline(dice.whole(0, 999))
  const people = members.map((member): Person => {
    const born = dateDaysAgo(now, member.age * 365.25 + dice.whole(3, 360))
    const names = firstNames(heritage, member.sex, Number(born.slice(0, 4))).filter(
      (name) => !taken.has(name),
    )
    const given = dice.some(names, dice.chance(0.6) ? 2 : 1)
    taken.add(given[0] ?? '')
    const [serial, nhsNumber] = nextNumber()
    const title = titleOf(dice, member)
    const speaks = facts.language && member.age > 30 && dice.chance(facts.language.chance)
    return {
      key: `${seed}/person/${serial}`,
      serial,
      nhsNumber,
      ...(title && { title }),
      given,
      family: familyName(base, heritage, member.sex),
      sex: member.sex,
      born,
      ethnicity: facts.ethnicity,
      ...(speaks && facts.language && { language: facts.language }),
      address,
      ...(former && { formerAddress: former }),
      ...(member.age > 45 && { phone }),
      ...(member.age > 15 && member.age < 85 && { mobile: mobile(dice.whole(0, 999)) }),
      practice,
      socialCareLacksNumber: dice.chance(0.3),
      livesAlone: members.length === 1,
      protectedAddress: false,
      objects: false,
    }
  })
  return people.map((person, at) => {
    const kin = kinOf(dice, people, members, at)
    return kin ? { ...person, kin } : person
  })
}

/** Random people, a household at a time, without end. Serials start well above those of the characters. */
export function* randomPeople(seed: string, now: Date): Generator<Person> {
  const numbers = nhsNumbersFrom(100_000)
  let serial = 1_000
  const nextNumber = (): [number, string] => {
    const next = numbers.next()
    if (next.done) throw new Error('The 999 range is used up')
    serial += 1
    return [serial, next.value]
  }
  for (let door = 1; ; door++) yield* household(seed, door, now, nextNumber)
}
