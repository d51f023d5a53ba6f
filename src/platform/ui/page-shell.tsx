import type { ComponentChildren, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { assetUrl } from './assets.ts'
import { BackLink } from './nhsuk/back-link.tsx'
import { Footer, type FooterLink } from './nhsuk/footer.tsx'
import { Header, type HeaderOrganisation } from './nhsuk/header.tsx'
import type { HeaderAccountItem } from './nhsuk/header-account.tsx'
import type { HeaderNavigationItem } from './nhsuk/header-navigation.tsx'
import type { HeaderSearchOptions } from './nhsuk/header-search.tsx'
import { type Attributes, classNames, type Maybe } from './nhsuk/options.ts'
import { SkipLink } from './nhsuk/skip-link.tsx'
import { Tag } from './nhsuk/tag.tsx'

export interface Account {
  name: string
  role: string
  /** At most three links, such as "Change role", before "Log out". */
  items?: readonly Maybe<HeaderAccountItem>[] | undefined
  /** Logging out changes something, so it is a form; `fields` holds its token. */
  logOut: { action: string; fields?: ComponentChildren }
}

export interface PageShellProps {
  /** The page's h1, word for word: it starts the title. The page itself renders the h1. */
  heading: string
  section?: string | undefined
  /** True when the form came back with errors: the title says so first. */
  hasErrors?: boolean | undefined
  /** The place, which ends the title and stands in the header. */
  place: HeaderOrganisation
  service?: { text: string; href: string } | undefined
  navigation?: readonly Maybe<HeaderNavigationItem>[] | undefined
  search?: HeaderSearchOptions | undefined
  account?: Account | undefined
  /** The line under the header; false on a system that holds real people. */
  environment?: { tag: string; text: string } | false | undefined
  /** A patient banner: full width, above everything about the person. Never on a page about many people. */
  banner?: ComponentChildren
  /** Back to where the reader came from. */
  backLink?: { href: string; text?: string | undefined } | undefined
  /** A breadcrumb. */
  beforeContent?: ComponentChildren
  /** Repeated at the top of every printed page; see PrintHeader. */
  printHeader?: ComponentChildren
  /** For tables and boards: uses the width of a desktop screen. */
  wide?: boolean | undefined
  footer?: { links?: readonly Maybe<FooterLink>[] | undefined; text?: ComponentChildren } | undefined
  /** The content policy's nonce for the one inline script. Without one there is no inline script. */
  nonce?: string | undefined
  /** Loads Turbo, for pages with frames or live updates. */
  turbo?: boolean | undefined
  children?: ComponentChildren
}

const demonstration = { tag: 'Demonstration', text: 'Every person here is invented.' }
const goldenThread = { text: 'Golden Thread', href: '/' }

/** The whole HTML document of a page. */
export function PageShell(props: PageShellProps) {
  const { service = goldenThread, environment = demonstration } = props
  const width = props.wide ? 'gt-width-wide' : undefined
  return (
    <html lang="en-GB">
      <Head {...props} title={pageTitle({ ...props, service: service.text })} />
      <body>
        {props.nonce && <script nonce={props.nonce}>{markSupported}</script>}
        <SkipLink />
        <Header
          organisation={props.place}
          service={service}
          search={props.search}
          account={props.account && { items: accountItems(props.account) }}
          navigation={props.navigation && { items: props.navigation }}
          containerClasses={width}
        />
        {environment && <Environment {...environment} width={width} />}
        <Printable header={props.printHeader}>
          {props.banner}
          <div class={classNames('nhsuk-width-container', width)}>
            {props.backLink && (
              <nav aria-label="Back">
                <BackLink href={props.backLink.href}>{props.backLink.text}</BackLink>
              </nav>
            )}
            {props.beforeContent}
            <main class="nhsuk-main-wrapper nhsuk-main-wrapper--s" id="maincontent">
              {props.children}
            </main>
          </div>
        </Printable>
        <Footer
          containerClasses={width}
          meta={{ items: [...standingLinks, ...(props.footer?.links ?? [])], text: props.footer?.text }}
        />
      </body>
    </html>
  )
}

/** "Error: Allergies – Record – Golden Thread – Rotherham Place". */
export function pageTitle(
  page: Pick<PageShellProps, 'heading' | 'section' | 'hasErrors' | 'place'> & { service: string },
): string {
  const place = [page.place.name, page.place.split].filter(Boolean).join(' ')
  const parts = [page.heading, page.section, page.service, place].filter(Boolean).join(' – ')
  return page.hasErrors ? `Error: ${parts}` : parts
}

/** The text of the response. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`
}

// Runs before anything is drawn, so that tabs and conditional fields do not jump. Its text has no character
// which HTML escapes, because it is written as text like everything else.
const markSupported =
  "document.body.className+=' js-enabled'+('noModule' in HTMLScriptElement.prototype?' nhsuk-frontend-supported':'')"

const standingLinks: FooterLink[] = [
  { text: 'Privacy and your rights', href: '/privacy' },
  { text: 'Accessibility', href: '/accessibility' },
  { text: 'Cookies', href: '/cookies' },
  { text: 'About this software', href: '/about' },
]

function Head({ title, turbo, nonce }: PageShellProps & { title: string }) {
  return (
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="theme-color" content="#005eb8" />
      {/* Phones would make links of NHS numbers, and a tap would try to ring them. */}
      <meta name="format-detection" content="telephone=no" />
      {turbo && nonce && <meta name="csp-nonce" {...nonceContent(nonce)} />}
      <link rel="icon" href={assetUrl('place.svg')} type="image/svg+xml" />
      <link rel="stylesheet" href={assetUrl('nhsuk.css')} />
      <link rel="stylesheet" href={assetUrl('place.css')} />
      <script type="module" src={assetUrl('nhsuk.js')} />
      <script type="module" src={assetUrl('place.js')} />
      {turbo && <script type="module" src={assetUrl('turbo.js')} />}
    </head>
  )
}

/** Turbo reads the nonce here; as `nonce`, not `content`, it cannot be read back by an injected stylesheet. */
const nonceContent = (nonce: string): Attributes => ({ nonce })

/** Name and role as words, then links, then "Log out", which is always last. */
function accountItems(account: Account): Maybe<HeaderAccountItem>[] {
  return [
    { text: `${account.name} (${account.role})`, icon: true },
    ...(account.items ?? []),
    { text: 'Log out', ...account.logOut },
  ]
}

function Environment({ tag, text, width }: { tag: string; text: string; width: string | undefined }) {
  return (
    <aside class="gt-environment" aria-label="About this system">
      <div class={classNames('nhsuk-width-container gt-environment__inner', width)}>
        <Tag colour="yellow">{tag}</Tag> <span>{text}</span>
      </div>
    </aside>
  )
}

/** Chromium repeats a table's head on every page, and only a table's; on a screen these are plain blocks. */
function Printable({ header, children }: { header: ComponentChildren; children: ComponentChildren }) {
  if (!header) return <>{children}</>
  return (
    <div class="gt-print">
      <div class="gt-print__head">{header}</div>
      <div class="gt-print__body">{children}</div>
    </div>
  )
}
