import type { ComponentChildren } from 'preact'
import { Card, type CardActions, type CardHeadingOptions } from './card.tsx'
import { type Outer, said, type Words } from './options.ts'

export interface WarningCalloutProps extends Outer {
  heading: Words<CardHeadingOptions>
  actions?: CardActions | undefined
  children?: ComponentChildren
}

export function WarningCallout(props: WarningCalloutProps) {
  const { visuallyHiddenText = 'Important', level = 3, ...heading } = said(props.heading)
  const saysSo = typeof heading.text === 'string' && /important/i.test(heading.text)
  const plain = typeof props.children === 'string'
  return (
    <Card
      id={props.id}
      classes={props.classes}
      attributes={props.attributes}
      variant="warning"
      actions={props.actions}
      heading={{ level, visuallyHiddenText: saysSo ? undefined : visuallyHiddenText, ...heading }}
      description={plain ? (props.children as string) : undefined}
    >
      {plain ? undefined : props.children}
    </Card>
  )
}
