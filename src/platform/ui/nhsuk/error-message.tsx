import type { ComponentChildren } from 'preact'
import { classNames, type Outer } from './options.ts'

export interface ErrorMessageOptions extends Outer {
  /** Read out before the message; an empty string leaves it out. */
  visuallyHiddenText?: string | undefined
}

export function ErrorMessage(props: ErrorMessageOptions & { children?: ComponentChildren }) {
  const { visuallyHiddenText = 'Error' } = props
  return (
    <span class={classNames('nhsuk-error-message', props.classes)} id={props.id} {...props.attributes}>
      {visuallyHiddenText && <span class="nhsuk-u-visually-hidden">{visuallyHiddenText}: </span>}
      {props.children}
    </span>
  )
}
