import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import { type Attributes, classNames, type Maybe, present } from './options.ts'

export interface HeaderAccountItem {
  text: ComponentChildren
  href?: string | undefined
  /** With an action it is a form with one button: what changes something must not be a link. */
  action?: string | undefined
  method?: 'post' | 'get' | undefined
  icon?: boolean | undefined
  /** Hidden fields of the form, such as the token against forged requests. */
  fields?: ComponentChildren
  classes?: string | undefined
}

export interface HeaderAccountOptions {
  items: readonly Maybe<HeaderAccountItem>[]
  ariaLabel?: string | undefined
  classes?: string | undefined
  attributes?: Attributes | undefined
}

export function HeaderAccount(props: HeaderAccountOptions) {
  return (
    <nav
      class={classNames('nhsuk-header__account', props.classes)}
      aria-label={props.ariaLabel ?? 'Account'}
      {...props.attributes}
    >
      <ul class="nhsuk-header__account-list">
        {present(props.items).map((item) => (
          <li class={classNames('nhsuk-header__account-item', item.classes)}>
            <AccountItem {...item} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

function AccountItem(item: HeaderAccountItem) {
  const content = (
    <>
      {item.icon && <Icon name="user" />}
      {item.text}
    </>
  )
  if (item.href) {
    return (
      <a class="nhsuk-header__account-link" href={item.href}>
        {content}
      </a>
    )
  }
  if (!item.action) return content
  return (
    <form class="nhsuk-header__account-form" action={item.action} method={item.method ?? 'post'} novalidate>
      {item.fields}
      {/* biome-ignore lint/a11y/useButtonType: the design system writes it so, and submit is the default */}
      <button class="nhsuk-header__account-button">{content}</button>
    </form>
  )
}
