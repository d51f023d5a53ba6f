export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** How alike each value is to the one `lag` places before it, about the mean of all. */
export function autocorrelation(values: readonly number[], lag = 1): number {
  const middle = mean(values)
  let together = 0
  let all = 0
  for (const [nth, value] of values.entries()) {
    all += (value - middle) ** 2
    if (nth >= lag) together += (value - middle) * ((values[nth - lag] ?? middle) - middle)
  }
  return together / all
}

/** Each value beside the mean of all: 1 is like the mean. */
export function indices(values: readonly number[]): number[] {
  const middle = mean(values)
  return values.map((value) => value / middle)
}

export const meanDifference = (one: readonly number[], other: readonly number[]): number =>
  mean(one.map((value, nth) => Math.abs(value - (other[nth] ?? Number.NaN))))
