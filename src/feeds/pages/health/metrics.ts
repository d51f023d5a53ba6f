/** A figure for Prometheus with its labels. A figure that is not known has no line: a zero would be a lie. */
export type Metric = {
  name: string
  help: string
  values: { labels: Record<string, string>; value: number | null }[]
}

/** Prometheus text format, version 0.0.4. Every figure is a gauge: what is so at this moment. */
export const metricsText = (metrics: readonly Metric[]): string =>
  metrics
    .flatMap(({ name, help, values }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} gauge`,
      ...values.flatMap(({ labels, value }) =>
        value === null ? [] : [`${name}${labelsText(labels)} ${value}`],
      ),
    ])
    .map((line) => `${line}\n`)
    .join('')

function labelsText(labels: Record<string, string>): string {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return all.length > 0 ? `{${all.join(',')}}` : ''
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
