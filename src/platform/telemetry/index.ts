export { type Figures, openFigures } from './figures.ts'
export { type Histogram, type Metric, metricsText } from './metrics-text.ts'
export { begin, isTraced, startTracing, traced, traceHeaders, traceId, within } from './tracing.ts'
