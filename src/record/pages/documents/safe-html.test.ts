import fc from 'fast-check'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { safeHtml } from './safe-html.ts'

const bodyOf = (html: string) => /<body>(.*)<\/body>/s.exec(safeHtml(html))?.[1] ?? ''

test('a letter keeps its words, structure, tables and its own pictures', () => {
  const letter =
    '<h1>Clinic letter</h1><p>Blood pressure <b>130/80</b></p><table><tbody><tr><td colspan="2">5 &lt; 6</td></tr></tbody></table><img src="data:image/png;base64,AAAA" alt="Chart" />'
  expect(bodyOf(letter)).toBe(letter)
})

test.each([
  ['a script', '<p>Hello</p><script>alert(1)</script>', '<p>Hello</p>'],
  ['a handler', '<p onclick="x()" onmouseover=x()>Hello</p>', '<p>Hello</p>'],
  ['a picture from elsewhere', '<img src="https://evil.example/seen.gif">Hello', 'Hello'],
  ['a picture without quotes', '<img src=//evil.example/a.png>Hello', 'Hello'],
  ['a picture that is SVG', '<img src="data:image/svg+xml;base64,AAAA">Hello', 'Hello'],
  ['a broken picture that runs', '<img src=x onerror=alert(1)>Hello', 'Hello'],
  ['a link', '<a href="javascript:alert(1)">Hello</a>', 'Hello'],
  ['a link to somewhere', '<a href="https://evil.example">Hello</a>', 'Hello'],
  ['a form', '<form action="https://evil.example"><input name="p">Hello</form>', 'Hello'],
  ['a frame', '<iframe src="https://evil.example"></iframe>Hello', 'Hello'],
  ['SVG', '<svg><script>alert(1)</script><a xlink:href="javascript:x">x</a></svg>Hello', 'Hello'],
  [
    'MathML that hides a style',
    '<math><mtext><style><img src=x onerror=x></style></mtext></math>Hello',
    'Hello',
  ],
  [
    'styles',
    '<style>@import "https://evil.example/x.css"</style><p style="position:fixed">Hello</p>',
    '<p>Hello</p>',
  ],
  ['a refresh', '<meta http-equiv="refresh" content="0;url=https://evil.example">Hello', 'Hello'],
  ['a base', '<base href="https://evil.example/">Hello', 'Hello'],
  ['an object', '<object data="x.swf"><embed src="x"></object>Hello', 'Hello'],
  ['a comment for old browsers', '<!--[if IE]><script>x</script><![endif]-->Hello', 'Hello'],
  ['tags inside tags', '<scr<script>ipt>alert(1)</scr</script>ipt>Hello', 'Hello'],
])('%s is left out', (_, html, kept) => expect(bodyOf(html)).toContain(kept))

const dangerous =
  /<\s*(script|style|iframe|object|embed|form|input|link|meta|base|svg|math|a)\b|\son\w+\s*=|javascript:|https?:|srcdoc|xlink/i

test('the left out leaves nothing behind', () => {
  for (const [, html] of [
    ['', '<img src=x onerror=alert(1)>'],
    ['', '<scr<script>ipt>alert(1)</scr</script>ipt>'],
    ['', '<a href="javascript:alert(1)">x</a>'],
    ['', '<svg/onload=alert(1)>'],
    ['', '<p style="background:url(javascript:x)">x</p>'],
    ['', '<table background="https://evil.example"><td background=x>x</table>'],
  ])
    expect(bodyOf(html ?? '').replace(/&lt;.*?&gt;/g, '')).not.toMatch(dangerous)
})

const piece = fc.constantFrom(
  '<script>',
  '</script>',
  '<img src=',
  '"',
  "'",
  '>',
  '<',
  ' onerror=alert(1) ',
  'javascript:',
  '<svg',
  '<a href=',
  '<!--',
  '-->',
  '<style>',
  '</style>',
  '<math>',
  '<iframe srcdoc=',
  '&#x3c;script&#x3e;',
  '<p>',
  '</p>',
  'data:image/png;base64,AAAA',
  '\u0000',
  '<noscript>',
  '<template>',
  '/>',
  'https://evil.example',
)

test('from any pieces only what is allowed comes out', () => {
  const allowed = new Set(
    'H1 H2 H3 H4 H5 H6 P DIV SPAN BR HR B STRONG I EM U S SUB SUP SMALL PRE BLOCKQUOTE UL OL LI DL DT DD ADDRESS SECTION ARTICLE HEADER FOOTER TABLE CAPTION THEAD TBODY TFOOT TR TH TD COLGROUP COL IMG'.split(
      ' ',
    ),
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 15 }), (pieces) => {
      const { document } = parseHTML(safeHtml(pieces.join('')))
      for (const element of document.querySelectorAll('body *')) {
        expect(allowed).toContain(element.tagName.toUpperCase())
        for (const { name, value } of element.attributes) {
          expect(['colspan', 'rowspan', 'scope', 'src', 'alt', 'start', 'type']).toContain(name)
          if (name === 'src') expect(value).toMatch(/^data:image\/(png|jpeg|gif);base64,/)
        }
      }
    }),
    { numRuns: 300 },
  )
})
