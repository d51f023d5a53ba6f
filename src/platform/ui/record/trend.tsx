import { type Instant, instantInWords, isDateOnly, numberWithCommas } from '../words.ts'

export interface TrendPoint {
  at: Instant
  /** Null is a result that is missing: the line stops and starts again. */
  value: number | null
}

export interface TrendProps {
  /** Of what: "Creatinine". */
  title: string
  unit: string
  /** Oldest first. */
  points: readonly TrendPoint[]
  /** The usual range, drawn as a band behind the line. */
  usual?: { low: number; high: number } | undefined
  /** What each point is: a result, unless told otherwise. */
  each?: string | undefined
  /** For counts, of which a small change must not look like a great one. */
  fromZero?: boolean | undefined
}

const width = 120
const height = 32
const margin = 4

/** A small line beside its latest value. The table of all values belongs on the page it leads to. */
export function Trend({ title, unit, points, usual, each = 'result', fromZero }: TrendProps) {
  const known = points.filter((point): point is { at: Instant; value: number } => point.value !== null)
  const latest = known.at(-1)
  if (!latest)
    return (
      <p class="gt-trend">
        {title} has no {each}s.
      </p>
    )
  const scale = scaleOf(points, known, [...(usual ? [usual.low, usual.high] : []), ...(fromZero ? [0] : [])])
  const missing = points.length - known.length
  return (
    <p class="gt-trend">
      <svg class="gt-trend__line" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img">
        <title>{`${title}, ${points.length - missing} ${each}s`}</title>
        <desc>{description({ title, unit, known, missing, usual, each })}</desc>
        {usual && <Band high={scale.y(usual.high)} low={scale.y(usual.low)} />}
        {runsOf(points).map((run) => (
          <Run places={run.map((point) => ({ x: scale.x(point.at), y: scale.y(point.value) }))} />
        ))}
        <circle class="gt-trend__latest" cx={scale.x(latest.at)} cy={scale.y(latest.value)} r="3" />
      </svg>
      <span class="gt-trend__value">
        <strong>{numberWithCommas(latest.value)}</strong> {unit}
        <span class="gt-trend__when">{instantInWords(latest.at)}</span>
      </span>
    </p>
  )
}

/** The stretches without a gap: joining over a missing result would show a value that nobody measured. */
export function runsOf(points: readonly TrendPoint[]): { at: Instant; value: number }[][] {
  const runs: { at: Instant; value: number }[][] = [[]]
  for (const { at, value } of points) {
    if (value === null) runs.push([])
    else runs.at(-1)?.push({ at, value })
  }
  return runs.filter((run) => run.length > 0)
}

const millis = (at: Instant) => (at instanceof Date ? at.getTime() : Date.parse(at))

function scaleOf(
  points: readonly TrendPoint[],
  known: { at: Instant; value: number }[],
  besides: readonly number[],
) {
  const times = points.map((point) => millis(point.at))
  const values = [...known.map((point) => point.value), ...besides]
  const place = (value: number, all: number[], length: number) => {
    const [low, high] = [Math.min(...all), Math.max(...all)]
    const share = high === low ? 0.5 : (value - low) / (high - low)
    return Math.round((margin + share * (length - 2 * margin)) * 10) / 10
  }
  return {
    x: (at: Instant) => place(millis(at), times, width),
    y: (value: number) => Math.round((height - place(value, values, height)) * 10) / 10,
  }
}

function Band({ high, low }: { high: number; low: number }) {
  return <rect class="gt-trend__usual" x="0" y={high} width={width} height={Math.max(low - high, 0.5)} />
}

function Run({ places }: { places: { x: number; y: number }[] }) {
  const [only] = places
  if (only && places.length === 1) return <circle class="gt-trend__single" cx={only.x} cy={only.y} r="2" />
  return <polyline class="gt-trend__run" points={places.map(({ x, y }) => `${x},${y}`).join(' ')} />
}

interface Described extends Pick<TrendProps, 'title' | 'unit' | 'usual'> {
  each: string
  known: { at: Instant; value: number }[]
  missing: number
}

function description({ unit, known, missing, usual, each }: Described): string {
  const values = known.map((point) => point.value)
  const [first, latest] = [known.at(0), known.at(-1)]
  const from = first ? `From ${spoken(first)} to ` : ''
  const to = latest ? spoken(latest) : ''
  const range = `, between ${numberWithCommas(Math.min(...values))} and ${numberWithCommas(Math.max(...values))} ${unit}.`
  const gaps = missing ? ` ${missing === 1 ? `1 ${each} is` : `${missing} ${each}s are`} missing.` : ''
  const band = usual
    ? ` The usual range is ${numberWithCommas(usual.low)} to ${numberWithCommas(usual.high)}.`
    : ''
  return `${from}${to}${range}${gaps}${band}`
}

const spoken = ({ at, value }: { at: Instant; value: number }) =>
  `${numberWithCommas(value)} ${isDateOnly(at) ? 'on' : 'at'} ${instantInWords(at)}`
