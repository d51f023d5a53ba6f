import { ageOn, type Day, dayOf, isoDay, type Moment } from '../lives/moment.ts'
import type { LifeStory } from '../lives/story.ts'
import type { Kin, Person } from '../people/person.ts'
import { landline, mobile } from '../people/phones.ts'
import { type Household, householdOn, type Resident } from '../residents/resident.ts'
import { instantOf } from './instant.ts'

const adult = (resident: Resident, day: Day) => ageOn(resident.born, day) >= 18

function relationship(of: Resident, to: Resident, day: Day): Kin['relationship'] {
  const older = ageOn(of.born, day) - ageOn(to.born, day)
  const female = of.sex === 'female'
  if (to.mother === of || older > 16) return female ? 'mother' : 'father'
  if (older < -16) return female ? 'daughter' : 'son'
  return female ? 'wife' : 'husband'
}

/** Whom to ring: somebody grown-up at home, who may be the carer; or for those alone, a grown child elsewhere. */
function kinOf(me: Resident, household: Household, day: Day): Kin | undefined {
  const others = household.careHome ? [] : household.members
  const other = others.find(
    (each) => each !== me && adult(each, day) && !(each.leaves && each.present.until <= day),
  )
  if (other) {
    const carer = other.cares?.for === me
    return {
      name: `${other.given[0]} ${other.family}`,
      relationship: relationship(other, me, day),
      phone: mobile(other.serial),
      ...(carer && { carer }),
    }
  }
  if (ageOn(me.born, day) < 55 || me.serial % 7 === 0) return undefined
  const daughter = me.serial % 2 === 0
  const names = daughter ? DAUGHTERS : SONS
  return {
    name: `${names[me.serial % names.length]} ${me.family}`,
    relationship: daughter ? 'daughter' : 'son',
    phone: mobile(me.serial + 500),
  }
}

/** Grown children who live elsewhere, and so are nobody here. */
const DAUGHTERS = ['Julie', 'Karen', 'Tracey', 'Joanne', 'Lisa', 'Michelle', 'Nicola', 'Sharon']
const SONS = ['Andrew', 'Mark', 'Paul', 'Stephen', 'Simon', 'Neil', 'Darren', 'Ian']

const addressOf = ({ line, postcode, neighbourhood }: Household) => ({
  line,
  town: neighbourhood.town,
  postcode,
})

/** A resident as the record's writers know a person, at a moment: what comes later is not known yet. */
export function personOf({ resident, happenings }: LifeStory, seed: string, now: Moment): Person {
  const day = dayOf(now)
  const home = householdOn(resident, day)
  const before = resident.homes.filter(({ from }) => from <= day).at(-2)
  const death = happenings.find((each) => each.kind === 'death' && each.at <= now)
  const kin = kinOf(resident, home, day)
  const age = ageOn(resident.born, day)
  return {
    key: `${seed}/resident/${resident.serial}`,
    serial: resident.serial,
    nhsNumber: resident.nhsNumber,
    ...(resident.title && { title: resident.title }),
    given: resident.given,
    family: resident.family,
    sex: resident.sex,
    born: isoDay(resident.born),
    ...(resident.birthOrder && { birthOrder: resident.birthOrder }),
    ...(death && { died: instantOf(death.at) }),
    ethnicity: resident.ethnicity,
    ...(resident.language && { language: resident.language }),
    address: addressOf(home),
    ...(before && { formerAddress: addressOf(before.household) }),
    ...(age > 45 && { phone: landline(home.serial) }),
    ...(age > 15 && age < 85 && { mobile: mobile(resident.serial) }),
    practice: resident.practice,
    ...(kin && { kin }),
    // Social care was the last to be given the NHS number, and lacks some.
    socialCareLacksNumber: resident.serial % 10 < 2,
    livesAlone: home.members.length === 1,
    protectedAddress: resident.protectedAddress,
    objects: resident.objects,
  }
}
