/** The share of the whole, of 1, that lies with the largest `part` (of 1) of the values; a part of a value counts in part. */
export function heldBy(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => b - a)
  const whole = sorted.reduce((sum, value) => sum + value, 0)
  const many = sorted.length * part
  let held = 0
  for (let nth = 0; nth < many; nth++) held += (sorted[nth] ?? 0) * Math.min(1, many - nth)
  return held / whole
}
