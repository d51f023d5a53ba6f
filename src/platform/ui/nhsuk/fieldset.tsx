import type { ComponentChildren } from 'preact'
import { Legend, type LegendOptions } from './legend.tsx'
import { type Attributes, classNames, type Outer, said, type Words } from './options.ts'

export interface FieldsetOptions extends Outer {
  legend?: Words<LegendOptions> | undefined
  role?: string | undefined
  describedBy?: string | undefined
}

export function Fieldset(props: FieldsetOptions & { children?: ComponentChildren }) {
  const { text, ...legend } = said(props.legend)
  const role: Attributes = props.role ? { role: props.role } : {}
  return (
    <fieldset
      class={classNames('nhsuk-fieldset', props.classes)}
      id={props.id}
      {...role}
      aria-describedby={props.describedBy || undefined}
      {...props.attributes}
    >
      <Legend {...legend}>{text}</Legend>
      {props.children}
    </fieldset>
  )
}
