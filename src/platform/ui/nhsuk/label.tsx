import type { ComponentChildren } from 'preact'
import type { CaptionOptions } from './caption.tsx'
import { Caption } from './caption.tsx'
import { Heading, type HeadingOptions } from './heading.tsx'
import { type Outer, said, type Words } from './options.ts'

export type TitleSize = 's' | 'm' | 'l' | 'xl'

/** The shared options of a label and a legend: each may be the page's heading. */
export interface TitleOptions extends Outer {
  size?: TitleSize | undefined
  caption?: Words<CaptionOptions> | undefined
  visuallyHiddenText?: string | undefined
  isPageHeading?: boolean | undefined
  heading?: Words<HeadingOptions> | boolean | undefined
}

export interface LabelOptions extends TitleOptions {
  for?: string | undefined
}

/** Works out which words, size and caption apply when a label or legend may be wrapped in a heading. */
export function resolveTitle(props: TitleOptions & { children?: ComponentChildren }) {
  const heading = said(props.heading)
  const hasHeading =
    (props.isPageHeading === true && props.heading !== false) ||
    (props.isPageHeading !== false && Boolean(props.heading))
  const size = hasHeading ? (heading.size ?? props.size) : props.size
  const {
    text: captionText,
    size: captionSize = size,
    ...options
  } = said(hasHeading ? (heading.caption ?? props.caption) : props.caption)
  return {
    heading,
    hasHeading,
    size,
    text: hasHeading ? (heading.text ?? props.children) : (props.children ?? heading.text),
    hidden: (hasHeading ? heading.visuallyHiddenText : undefined) ?? props.visuallyHiddenText,
    caption: captionText ? { ...options, text: captionText, size: captionSize } : undefined,
  }
}

export function Label(props: LabelOptions & { children?: ComponentChildren }) {
  const { heading, hasHeading, size, text, hidden, caption } = resolveTitle(props)
  if (!text) return null
  const outside = caption?.placement === 'before' || caption?.placement === 'after'
  const label = (
    <Heading
      element="label"
      block="nhsuk-label"
      sizePrefix="nhsuk-label--"
      id={props.id}
      size={size}
      caption={outside ? undefined : caption}
      visuallyHiddenText={hidden}
      classes={props.classes}
      attributes={{ for: props.for, ...props.attributes }}
    >
      {text}
    </Heading>
  )
  const captionOutside = outside && caption ? <Caption {...caption}>{caption.text}</Caption> : null
  return (
    <>
      {caption?.placement === 'before' && captionOutside}
      {hasHeading ? <LabelHeading {...heading}>{label}</LabelHeading> : label}
      {caption?.placement === 'after' && captionOutside}
    </>
  )
}

function LabelHeading({ level, id, attributes, children }: HeadingOptions & { children: ComponentChildren }) {
  return (
    <Heading level={level} id={id} block="nhsuk-label-wrapper" attributes={attributes}>
      {children}
    </Heading>
  )
}
