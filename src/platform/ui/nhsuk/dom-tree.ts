/** For the fixture test: reads markup as a tree which two renderings can be compared by. */
import { parseHTML } from 'linkedom'
import { type ComponentChildren, Fragment, h } from 'preact'

export type Tree = string | { tag: string; attributes: Record<string, string>; children: Tree[] }

const body = (html: string) => parseHTML(`<!doctype html><html><body>${html}</body></html>`).document.body

/** The markup as Preact elements, the way a page would write it. */
export function children(html: string): ComponentChildren {
  return h(Fragment, null, [...body(html.trim()).childNodes].map(toElement))
}

function toElement(node: Node): ComponentChildren {
  if (node.nodeType === 3) return node.textContent
  if (node.nodeType !== 1) return null
  const element = node as Element
  const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]))
  return h(element.localName, attributes, [...element.childNodes].map(toElement))
}

export function tree(html: string): Tree[] {
  return treesOf(merged(body(html)))
}

/** The parser splits text at each character reference (`it&#39;s`), which says nothing about the markup. */
function merged(root: Element): Element {
  root.normalize()
  return root
}

function treesOf(parent: Element): Tree[] {
  const nodes = [...parent.childNodes].filter((node) => node.nodeType !== 8)
  return nodes.flatMap((node): Tree[] => {
    if (node.nodeType === 1) {
      const element = node as Element
      return [{ tag: element.localName, attributes: attributesOf(element), children: treesOf(element) }]
    }
    const text = words(node.textContent ?? '')
    return text ? [text] : []
  })
}

/**
 * White space with a line break in it is the template's layout, not content, so at either end of a run
 * of text it goes. A space written on purpose ("Next" then " page") stays.
 */
function words(text: string): string {
  return text.replace(/^\s*\n\s*|\s*\n\s*$/g, '').replace(/\s+/g, ' ')
}

function attributesOf(element: Element): Record<string, string> {
  return Object.fromEntries(
    [...element.attributes]
      .map(({ name, value }): [string, string] => [name, value.replace(/\s+/g, ' ').trim()])
      .sort(([a], [b]) => a.localeCompare(b)),
  )
}
