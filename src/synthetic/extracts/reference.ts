import { conditionFacts, conditionIds } from '../health/conditions.ts'
import { medicineFacts, medicineIds } from '../health/medicines.ts'
import { testFacts, testIds } from '../health/tests.ts'
import { isBankHoliday } from '../lives/bank-holidays.ts'
import { calendar, weekday } from '../lives/moment.ts'
import type { World } from '../lives/world.ts'
import { penceOf } from './costs/unit-cost.ts'
import { unitCosts } from './unit-costs.ts'
import { Rows } from './write/rows.ts'

/** Each table of reference, by the name of its extract. */
export function referenceRows(world: World): ReadonlyMap<string, Rows> {
  const tables: Record<string, (rows: Rows, world: World) => void> = {
    neighbourhoods,
    practices,
    care_homes: careHomes,
    unit_costs: costs,
    calendar: days,
    medicines,
    test_names: tests,
    condition_names: conditions,
  }
  return new Map(
    Object.entries(tables).map(([id, write]) => {
      const rows = new Rows()
      write(rows, world)
      return [id, rows]
    }),
  )
}

const DEGREES = 100_000

function neighbourhoods(rows: Rows, { ground }: World): void {
  for (const each of ground.neighbourhoods) {
    rows.text(each.code)
    rows.text(each.name)
    rows.text(each.area)
    rows.text(each.ward)
    rows.text(each.locality)
    rows.whole(each.decile)
    rows.decimal(each.deprivation, 10_000)
    rows.whole(each.people)
    rows.decimal(each.centre[0], DEGREES)
    rows.decimal(each.centre[1], DEGREES)
    rows.end()
  }
}

function practices(rows: Rows, { ground }: World): void {
  for (const each of ground.practices) {
    rows.text(each.code)
    rows.text(each.name)
    rows.text(each.network)
    rows.decimal(each.centre[0], DEGREES)
    rows.decimal(each.centre[1], DEGREES)
    rows.end()
  }
}

function careHomes(rows: Rows, { ground }: World): void {
  for (const each of ground.careHomes) {
    rows.text(each.id)
    rows.text(each.name)
    rows.is(each.nursing)
    rows.whole(each.beds)
    rows.text(ground.neighbourhoods[each.neighbourhood]?.code)
    rows.text(each.postcode)
    rows.end()
  }
}

function costs(rows: Rows): void {
  for (const [id, cost] of Object.entries(unitCosts)) {
    rows.text(id)
    rows.text(cost.what)
    rows.text(cost.unit)
    rows.whole(penceOf(cost))
    rows.text(cost.source)
    rows.text(cost.year)
    rows.end()
  }
}

function days(rows: Rows, { window }: World): void {
  for (let day = window.from; day < window.until; day++) {
    const { year, month, date } = calendar(day)
    const first = month < 4 ? year - 1 : year
    rows.day(day)
    rows.day(day - date + 1)
    rows.whole(weekday(day) + 1)
    rows.text(`${first}-${String(first + 1).slice(2)}`)
    rows.is(isBankHoliday(day))
    rows.end()
  }
}

function medicines(rows: Rows): void {
  for (const id of medicineIds) {
    const { text, code, section, unit, supply } = medicineFacts(id)
    rows.text(id)
    rows.text(text)
    rows.text(code)
    rows.text(section)
    rows.text(unit)
    rows.decimal(supply, 10)
    rows.end()
  }
}

function tests(rows: Rows): void {
  for (const id of testIds) {
    const { text, code, unit, category } = testFacts(id)
    rows.text(id)
    rows.text(text)
    rows.text(code)
    rows.text(unit)
    rows.text(category)
    rows.end()
  }
}

function conditions(rows: Rows): void {
  for (const id of conditionIds) {
    const { text, code } = conditionFacts(id)
    rows.text(id)
    rows.text(text)
    rows.text(code)
    rows.end()
  }
}
