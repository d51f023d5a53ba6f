import sanitize from 'sanitize-html'

/**
 * A letter in HTML as it may be shown: its words, structure, tables and pictures that it brings with it. What could run, fetch, send, navigate
 * or pass for a page of ours is left out. It is shown in a sandbox of its own as well; this is so that no browser has to be trusted with it.
 */
export const safeHtml = (html: string): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>Document</title><style>${look}</style></head><body>${sanitize(html, rules)}</body></html>`

const look =
  'body{font:16px/1.5 Arial,sans-serif;margin:16px;color:#212b32;overflow-wrap:anywhere}table{border-collapse:collapse}td,th{border:1px solid #aeb7bd;padding:4px 8px;vertical-align:top;text-align:left}img{max-width:100%}'

const structure =
  'h1 h2 h3 h4 h5 h6 p div span br hr b strong i em u s sub sup small pre blockquote ul ol li dl dt dd address section article header footer'
const tables = 'table caption thead tbody tfoot tr th td colgroup col'

const rules: sanitize.IOptions = {
  allowedTags: `${structure} ${tables} img`.split(' '),
  allowedAttributes: {
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan', 'scope'],
    img: ['src', 'alt'],
    ol: ['start', 'type'],
  },
  // Nothing is fetched: a picture is in the letter or it is not shown.
  allowedSchemes: [],
  allowedSchemesByTag: { img: ['data'] },
  allowProtocolRelative: false,
  exclusiveFilter: ({ tag, attribs }) =>
    tag === 'img' && !/^data:image\/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+$/.test(attribs['src'] ?? ''),
  // Words inside these are no words of the letter.
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'title',
    'iframe',
    'object',
    'embed',
    'svg',
    'math',
    'template',
    'select',
  ],
}
