import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'
import { type Attributes, classNames, type Outer } from './options.ts'

export interface ButtonProps extends Outer {
  children?: ComponentChildren
  /** With an address it is a link that looks like a button, without one a button. */
  href?: string | undefined
  type?: 'submit' | 'button' | 'reset' | undefined
  name?: string | undefined
  value?: string | undefined
  variant?: 'brand' | 'login' | 'reverse' | 'secondary' | 'secondary-solid' | 'warning' | undefined
  small?: boolean | undefined
  disabled?: boolean | undefined
  preventDoubleClick?: boolean | undefined
  ariaLabel?: string | undefined
  icon?: IconName | { name: IconName; placement?: 'start' | 'end' | undefined } | undefined
}

/** A link that starts something is announced as a button, and the space key presses it (the page's script). */
const asButton: Attributes = { role: 'button', draggable: 'false' }

export function Button(props: ButtonProps) {
  const shared = {
    class: classNames(
      'nhsuk-button',
      props.variant && `nhsuk-button--${props.variant}`,
      props.icon && 'nhsuk-button--icon',
      props.small && 'nhsuk-button--small',
      props.classes,
    ),
    id: props.id,
    'data-module': 'nhsuk-button',
    'data-prevent-double-click': props.preventDoubleClick?.toString(),
    'aria-label': props.ariaLabel,
  }
  if (props.href && !props.type) {
    return (
      <a href={props.href} {...shared} {...asButton} {...props.attributes}>
        <ButtonContent {...props} />
      </a>
    )
  }
  return (
    <button
      {...shared}
      name={props.name}
      type={props.type ?? 'submit'}
      value={props.value}
      disabled={props.disabled}
      aria-disabled={props.disabled ? 'true' : undefined}
      {...props.attributes}
    >
      <ButtonContent {...props} />
    </button>
  )
}

function ButtonContent({ icon: given, children }: ButtonProps) {
  if (!given) return <>{children}</>
  const icon = typeof given === 'string' ? { name: given, placement: 'start' } : given
  return (
    <>
      {icon.placement === 'start' && <Icon name={icon.name} />}
      {children && <span class="nhsuk-button__content">{children}</span>}
      {icon.placement === 'end' && <Icon name={icon.name} />}
    </>
  )
}
