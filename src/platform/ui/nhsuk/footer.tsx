import type { ComponentChildren } from 'preact'
import { Heading, type HeadingOptions } from './heading.tsx'
import { type Attributes, classNames, type Maybe, type Outer, present, said, type Words } from './options.ts'

export interface FooterLink {
  text: ComponentChildren
  href: string
  attributes?: Attributes | undefined
}

export interface FooterColumn {
  heading?: Words<HeadingOptions> | undefined
  width?: string | undefined
  /** A string is set as a paragraph. */
  text?: ComponentChildren
  items?: readonly Maybe<FooterLink>[] | undefined
}

export interface FooterProps extends Outer {
  navigation?: FooterColumn | readonly FooterColumn[] | undefined
  columns?: number | undefined
  meta?:
    | Words<{ items?: readonly Maybe<FooterLink>[] | undefined; visuallyHiddenText?: string | undefined }>
    | undefined
  /** Nothing is claimed unless the page says whose it is. */
  copyright?: ComponentChildren
  containerClasses?: string | undefined
  children?: ComponentChildren
}

const widths: Record<number, string> = { 1: 'full', 2: 'one-half', 3: 'one-third', 4: 'one-quarter' }

export function Footer(props: FooterProps) {
  const meta = said(props.meta)
  const role: Attributes = { role: 'contentinfo' }
  const content = props.children ?? meta.text
  return (
    <footer class={classNames('nhsuk-footer', props.classes)} id={props.id} {...role} {...props.attributes}>
      <div class={classNames('nhsuk-width-container', props.containerClasses)}>
        <FooterNavigation {...props} />
        <div class="nhsuk-footer__meta">
          {meta.items && (
            <h2 class="nhsuk-u-visually-hidden">{meta.visuallyHiddenText ?? 'Support links'}</h2>
          )}
          {meta.items && <FooterList items={meta.items} />}
          {typeof content === 'string' ? <p class="nhsuk-body-s">{content}</p> : content}
          {props.copyright && <p class="nhsuk-body-s">{props.copyright}</p>}
        </div>
      </div>
    </footer>
  )
}

function FooterNavigation({ navigation, columns: asked = 4 }: FooterProps) {
  if (!navigation) return null
  const columns = widths[asked] ? asked : 4
  const all = Array.isArray(navigation)
    ? (navigation as readonly FooterColumn[])
    : [navigation as FooterColumn]
  const rows = Array.from({ length: Math.ceil(all.length / columns) }, (_, row) =>
    all.slice(row * columns, (row + 1) * columns),
  )
  return (
    <>
      {rows.map((row) => (
        <div class="nhsuk-footer__navigation nhsuk-grid-row">
          {row.map((column) => (
            <div class={`nhsuk-grid-column-${column.width ?? widths[columns]}`}>
              <ColumnContent {...column} />
            </div>
          ))}
        </div>
      ))}
    </>
  )
}

function ColumnContent(column: FooterColumn) {
  const { text: heading, ...options } = said(column.heading)
  return (
    <>
      {heading && (
        <Heading level={2} size="s" block="nhsuk-footer__heading" sizePrefix="nhsuk-heading-" {...options}>
          {heading}
        </Heading>
      )}
      {typeof column.text === 'string' ? <p class="nhsuk-body-s">{column.text}</p> : column.text}
      {column.items && <FooterList items={column.items} />}
    </>
  )
}

function FooterList({ items }: { items: readonly Maybe<FooterLink>[] }) {
  return (
    <ul class="nhsuk-footer__list">
      {present(items).map((item) => (
        <li class="nhsuk-footer__list-item">
          <a class="nhsuk-footer__list-item-link" href={item.href} {...item.attributes}>
            {item.text}
          </a>
        </li>
      ))}
    </ul>
  )
}
