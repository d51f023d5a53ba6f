import type { ComponentChildren } from 'preact'
import { classNames, type Outer } from './options.ts'

export function Hint(props: Outer & { children?: ComponentChildren }) {
  return (
    <div class={classNames('nhsuk-hint', props.classes)} id={props.id} {...props.attributes}>
      {props.children}
    </div>
  )
}
