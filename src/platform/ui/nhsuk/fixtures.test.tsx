import { readFileSync } from 'node:fs'
import { type ComponentChildren, type ComponentType, h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { ActionLink } from './action-link.tsx'
import { BackLink } from './back-link.tsx'
import { Breadcrumb } from './breadcrumb.tsx'
import { Button } from './button.tsx'
import { Card } from './card.tsx'
import { Checkboxes } from './checkboxes.tsx'
import { ContentsList } from './contents-list.tsx'
import { DateInput } from './date-input.tsx'
import { Details } from './details.tsx'
import { children, tree } from './dom-tree.ts'
import { ErrorMessage } from './error-message.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { Fieldset } from './fieldset.tsx'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { Heading } from './heading.tsx'
import { Hint } from './hint.tsx'
import { Input } from './input.tsx'
import { InsetText } from './inset-text.tsx'
import { Label } from './label.tsx'
import { Legend } from './legend.tsx'
import { NotificationBanner } from './notification-banner.tsx'
import { Pagination } from './pagination.tsx'
import { Radios } from './radios.tsx'
import { Select } from './select.tsx'
import { SkipLink } from './skip-link.tsx'
import { SummaryList } from './summary-list.tsx'
import { Table } from './table.tsx'
import { Tabs } from './tabs.tsx'
import { Tag } from './tag.tsx'
import { Textarea } from './textarea.tsx'
import { WarningCallout } from './warning-callout.tsx'

type Options = Record<string, unknown>

interface Subject {
  component: ComponentType<never>
  /** Where our props differ from the macro's options on purpose. */
  adapt?: (props: Options) => Options
  /** Fixture name to the reason we do not follow it. One that starts to pass must leave this list. */
  skipped?: Record<string, string>
}

const subjects: Record<string, Subject> = {
  'action-link': { component: ActionLink },
  'back-link': { component: BackLink },
  breadcrumb: { component: Breadcrumb },
  button: { component: Button },
  card: { component: Card, adapt: cardProps },
  checkboxes: { component: Checkboxes, adapt: choiceProps },
  'contents-list': { component: ContentsList },
  'date-input': { component: DateInput },
  details: { component: Details },
  'error-message': { component: ErrorMessage },
  'error-summary': { component: ErrorSummary },
  fieldset: { component: Fieldset },
  footer: { component: Footer, adapt: footerProps },
  header: { component: Header, adapt: headerProps },
  heading: { component: Heading },
  hint: { component: Hint },
  input: { component: Input },
  'inset-text': { component: InsetText },
  label: { component: Label },
  legend: { component: Legend },
  'notification-banner': { component: NotificationBanner },
  pagination: {
    component: Pagination,
    skipped: { 'with deprecated options': 'the options are withdrawn; use previous and next' },
  },
  radios: { component: Radios, adapt: choiceProps },
  select: { component: Select },
  'skip-link': { component: SkipLink },
  'summary-list': { component: SummaryList },
  tables: {
    component: Table,
    skipped: { 'as a card (feature) with deprecated options': 'the options are withdrawn; use card' },
  },
  tabs: { component: Tabs, adapt: tabsProps },
  tag: { component: Tag },
  textarea: { component: Textarea },
  'warning-callout': { component: WarningCallout },
}

interface Fixture {
  name: string
  context: Options
  callBlock?: string
  html: string
}

const folder = new URL('../../../../node_modules/nhsuk-frontend/dist/nhsuk/components/', import.meta.url)

function fixturesOf(component: string): Fixture[] {
  return JSON.parse(readFileSync(new URL(`${component}/fixtures.json`, folder), 'utf8')).fixtures
}

/** Markup becomes elements wherever an option holds it, so that `html` options arrive as a page would pass them. */
function withElements(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withElements)
  // The templates trim what they are given, because of how they are indented.
  if (typeof value === 'string') return value.trim()
  if (typeof value !== 'object' || value === null) return value
  const { html, ...rest } = value as Options
  const entries = Object.entries(rest).map(([key, inner]) => [key, withElements(inner)])
  const options = Object.fromEntries(entries)
  if (typeof html !== 'string') return options
  return 'text' in options ? { ...options, after: children(html) } : { ...options, text: children(html) }
}

/** The NHS logo is a trade mark, so ours has none: the rest of the header must still match. */
const withoutNhsLogo = (html: string) => html.replace(/<svg class="nhsuk-header__logo".*?<\/svg>/s, '')

