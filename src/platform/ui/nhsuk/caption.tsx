import type { ComponentChildren } from 'preact'
import { h } from 'preact'
import { classNames, type Outer } from './options.ts'

export interface CaptionOptions extends Outer {
  /** Where it stands to its heading: inside it (start, end) or outside (before, after). */
  placement?: 'before' | 'start' | 'end' | 'after' | undefined
  size?: string | undefined
  element?: string | undefined
}

export function Caption(props: CaptionOptions & { children?: ComponentChildren }) {
  const sized = ['m', 'l', 'xl', 'xxl'].includes(props.size ?? '')
  const below = props.placement === 'after' || props.placement === 'end'
  const css = classNames(
    sized ? `nhsuk-caption-${props.size}` : 'nhsuk-caption',
    below && 'nhsuk-caption--bottom',
    props.classes,
  )
  return h(props.element ?? 'span', { class: css, id: props.id, ...props.attributes }, props.children)
}
