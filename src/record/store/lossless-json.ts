/**
 * FHIR keeps the precision of decimals: 1.0 is not 1. A number that JavaScript would write differently is kept as raw JSON text,
 * which JSON.stringify writes back as it came.
 */
export function parseLossless(text: string): unknown {
  if (!mayLose.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_key, value, context?: { source?: string }) => {
    if (typeof value !== 'number' || context?.source === undefined || String(value) === context.source)
      return value
    return rawJson(context.source)
  })
}

/** Only such texts hold a number that would change: trailing zeros, exponents, a minus zero or too many digits. */
const mayLose = /\d\.\d*0(?!\d)|\d[eE][+-]?\d|-0(?![.\d])|\d{16,}|\d\.\d{15,}/

type WithRaw = { rawJSON(text: string): unknown; isRawJSON(value: unknown): boolean }
const { rawJSON: rawJson, isRawJSON: isRawJson } = JSON as unknown as WithRaw

export { isRawJson }
