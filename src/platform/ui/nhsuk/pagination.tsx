import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import { type Attributes, classNames, type Maybe, type Outer, present } from './options.ts'

export interface PaginationLink {
  href: string
  /** In place of "Previous page" or "Next page". */
  text?: ComponentChildren
  /** The title of the page it leads to; not shown in a numbered list. */
  label?: ComponentChildren
  attributes?: Attributes | undefined
}

export interface PaginationItem {
  number?: number | undefined
  href?: string | undefined
  current?: boolean | undefined
  ellipsis?: boolean | undefined
  ariaLabel?: string | undefined
  attributes?: Attributes | undefined
}

export interface PaginationProps extends Outer {
  previous?: PaginationLink | undefined
  next?: PaginationLink | undefined
  /** Given, the pages are numbered. */
  items?: readonly Maybe<PaginationItem>[] | undefined
  ariaLabel?: string | undefined
}

export function Pagination(props: PaginationProps) {
  const numbered = Boolean(props.items?.length)
  const role: Attributes = { role: 'navigation' }
  return (
    <nav
      class={classNames('nhsuk-pagination', numbered && 'nhsuk-pagination--numbered', props.classes)}
      id={props.id}
      {...role}
      aria-label={props.ariaLabel ?? 'Pagination'}
      {...props.attributes}
    >
      {numbered ? <Numbered {...props} /> : <Neighbours {...props} />}
    </nav>
  )
}

function Numbered({ previous, next, items }: PaginationProps) {
  return (
    <>
      {previous && (
        <a href={previous.href} class="nhsuk-pagination__previous" rel="prev">
          <Icon name="arrow-left" />
          <Title link={previous} word="Previous" />
        </a>
      )}
      <ul class="nhsuk-pagination__list">{present(items).map(PageNumber)}</ul>
      {next && (
        <a href={next.href} class="nhsuk-pagination__next" rel="next">
          <Title link={next} word="Next" />
          <Icon name="arrow-right" />
        </a>
      )}
    </>
  )
}

function PageNumber(item: PaginationItem) {
  if (item.ellipsis) return <li class="nhsuk-pagination__item nhsuk-pagination__item--ellipsis">⋯</li>
  return (
    <li class={classNames('nhsuk-pagination__item', item.current && 'nhsuk-pagination__item--current')}>
      <a
        class="nhsuk-pagination__link"
        href={item.href ?? '#'}
        aria-label={item.ariaLabel ?? `Page ${item.number}`}
        aria-current={item.current ? 'page' : undefined}
        {...item.attributes}
      >
        {item.number}
      </a>
    </li>
  )
}

function Neighbours({ previous, next }: PaginationProps) {
  return (
    <ul class="nhsuk-list nhsuk-pagination__list">
      {previous && (
        <Neighbour link={previous} word="Previous" kind="prev" icon="arrow-left" item="previous" />
      )}
      {next && <Neighbour link={next} word="Next" kind="next" icon="arrow-right" item="next" />}
    </ul>
  )
}

interface NeighbourProps {
  link: PaginationLink
  word: string
  kind: 'prev' | 'next'
  icon: 'arrow-left' | 'arrow-right'
  item: string
}

function Neighbour({ link, word, kind, icon, item }: NeighbourProps) {
  return (
    <li class={`nhsuk-pagination-item--${item}`}>
      <a
        class={`nhsuk-pagination__link nhsuk-pagination__link--${kind}`}
        href={link.href}
        rel={kind}
        {...link.attributes}
      >
        <Title link={link} word={word} />
        {link.label && <span class="nhsuk-u-visually-hidden">:</span>}
        {link.label && <span class="nhsuk-pagination__page">{link.label}</span>}
        <Icon name={icon} />
      </a>
    </li>
  )
}

function Title({ link, word }: { link: PaginationLink; word: string }) {
  return (
    <span class="nhsuk-pagination__title">
      {link.text ?? (
        <>
          {word}
          <span class="nhsuk-u-visually-hidden"> page</span>
        </>
      )}
    </span>
  )
}
