import type { ComponentChildren } from 'preact'
import { Heading } from './heading.tsx'
import { type Attributes, classNames, type Maybe, type Outer, present, said, type Words } from './options.ts'

export interface ErrorSummaryProps extends Outer {
  heading?: Words | undefined
  description?: Words<object> | undefined
  /** `href` is the id of the field in error: `#nhs-number`. */
  errorList?: readonly Maybe<{
    text: ComponentChildren
    href?: string | undefined
    attributes?: Attributes | undefined
  }>[]
  disableAutoFocus?: boolean | undefined
  children?: ComponentChildren
}

export function ErrorSummary(props: ErrorSummaryProps) {
  const { text: heading, classes: _, ...headingOptions } = said(props.heading ?? 'There is a problem')
  const description = props.children ?? said(props.description).text
  return (
    <div
      class={classNames('nhsuk-error-summary', props.classes)}
      id={props.id}
      data-module="nhsuk-error-summary"
      data-disable-auto-focus={props.disableAutoFocus?.toString()}
      {...props.attributes}
    >
      {/* The alert is a child of what takes the focus, so that screen readers do not lose one to the other. */}
      <div role="alert">
        <Heading level={2} block="nhsuk-error-summary__heading" {...headingOptions}>
          {heading}
        </Heading>
        <div class="nhsuk-error-summary__body">
          {description && <p>{description}</p>}
          {props.errorList && props.errorList.length > 0 && (
            <ul class="nhsuk-list nhsuk-error-summary__list">
              {present(props.errorList).map((item) => (
                <li>
                  {item.href ? (
                    <a href={item.href} {...item.attributes}>
                      {item.text}
                    </a>
                  ) : (
                    item.text
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </div>
  )
}
