/** An age and what holds at it. */
export type Row = readonly [age: number, ...values: number[]]

const OLDEST = 110

/** Between two rows, in a straight line; beyond the first and the last, as they say. */
function between(rows: readonly Row[], age: number, column: number): number {
  let before = rows[0]
  for (const row of rows) {
    const [to] = row
    const [from] = before ?? row
    if (age <= to) {
      const low = before?.[column] ?? 0
      return to > from ? low + (((row[column] ?? 0) - low) * (age - from)) / (to - from) : (row[column] ?? 0)
    }
    before = row
  }
  return before?.[column] ?? 0
}

/** A value for every birthday from 0 to 110. */
export const atBirthdays = (value: (age: number) => number): Float64Array =>
  Float64Array.from({ length: OLDEST + 2 }, (_, age) => value(age))

/** Between two birthdays, in a straight line. */
export function at(values: Float64Array, age: number): number {
  const whole = Math.min(OLDEST, Math.floor(age))
  const low = values[whole] ?? 0
  return low + ((values[whole + 1] ?? low) - low) * (Math.min(age, OLDEST) - whole)
}

/** A column of a table by age, quick to look up: it is asked for everybody. */
export function byAge(rows: readonly Row[], column: number): (age: number) => number {
  const values = atBirthdays((age) => between(rows, age, column))
  return (age) => at(values, age)
}

/** The age by which a value that never falls had been reached. */
export function ageAt(values: Float64Array, amount: number): number {
  let [low, high] = [0, OLDEST]
  if ((values[0] ?? 0) >= amount) return 0
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) >= amount) high = middle
    else low = middle
  }
  const [before, after] = [values[low] ?? 0, values[high] ?? 0]
  return after > before ? low + (amount - before) / (after - before) : high
}
