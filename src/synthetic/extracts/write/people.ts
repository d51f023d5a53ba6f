import type { Death } from '../../lives/happening.ts'
import type { Health } from '../../lives/health.ts'
import { ageOn, DAYS_A_YEAR, type Day, dayOf } from '../../lives/moment.ts'
import type { LifeStory } from '../../lives/story.ts'
import { type Household, householdOn, livesAloneOn, type Resident } from '../../residents/resident.ts'
import type { Pen } from './pen.ts'

/** Groups of the census, by the letter of the NHS data dictionary. */
const GROUPS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ White: 'ABC', Mixed: 'DEFG', Asian: 'HJKLR', Black: 'MNP', Other: 'S' }).flatMap(
    ([group, letters]) => [...letters].map((letter) => [letter, group]),
  ),
)
const ADULT = 18

/** What is known of one person, but for their own row of people. */
export function writePerson(pen: Pen, { resident, health }: LifeStory): void {
  writeResidences(pen, resident)
  writeConditions(pen, resident, health)
  writeRiskFactors(pen, resident, health, lastDay(pen, resident))
}

const lastDay = (pen: Pen, { present }: Resident): Day => Math.min(pen.world.window.until, present.until) - 1

/**
 * The rows of people, when all of a neighbourhood is told: who lives with whom on a day is known only once it is known who has died or
 * left by then.
 */
export function writePeople(pen: Pen): void {
  for (const { resident, death } of pen.told) writeResident(pen, resident, death)
}

function writeResident(pen: Pen, resident: Resident, death: Death | undefined): void {
  const last = lastDay(pen, resident)
  const rows = pen.sheets.people
  const household = householdOn(resident, last)
  const { code, decile, ward, locality } = household.neighbourhood
  rows.whole(resident.serial)
  rows.text(resident.nhsNumber)
  rows.day(resident.born)
  rows.text(resident.sex)
  rows.text(resident.ethnicity)
  rows.text(GROUPS[resident.ethnicity] ?? 'Not stated')
  rows.text(resident.language?.text)
  rows.text(code)
  rows.whole(decile)
  rows.text(ward)
  rows.text(locality)
  rows.text(resident.practice)
  rows.text(resident.practice === null ? undefined : pen.networks.get(resident.practice))
  writeHome(pen, resident, household, last)
  rows.day(resident.present.from)
  rows.day(resident.leaves && resident.present.until)
  rows.text(resident.arrived)
  rows.text(resident.leaves)
  rows.day(death && dayOf(death.at))
  rows.text(death?.where)
  rows.text(death?.cause.icd10)
  rows.text(death?.cause.text)
  rows.text(resident.cares?.hours)
  rows.whole(resident.mother?.serial)
  rows.is(resident.proxies.length > 0)
  rows.is(resident.protectedAddress)
  rows.is(resident.objects)
  rows.is(resident.optedOut)
  rows.end()
}

function writeHome(pen: Pen, resident: Resident, household: Household, day: Day): void {
  const rows = pen.sheets.people
  let size = 0
  let children = 0
  for (const member of household.members) {
    const isThere =
      member.present.from <= day && day < member.present.until && householdOn(member, day) === household
    if (!isThere) continue
    size++
    if (ageOn(member.born, day) < ADULT) children++
  }
  rows.whole(household.serial)
  rows.whole(size)
  rows.text(
    household.careHome !== undefined
      ? 'care home'
      : children > 0
        ? 'adults with children'
        : size === 1
          ? 'one person'
          : 'adults',
  )
  rows.text(household.tenure)
  rows.is(livesAloneOn(resident, day))
  rows.text(household.careHome)
}

function writeResidences(pen: Pen, { homes, present, leaves }: Resident): void {
  const rows = pen.sheets.residences
  for (let n = 0; n < homes.length; n++) {
    const home = homes[n]
    const next = homes[n + 1]?.from
    if (!home || home.from >= present.until || (next ?? present.until) <= present.from) continue
    const { household } = home
    pen.numbers(rows)
    rows.day(Math.max(home.from, present.from))
    rows.day(next !== undefined && next < present.until ? next : leaves && present.until)
    rows.whole(household.serial)
    rows.text(household.neighbourhood.code)
    rows.text(household.postcode)
    rows.text(household.tenure)
    rows.is(household.overcrowded)
    rows.text(household.careHome)
    rows.end()
  }
}

function writeConditions(pen: Pen, { present }: Resident, { illnesses }: Health): void {
  const rows = pen.sheets.conditions
  for (const { condition, since, found, until, severity } of illnesses) {
    if (found === undefined || found >= present.until) continue
    pen.numbers(rows)
    rows.text(condition)
    rows.day(since)
    rows.day(found)
    rows.day(until !== undefined && until < present.until ? until : undefined)
    rows.decimal(severity, 100)
    rows.end()
  }
}

function writeRiskFactors(pen: Pen, { present }: Resident, health: Health, last: Day): void {
  const rows = pen.sheets.risk_factors
  const years = (last - present.from) / DAYS_A_YEAR
  pen.numbers(rows)
  rows.text(health.smoking)
  rows.decimal(health.bodyMass, 10)
  rows.whole(health.height * 100)
  rows.whole(health.alcohol)
  rows.is(health.active)
  rows.decimal(Math.max(0, Math.min(1, health.frailty + health.frailtyGrowth * years)), 1000)
  rows.end()
}
