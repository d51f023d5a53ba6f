import type { ComponentChildren } from 'preact'
import { classNames, type Outer } from './options.ts'

export function SkipLink(props: Outer & { href?: string | undefined; children?: ComponentChildren }) {
  return (
    <a
      class={classNames('nhsuk-skip-link', props.classes)}
      id={props.id}
      data-module="nhsuk-skip-link"
      href={props.href ?? '#maincontent'}
      {...props.attributes}
    >
      {props.children ?? 'Skip to main content'}
    </a>
  )
}
