import type { ComponentChildren } from 'preact'
import { HeaderAccount, type HeaderAccountOptions } from './header-account.tsx'
import { HeaderNavigation, type HeaderNavigationOptions } from './header-navigation.tsx'
import { HeaderSearch, type HeaderSearchOptions } from './header-search.tsx'
import { type Attributes, classNames, type Outer } from './options.ts'

export interface HeaderOrganisation {
  name: string
  /** The second line of a long name. */
  split?: string | undefined
  descriptor?: string | undefined
}

export interface HeaderProps extends Outer {
  organisation?: HeaderOrganisation | undefined
  /** The organisation's own picture, if it has one. `alt` starts the spoken name of the link home. */
  logo?:
    | {
        src?: string | undefined
        alt?: string | undefined
        href?: string | undefined
        ariaLabel?: string | undefined
      }
    | undefined
  service?: { text: string; href?: string | undefined } | undefined
  search?: HeaderSearchOptions | undefined
  navigation?: HeaderNavigationOptions | undefined
  account?: HeaderAccountOptions | undefined
  colour?: 'white' | undefined
  inline?: boolean | undefined
  containerClasses?: string | undefined
}

/**
 * The design system's header without the NHS logo, which is a trade mark and which a local service must not
 * use by itself: the organisation's name stands in its place.
 */
export function Header(props: HeaderProps) {
  const role: Attributes = { role: 'banner' }
  return (
    <header
      class={classNames(
        'nhsuk-header',
        props.colour && `nhsuk-header--${props.colour}`,
        props.inline && 'nhsuk-header--inline',
        props.organisation && 'nhsuk-header--organisation',
        props.classes,
      )}
      id={props.id}
      data-module="nhsuk-header"
      {...role}
      {...props.attributes}
    >
      <div class={classNames('nhsuk-header__container nhsuk-width-container', props.containerClasses)}>
        <div class="nhsuk-header__service">
          <Service {...props} />
        </div>
        {props.search && <HeaderSearch {...props.search} />}
        {props.account && <HeaderAccount {...props.account} />}
      </div>
      {props.navigation && (
        <HeaderNavigation {...props.navigation} containerClasses={props.containerClasses} />
      )}
    </header>
  )
}

/** Organisation and service are one link when they lead to one place, so that nobody tabs through both. */
function Service({ logo, organisation, service }: HeaderProps) {
  const combined = Boolean(service?.href) && (!logo?.href || service?.href === logo.href)
  const name = <Lozenge logo={logo} organisation={organisation} />
  const home = combined ? service?.href : logo?.href
  const spoken = [
    logo?.alt,
    organisation?.name,
    organisation?.split,
    combined ? service?.text : undefined,
    'homepage',
  ]
  return (
    <>
      {home ? (
        <a
          class="nhsuk-header__service-logo"
          href={home}
          aria-label={logo?.ariaLabel ?? spoken.filter(Boolean).join(' ')}
        >
          {name}
          {/* Kept apart, as two words are, for what reads the link's text. */}
          {'\n'}
          {combined && <ServiceName>{service?.text}</ServiceName>}
        </a>
      ) : (
        name
      )}
      {service && !combined && <ServiceName href={service.href}>{service.text}</ServiceName>}
    </>
  )
}

function Lozenge({ logo, organisation }: Pick<HeaderProps, 'logo' | 'organisation'>) {
  return (
    <>
      {logo?.src && (
        <img class="nhsuk-header__organisation-logo" src={logo.src} width="280" alt={logo.alt ?? ''} />
      )}
      {organisation && (
        <span class="nhsuk-header__organisation-name">
          {organisation.name}
          {organisation.split && ' '}
          {organisation.split && (
            <span class="nhsuk-header__organisation-name-split">{organisation.split}</span>
          )}
        </span>
      )}
      {organisation?.descriptor && (
        <span class="nhsuk-header__organisation-name-descriptor">{organisation.descriptor}</span>
      )}
    </>
  )
}

function ServiceName({ href, children }: { href?: string | undefined; children: ComponentChildren }) {
  if (!href) return <span class="nhsuk-header__service-name">{children}</span>
  return (
    <a class="nhsuk-header__service-name" href={href}>
      {children}
    </a>
  )
}
