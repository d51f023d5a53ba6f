import type { ComponentChildren } from 'preact'
import { classNames, type Outer } from './options.ts'

export interface ActionOptions extends Outer {
  text: ComponentChildren
  href?: string | undefined
  /** With a type it is a button which looks like a link. */
  type?: 'submit' | 'button' | undefined
  name?: string | undefined
  value?: string | undefined
  visuallyHiddenText?: string | undefined
}

/** "Change" alone tells a screen reader's user nothing: the hidden words and the subject say of what. */
export function Action(props: ActionOptions & { subject?: ComponentChildren }) {
  const { visuallyHiddenText, subject } = props
  const css = classNames('nhsuk-link', props.classes)
  const content = (
    <>
      {props.text}
      {(visuallyHiddenText || subject) && (
        <span class="nhsuk-u-visually-hidden">
          {visuallyHiddenText && ` ${visuallyHiddenText}`}
          {subject && [' (', subject, ')']}
        </span>
      )}
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
    <button
      class={css}
      id={props.id}
      name={props.name}
      type={props.type ?? 'submit'}
      value={props.value}
      {...props.attributes}
    >
      {content}
    </button>
  )
}
