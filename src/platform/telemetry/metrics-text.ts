type Labels = Record<string, string>

/** A figure for Prometheus with its labels. A figure that is not known has no line: a zero would be a lie. */
export type Metric = {
  name: string
  help: string
  /** What is so at this moment, unless it says that it only grows, for as long as the process lives. */
  type?: 'counter'
  values: { labels: Labels; value: number | null }[]
}

/** How many took at most so many seconds, for each bound. */
export type Histogram = {
  name: string
  help: string
  type: 'histogram'
  bounds: readonly number[]
  /** `counts`: for each bound those above the bound before it; one more for those above all. */
  values: { labels: Labels; counts: readonly number[]; sum: number }[]
}

/** Prometheus text format, version 0.0.4. */
export const metricsText = (metrics: readonly (Metric | Histogram)[]): string =>
  metrics
    .flatMap((metric) => [
      `# HELP ${metric.name} ${metric.help}`,
      `# TYPE ${metric.name} ${metric.type ?? 'gauge'}`,
      ...(metric.type === 'histogram' ? histogramLines(metric) : lines(metric)),
    ])
    .map((line) => `${line}\n`)
    .join('')

const lines = ({ name, values }: Metric): string[] =>
  values.flatMap(({ labels, value }) => (value === null ? [] : [`${name}${labelsText(labels)} ${value}`]))

function histogramLines({ name, bounds, values }: Histogram): string[] {
  return values.flatMap(({ labels, counts, sum }) => {
    let below = 0
    const buckets = [...bounds.map(String), '+Inf'].map((le, index) => {
      below += counts[index] ?? 0
      return `${name}_bucket${labelsText({ ...labels, le })} ${below}`
    })
    return [
      ...buckets,
      `${name}_sum${labelsText(labels)} ${sum}`,
      `${name}_count${labelsText(labels)} ${below}`,
    ]
  })
}

function labelsText(labels: Labels): string {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return all.length > 0 ? `{${all.join(',')}}` : ''
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
