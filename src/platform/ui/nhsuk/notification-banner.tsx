import type { ComponentChildren } from 'preact'
import { Heading, type HeadingOptions } from './heading.tsx'
import { type Attributes, classNames, type Outer, said, type Words } from './options.ts'

export interface NotificationBannerProps extends Outer {
  variant?: 'success' | undefined
  title?: Words<HeadingOptions> | undefined
  heading?: Words<HeadingOptions> | undefined
  role?: string | undefined
  disableAutoFocus?: boolean | undefined
  children?: ComponentChildren
}

export function NotificationBanner(props: NotificationBannerProps) {
  const success = props.variant === 'success'
  const {
    text: title = success ? 'Success' : 'Important',
    id: titleId = 'nhsuk-notification-banner-title',
    ...titleOptions
  } = said(props.title)
  const { text: heading, ...headingOptions } = said(props.heading)
  // Good news just done is announced at once; other banners are a landmark to find.
  const role: Attributes = { role: props.role ?? (success ? 'alert' : 'region'), 'aria-labelledby': titleId }
  const text = heading ? 'nhsuk-body' : 'nhsuk-notification-banner__heading'
  return (
    <div
      class={classNames(
        'nhsuk-notification-banner',
        props.classes,
        success && 'nhsuk-notification-banner--success',
      )}
      id={props.id}
      data-module="nhsuk-notification-banner"
      data-disable-auto-focus={props.disableAutoFocus?.toString()}
      {...role}
      {...props.attributes}
    >
      <div class="nhsuk-notification-banner__header">
        <Heading level={2} id={titleId} block="nhsuk-notification-banner__title" {...titleOptions}>
          {title}
        </Heading>
      </div>
      <div class="nhsuk-notification-banner__content">
        {heading && (
          <Heading level={3} block="nhsuk-notification-banner__heading" {...headingOptions}>
            {heading}
          </Heading>
        )}
        {typeof props.children === 'string' ? <p class={text}>{props.children}</p> : props.children}
      </div>
    </div>
  )
}
