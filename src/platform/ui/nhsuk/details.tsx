import type { ComponentChildren } from 'preact'
import { type Attributes, classNames, type Outer, said, type Words } from './options.ts'

export interface DetailsProps extends Outer {
  summary: Words<{ classes?: string | undefined; attributes?: Attributes | undefined }>
  open?: boolean | undefined
  variant?: 'reverse' | undefined
  children?: ComponentChildren
}

export function Details(props: DetailsProps) {
  const summary = said(props.summary)
  return (
    <details
      class={classNames('nhsuk-details', props.variant && `nhsuk-details--${props.variant}`, props.classes)}
      id={props.id}
      {...props.attributes}
      open={props.open}
    >
      <summary class={classNames('nhsuk-details__summary', summary.classes)} {...summary.attributes}>
        <span class="nhsuk-details__summary-text">{summary.text}</span>
      </summary>
      <div class="nhsuk-details__text">{props.children}</div>
    </details>
  )
}
