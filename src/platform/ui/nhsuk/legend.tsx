import type { ComponentChildren } from 'preact'
import { Caption } from './caption.tsx'
import { Heading } from './heading.tsx'
import { resolveTitle, type TitleOptions } from './label.tsx'
import { classNames, modifier } from './options.ts'

export type LegendOptions = TitleOptions

export function Legend(props: LegendOptions & { children?: ComponentChildren }) {
  const { heading, hasHeading, size, text, hidden, caption } = resolveTitle(props)
  if (!text) return null
  const after = caption?.placement === 'after'
  const inside =
    caption && !after
      ? { ...caption, placement: caption.placement === 'end' ? ('end' as const) : undefined }
      : undefined
  const block = classNames(
    'nhsuk-fieldset__legend',
    modifier('nhsuk-fieldset__legend--', size, props.classes),
    props.classes,
  )
  // A legend is the first thing in its fieldset, so a caption set "before" it can only start it.
  const legend = hasHeading ? (
    <legend class={block} id={props.id} {...props.attributes}>
      <Heading
        id={heading.id}
        level={heading.level}
        block="nhsuk-fieldset__heading"
        caption={inside}
        visuallyHiddenText={hidden}
        attributes={heading.attributes}
      >
        {text}
      </Heading>
    </legend>
  ) : (
    <Heading
      element="legend"
      block={block}
      id={props.id}
      caption={inside}
      visuallyHiddenText={hidden}
      attributes={props.attributes}
    >
      {text}
    </Heading>
  )
  return (
    <>
      {legend}
      {after && <Caption {...caption}>{caption.text}</Caption>}
    </>
  )
}