function propsFrom(fixture: Fixture): Options {
  const { text, ...props } = withElements(fixture.context) as Options
  const content = fixture.callBlock ? children(fixture.callBlock) : text
  return content === undefined ? props : { ...props, children: content }
}

/** Content that is markup is `children` with us; only words go in `description`. */
function cardProps({ description, image, ...props }: Options): Options {
  const text = (description as { text?: unknown } | undefined)?.text
  const picture = image as { text?: unknown } | undefined
  const images = picture?.text ? { image: { element: picture.text } } : picture ? { image } : {}
  if (typeof text !== 'object') return { ...props, ...images, description }
  return { ...props, ...images, children: text }
}

/** Ours takes the conditional fields themselves, and not the two names which the design system is withdrawing. */
function choiceProps({ items, ...props }: Options): Options {
  const each = ({ conditional, exclusive, exclusiveGroup, ...item }: Options): Options => ({
    ...(exclusive ? { behaviour: 'exclusive' } : {}),
    ...(exclusiveGroup ? { behaviourGroup: exclusiveGroup } : {}),
    ...item,
    conditional: (conditional as Options | undefined)?.['text'],
  })
  return { ...props, items: (items as Options[]).map(each) }
}

function tabsProps({ items, ...props }: Options): Options {
  return {
    ...props,
    items: (items as Options[]).map((item) => ({ ...item, panel: (item['panel'] as Options)['text'] })),
  }
}

/** Ours claims no copyright unless told to; the design system's default is NHS England's. */
function footerProps({ copyright, ...props }: Options): Options {
  const text = (copyright as { text?: string } | undefined)?.text ?? copyright
  return { ...props, copyright: text === undefined ? '© NHS England' : text }
}

/** Ours has no default that names the NHS or sends a search to its website. */
function headerProps({ logo, search, service, ...props }: Options): Options {
  const asked = search as { input?: Options; label?: Options } | boolean | undefined
  const { input, label } = typeof asked === 'object' ? asked : {}
  return {
    ...props,
    logo: { alt: 'NHS', ...(logo as Options | undefined) },
    service: (service as Options | undefined)?.['text'] ? service : undefined,
    search: asked && {
      action: 'https://www.nhs.uk/search/',
      method: 'get',
      label: label?.['visuallyHiddenText'] ?? 'Search the NHS website',
      placeholder: input?.['placeholder'],
    },
  }
}

for (const [name, { component, adapt = (props: Options) => props, skipped = {} }] of Object.entries(
  subjects,
)) {
  describe(name, () => {
    const seen = new Map<string, number>()
    for (const fixture of fixturesOf(name)) {
      const count = (seen.get(fixture.name) ?? 0) + 1
      seen.set(fixture.name, count)
      const title = count === 1 ? fixture.name : `${fixture.name} (${count})`
      const run = () => {
        const props = adapt(propsFrom(fixture))
        const html = renderToString(
          h(component as ComponentType<Options>, props as { children?: ComponentChildren }),
        )
        expect(tree(html)).toEqual(tree(withoutNhsLogo(fixture.html)))
      }
      const reason = skipped[title]
      if (reason) it.fails(`${title} is not followed: ${reason}`, run)
      else it(title, run)
    }
    for (const title of Object.keys(skipped)) {
      it(`lists "${title}", which exists`, () =>
        expect([...seen.keys()]).toContain(title.replace(/ \(\d+\)$/, '')))
    }
  })
}

describe('the comparison itself', () => {
  it.each([
    ['a wrong class', '<a class="nhsuk-tagg">New</a>'],
    ['a missing attribute', '<a>New</a>'],
    ['another element', '<b class="nhsuk-tag">New</b>'],
    ['other words', '<a class="nhsuk-tag">Old</a>'],
    ['a lost space', '<a class="nhsuk-tag">New<i> one</i></a>'],
  ])('sees %s', (_, html) => {
    const right = html.includes('<i>')
      ? '<a class="nhsuk-tag">New<i>one</i></a>'
      : '<a class="nhsuk-tag">New</a>'
    expect(tree(html)).not.toEqual(tree(right))
  })

  it('does not mind how the markup is laid out', () => {
    expect(tree('<a id="a" class="b">\n  New\n</a>')).toEqual(tree('<a class="b" id="a">New</a>'))
  })
})
