import type { ComponentChildren } from 'preact'
import { type Attributes, classNames, type Maybe, type Outer, present } from './options.ts'

export interface ContentsItem {
  text: ComponentChildren
  href?: string | undefined
  current?: boolean | undefined
  items?: readonly Maybe<ContentsItem>[] | undefined
  classes?: string | undefined
  attributes?: Attributes | undefined
}

export interface ContentsListProps extends Outer {
  items: readonly Maybe<ContentsItem>[]
  ariaLabel?: string | undefined
  visuallyHiddenText?: string | undefined
}

export function ContentsList(props: ContentsListProps) {
  // The explicit role is the design system's own; older screen readers need it.
  const role: Attributes = { role: 'navigation' }
  return (
    <nav
      class={classNames('nhsuk-contents-list', props.classes)}
      id={props.id}
      {...role}
      aria-label={props.ariaLabel ?? 'Pages in this guide'}
      {...props.attributes}
    >
      <h2 class="nhsuk-u-visually-hidden">{props.visuallyHiddenText ?? 'Contents'}</h2>
      <Contents items={props.items} />
    </nav>
  )
}

function Contents({ items }: { items: readonly Maybe<ContentsItem>[] }) {
  return (
    <ol class="nhsuk-contents-list__list">
      {present(items).map((item) => (
        <li class="nhsuk-contents-list__item" aria-current={item.current ? 'page' : undefined}>
          {item.current ? (
            <span class={classNames('nhsuk-contents-list__current', item.classes)} {...item.attributes}>
              {item.text}
            </span>
          ) : (
            <a
              class={classNames('nhsuk-contents-list__link', item.classes)}
              href={item.href ?? '#'}
              {...item.attributes}
            >
              {item.text}
            </a>
          )}
          {item.items && <Contents items={item.items} />}
        </li>
      ))}
    </ol>
  )
}
