/** What a sender would rather be answered with, by RFC 7240 and FHIR: a representation unless it says otherwise. */
export type Prefer = {
  returns: 'minimal' | 'representation' | 'OperationOutcome' | undefined
  isAsync: boolean
}

const returned = new Map(
  (['minimal', 'representation', 'OperationOutcome'] as const).map((each) => [each.toLowerCase(), each]),
)

export function preferOf(headers: Record<string, string | undefined>): Prefer {
  const asked = (headers['prefer'] ?? '').split(/[,;]/).map((each) => each.trim().toLowerCase())
  const returns = asked.find((each) => each.startsWith('return='))?.slice('return='.length)
  return { returns: returned.get(returns ?? ''), isAsync: asked.includes('respond-async') }
}
