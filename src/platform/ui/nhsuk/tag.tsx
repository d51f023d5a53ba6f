import type { ComponentChildren } from 'preact'
import { classNames, modifier, type Outer } from './options.ts'

export type TagColour =
  | 'white'
  | 'grey'
  | 'green'
  | 'aqua-green'
  | 'blue'
  | 'purple'
  | 'pink'
  | 'red'
  | 'orange'
  | 'yellow'

export interface TagProps extends Outer {
  children?: ComponentChildren
  /** False takes the colour away. The words must carry the meaning: colour is never the only signal. */
  colour?: TagColour | false | undefined
  border?: boolean | undefined
}

export function Tag(props: TagProps) {
  return (
    <strong
      class={classNames(
        'nhsuk-tag',
        modifier('nhsuk-tag--', props.colour, props.classes),
        props.colour === false && 'nhsuk-tag--no-colour',
        props.border === false && 'nhsuk-tag--no-border',
        props.classes,
      )}
      id={props.id}
      {...props.attributes}
    >
      {props.children}
    </strong>
  )
}
