import type { ComponentChildren } from 'preact'
import { type Attributes, classNames, type Maybe, type Outer, present } from './options.ts'

export interface TabsProps extends Outer {
  items: readonly Maybe<{
    label: ComponentChildren
    id?: string | undefined
    attributes?: Attributes | undefined
    panel: ComponentChildren
  }>[]
  idPrefix?: string | undefined
  visuallyHiddenText?: string | undefined
}

/** With JavaScript off this is a list of links to the panels, which then all show. */
export function Tabs(props: TabsProps) {
  const idPrefix = props.idPrefix ?? props.id
  const items = present(props.items).map((item, index) => ({
    ...item,
    id: item.id ?? `${idPrefix}-${index + 1}`,
  }))
  return (
    <div
      class={classNames('nhsuk-tabs', props.classes)}
      id={props.id}
      data-module="nhsuk-tabs"
      {...props.attributes}
    >
      <h2 class="nhsuk-tabs__heading">{props.visuallyHiddenText ?? 'Contents'}</h2>
      <ul class="nhsuk-tabs__list">
        {items.map((item, index) => (
          <li class={classNames('nhsuk-tabs__list-item', index === 0 && 'nhsuk-tabs__list-item--selected')}>
            <a class="nhsuk-tabs__tab" href={`#${item.id}`} {...item.attributes}>
              {item.label}
            </a>
          </li>
        ))}
      </ul>
      {items.map((item, index) => (
        <div class={classNames('nhsuk-tabs__panel', index > 0 && 'nhsuk-tabs__panel--hidden')} id={item.id}>
          {typeof item.panel === 'string' ? <p>{item.panel}</p> : item.panel}
        </div>
      ))}
    </div>
  )
}
