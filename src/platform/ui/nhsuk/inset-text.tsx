import type { ComponentChildren } from 'preact'
import { classNames, type Outer } from './options.ts'

export interface InsetTextProps extends Outer {
  children?: ComponentChildren
  visuallyHiddenText?: string | undefined
}

export function InsetText(props: InsetTextProps) {
  return (
    <div class={classNames('nhsuk-inset-text', props.classes)} id={props.id} {...props.attributes}>
      <span class="nhsuk-u-visually-hidden">{props.visuallyHiddenText ?? 'Information'}: </span>
      {typeof props.children === 'string' ? <p>{props.children}</p> : props.children}
    </div>
  )
}
