import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import { classNames, type Outer } from './options.ts'

export interface ActionLinkProps extends Outer {
  children?: ComponentChildren
  href?: string | undefined
  type?: 'submit' | 'button' | undefined
  variant?: 'reverse' | undefined
}

export function ActionLink(props: ActionLinkProps) {
  const css = classNames(
    'nhsuk-action-link',
    props.variant && `nhsuk-action-link--${props.variant}`,
    props.classes,
  )
  const content = (
    <>
      <Icon name="arrow-right-circle" />
      <span class="nhsuk-action-link__text">{props.children}</span>
    </>
  )
  if (props.href && !props.type) {
    return (
      <a class={css} id={props.id} href={props.href} {...props.attributes}>
        {content}
      </a>
    )
  }
  return (
    <button class={css} id={props.id} type={props.type ?? 'submit'} {...props.attributes}>
      {content}
    </button>
  )
}
