import type { ComponentChildren } from 'preact'
import { BackLink, type BackLinkOptions } from './back-link.tsx'
import { type Attributes, classNames, type Maybe, type Outer, present, said, type Words } from './options.ts'

export interface BreadcrumbProps extends Outer {
  items: readonly Maybe<{ text: ComponentChildren; href: string; attributes?: Attributes | undefined }>[]
  ariaLabel?: string | undefined
  variant?: 'reverse' | undefined
  /** On a phone the trail becomes one link back; by default to its last item. */
  backLink?: Words<BackLinkOptions> | undefined
}

export function Breadcrumb(props: BreadcrumbProps) {
  const items = present(props.items)
  const last = items.at(-1)
  const { text: backText = last?.text, ...backLink } = said(props.backLink)
  return (
    <nav
      class={classNames(
        'nhsuk-breadcrumb',
        props.variant && `nhsuk-breadcrumb--${props.variant}`,
        props.classes,
      )}
      id={props.id}
      aria-label={props.ariaLabel ?? 'Breadcrumb'}
      {...props.attributes}
    >
      <ol class="nhsuk-breadcrumb__list">
        {items.map((item) => (
          <li class="nhsuk-breadcrumb__list-item">
            <a class="nhsuk-breadcrumb__link" href={item.href} {...item.attributes}>
              {item.text}
            </a>
          </li>
        ))}
      </ol>
      <BackLink
        visuallyHiddenText="Back to"
        href={last?.href}
        variant={props.variant}
        attributes={last?.attributes}
        {...backLink}
      >
        {backText}
      </BackLink>
    </nav>
  )
}
