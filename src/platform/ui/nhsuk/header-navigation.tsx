import type { ComponentChildren } from 'preact'
import { type Attributes, classNames, type Maybe, present } from './options.ts'

export interface HeaderNavigationItem {
  text: ComponentChildren
  href?: string | undefined
  /** This very page. */
  current?: boolean | undefined
  /** A page within this section. */
  active?: boolean | undefined
  classes?: string | undefined
  attributes?: Attributes | undefined
}

export interface HeaderNavigationOptions {
  items: readonly Maybe<HeaderNavigationItem>[]
  colour?: 'white' | undefined
  justified?: boolean | undefined
  ariaLabel?: string | undefined
  classes?: string | undefined
  attributes?: Attributes | undefined
}

export function HeaderNavigation(props: HeaderNavigationOptions & { containerClasses?: string | undefined }) {
  if (props.items.length === 0) return null
  return (
    <nav
      class={classNames(
        'nhsuk-header__navigation',
        props.colour && `nhsuk-header__navigation--${props.colour}`,
        props.justified && 'nhsuk-header__navigation--justified',
        props.classes,
      )}
      aria-label={props.ariaLabel ?? 'Menu'}
      {...props.attributes}
    >
      <div
        class={classNames('nhsuk-header__navigation-container nhsuk-width-container', props.containerClasses)}
      >
        <ul class="nhsuk-header__navigation-list">
          {present(props.items).map(NavigationItem)}
          {/* The script shows this, and moves what does not fit into it. */}
          <li class="nhsuk-header__menu" hidden>
            {/* biome-ignore lint/a11y/useButtonType: the design system writes it so, outside any form */}
            <button
              class="nhsuk-header__menu-toggle nhsuk-header__navigation-link"
              id="toggle-menu"
              aria-expanded="false"
            >
              <span class="nhsuk-u-visually-hidden">Browse </span>More
            </button>
          </li>
        </ul>
      </div>
    </nav>
  )
}

function NavigationItem(item: HeaderNavigationItem) {
  const here = item.active || item.current
  const current = item.current ? ('page' as const) : item.active ? ('true' as const) : undefined
  // Bold says "you are here" to people who override colours.
  const words = here ? (
    <strong class="nhsuk-header__navigation-item-current-fallback">{item.text}</strong>
  ) : (
    item.text
  )
  return (
    <li
      class={classNames(
        'nhsuk-header__navigation-item',
        here && 'nhsuk-header__navigation-item--current',
        item.classes,
      )}
      {...item.attributes}
    >
      {item.href ? (
        <a class="nhsuk-header__navigation-link" href={item.href} aria-current={current}>
          {words}
        </a>
      ) : (
        <span class="nhsuk-header__navigation-text" aria-current={current}>
          {words}
        </span>
      )}
    </li>
  )
}
