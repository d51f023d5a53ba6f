import type { ComponentChildren } from 'preact'
import { classNames, type Outer } from './options.ts'

export interface BackLinkOptions extends Outer {
  href?: string | undefined
  type?: 'submit' | 'button' | undefined
  variant?: 'reverse' | undefined
  visuallyHiddenText?: string | undefined
}

export function BackLink(props: BackLinkOptions & { children?: ComponentChildren }) {
  const css = classNames(
    'nhsuk-back-link',
    props.variant && `nhsuk-back-link--${props.variant}`,
    props.classes,
  )
  const content = (
    <>
      {props.visuallyHiddenText && <span class="nhsuk-u-visually-hidden">{props.visuallyHiddenText} </span>}
      {props.children ?? 'Back'}
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
