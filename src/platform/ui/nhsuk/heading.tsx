import type { ComponentChildren } from 'preact'
import { h } from 'preact'
import { Caption, type CaptionOptions } from './caption.tsx'
import { classNames, modifier, type Outer, said, type Words } from './options.ts'

export type Size = 'xxs' | 'xs' | 's' | 'm' | 'l' | 'xl'

export interface HeadingOptions extends Outer {
  size?: Size | undefined
  level?: number | undefined
  element?: string | undefined
  caption?: Words<CaptionOptions> | undefined
  href?: string | undefined
  visuallyHiddenText?: string | undefined
}

export interface HeadingProps extends HeadingOptions {
  /** The class of the component which this heading belongs to, in place of `nhsuk-heading`. */
  block?: string | undefined
  /** How that component writes a size: `nhsuk-label--` gives `nhsuk-label nhsuk-label--m`. */
  sizePrefix?: string | undefined
  children?: ComponentChildren
}

export function Heading(props: HeadingProps) {
  const { block = 'nhsuk-heading', sizePrefix = `${block}-`, size } = props
  const { text, size: captionSize = size, ...options } = said(props.caption)
  const caption = text ? (
    <Caption size={captionSize} {...options}>
      {text}
    </Caption>
  ) : null
  // A plain heading's size replaces its class; a component's heading keeps its own class and adds the size.
  const sized = modifier(sizePrefix, size, props.classes)
  const css = sized && sizePrefix === `${block}-` ? sized : classNames(block, sized)
  const content = props.href ? (
    <a class="nhsuk-link" href={props.href}>
      {props.children}
    </a>
  ) : (
    props.children
  )
  const placement = options.placement ?? 'start'
  return (
    <>
      {placement === 'before' && caption}
      {h(
        props.element ?? `h${props.level ?? 1}`,
        { class: classNames(css, props.classes), id: props.id, ...props.attributes },
        [
          placement === 'start' && caption,
          content,
          props.visuallyHiddenText && (
            <span class="nhsuk-u-visually-hidden"> {props.visuallyHiddenText}</span>
          ),
          placement === 'end' && caption,
        ],
      )}
      {placement === 'after' && caption}
    </>
  )
}
