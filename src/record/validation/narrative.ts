const allowed = new Set(
  (
    'a abbr acronym b big blockquote br caption center cite code col colgroup dd dfn div dl dt em font h1 h2 h3 h4 h5 h6 ' +
    'hr i img ins del kbd li map area ol p pre q s samp small span strike strong style sub sup table tbody td tfoot th ' +
    'thead tr tt u ul var'
  ).split(' '),
)

// No tag may hold another `<`, so the scan never goes back: it stays linear on any input.
const tag = /<(?:!--[\s\S]*?-->|(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>)/g

const longest = 1_048_576

/**
 * What is wrong with the XHTML of a narrative, or undefined. It must be one `div`, its tags balanced, nothing in it
 * that could run or fetch (FHIR rules txt-1 and txt-2). This is a screen for storing, not a sanitiser for showing.
 */
export function narrativeFault(text: string): string | undefined {
  if (text.length > longest) return 'This is longer than a narrative may be.'
  if (!/^\s*<div[\s>]/.test(text) || !/<\/div>\s*$/.test(text)) return 'A narrative must be one div element.'
  const open: string[] = []
  let closed = 0
  let end = 0
  let plain = ''
  for (const match of text.matchAll(tag)) {
    const between = text.slice(end, match.index)
    plain += between.trim()
    if (between.includes('<')) return 'A narrative must be well-formed XHTML.'
    end = match.index + match[0].length
    const [, slash, name, attributes = ''] = match
    if (name === undefined) continue
    if (closed > 0) return 'A narrative must be one div element, with nothing after it.'
    const fault = tagFault(name, attributes)
    if (fault) return fault
    if (name === 'img') plain += 'img'
    if (attributes.endsWith('/')) continue
    if (!slash) open.push(name)
    else if (open.pop() !== name)
      return 'The tags of a narrative must be closed in the order they were opened.'
    if (slash && open.length === 0) closed += 1
  }
  if (open.length > 0 || text.slice(end).includes('<')) return 'A narrative must be well-formed XHTML.'
  return plain === '' ? 'A narrative must say something.' : undefined
}

function tagFault(name: string, attributes: string): string | undefined {
  if (!allowed.has(name)) return 'A narrative may hold only the formatting elements that FHIR allows.'
  if (/(?:^|[\s"'/])on[a-z]+\s*=/i.test(attributes)) return 'A narrative must not hold scripts.'
  if (/=\s*["']?\s*(?:javascript|vbscript|data\s*:\s*text)/i.test(attributes))
    return 'A narrative must not hold scripts.'
  return undefined
}
