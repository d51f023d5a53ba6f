import type { ComponentChildren } from 'preact'
import { Action, type ActionOptions } from './card-action.tsx'
import { Heading, type HeadingOptions } from './heading.tsx'
import { Icon } from './icon.tsx'
import { type Attributes, classNames, type Maybe, type Outer, present, said, type Words } from './options.ts'

export type CareVariant = 'non-urgent' | 'urgent' | 'emergency'

export interface CardHeadingOptions extends HeadingOptions {
  /** Follows the heading, as a date or an author does. */
  after?: ComponentChildren
}

export interface CardProps extends Outer {
  heading?: Words<CardHeadingOptions> | undefined
  /** Makes the heading a link. */
  href?: string | undefined
  clickable?: boolean | undefined
  variant?: 'feature' | 'primary' | 'secondary' | 'warning' | CareVariant | undefined
  actions?: CardActions | undefined
  description?: Words | undefined
  image?: { src: string; alt?: string | undefined } | { element: ComponentChildren } | undefined
  children?: ComponentChildren
}

export type CardActions =
  | readonly Maybe<ActionOptions>[]
  | { items: readonly Maybe<ActionOptions>[]; classes?: string | undefined }

const careWords: Record<CareVariant, string> = {
  'non-urgent': 'Non-urgent advice',
  urgent: 'Urgent advice',
  emergency: 'Immediate action required',
}

const isCare = (variant: CardProps['variant']): variant is CareVariant =>
  variant !== undefined && variant in careWords

export function Card(props: CardProps) {
  const { variant, image } = props
  const heading = said(props.heading)
  const actions = present(
    Array.isArray(props.actions) ? props.actions : (props.actions as { items: [] } | undefined)?.items,
  )
  const care = isCare(variant) && Boolean(heading.text)
  const headed = care || actions.length > 0
  const description = said(props.description)
  const variantClass = care
    ? `nhsuk-card--care nhsuk-card--care--${variant}`
    : variant && !isCare(variant) && `nhsuk-card--${variant}`
  return (
    <div
      class={classNames(
        'nhsuk-card',
        props.clickable && 'nhsuk-card--clickable',
        variantClass,
        props.classes,
      )}
      id={props.id}
      {...props.attributes}
    >
      {image &&
        ('element' in image ? (
          image.element
        ) : (
          <img class="nhsuk-card__img" src={image.src} alt={image.alt ?? ''} />
        ))}
      {headed && (
        <div class="nhsuk-card__heading-container">
          {heading.text && <CardHeading {...heading} card={props} />}
          <CardActionList actions={actions} heading={heading.text} given={props.actions} />
        </div>
      )}
      <div class={classNames('nhsuk-card__content', description.classes)} {...description.attributes}>
        {!headed && heading.text && <CardHeading {...heading} card={props} />}
        {props.children ?? (description.text && <p class="nhsuk-card__description">{description.text}</p>)}
        {variant === 'primary' && <Icon name="chevron-right-circle" />}
      </div>
    </div>
  )
}

type CardHeadingProps = Partial<CardHeadingOptions> & { text?: ComponentChildren; card: CardProps }

function CardHeading({ text, after, level = 2, card, visuallyHiddenText, ...options }: CardHeadingProps) {
  const care = isCare(card.variant) ? careWords[card.variant] : undefined
  const hidden = visuallyHiddenText ?? care
  const href = card.variant === 'feature' ? undefined : card.href
  return (
    <>
      <Heading level={level} block="nhsuk-card__heading" sizePrefix="nhsuk-heading-" {...options}>
        {href ? (
          <a class="nhsuk-card__link" href={href}>
            {text}
          </a>
        ) : hidden ? (
          <ReadTogether hidden={hidden}>{text}</ReadTogether>
        ) : (
          text
        )}
      </Heading>
      {after}
      {care && <span class="nhsuk-card--care__arrow" aria-hidden="true" />}
    </>
  )
}

/** The text role makes VoiceOver read both parts as one phrase. */
function ReadTogether({ hidden, children }: { hidden: string; children: ComponentChildren }) {
  const role: Attributes = { role: 'text' }
  return (
    <span {...role}>
      <span class="nhsuk-u-visually-hidden">{hidden}: </span>
      {children}
    </span>
  )
}

interface CardActionListProps {
  actions: ActionOptions[]
  heading: ComponentChildren
  given: CardActions | undefined
}

function CardActionList({ actions, heading, given }: CardActionListProps) {
  const css = classNames('nhsuk-card__actions', given && 'classes' in given && given.classes)
  const [first] = actions
  if (!first) return null
  if (actions.length === 1) {
    return (
      <div class={css}>
        <Action {...first} subject={heading} />
      </div>
    )
  }
  return (
    <ul class={css}>
      {actions.map((action) => (
        <li class="nhsuk-card__action">
          <Action {...action} subject={heading} />
        </li>
      ))}
    </ul>
  )
}
