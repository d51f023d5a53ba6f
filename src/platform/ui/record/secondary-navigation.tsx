import type { ComponentChildren } from 'preact'
import { type Maybe, present } from '../nhsuk/options.ts'
import { numberWithCommas } from '../words.ts'

export interface SecondaryNavigationProps {
  /** Read out before the links: "Sections of the record". */
  ariaLabel: string
  items: readonly Maybe<{
    text: ComponentChildren
    href: string
    current?: boolean | undefined
    /** How many there are in the section. */
    count?: number | undefined
  }>[]
}

/** The sections of one thing, each a page of its own, so that each has an address and an entry in the audit. */
export function SecondaryNavigation({ ariaLabel, items }: SecondaryNavigationProps) {
  return (
    <nav class="gt-sections" aria-label={ariaLabel}>
      <ul class="gt-sections__list">
        {present(items).map((item) => (
          <li class="gt-sections__item">
            <a class="gt-sections__link" href={item.href} aria-current={item.current ? 'page' : undefined}>
              {item.text}
              {item.count !== undefined && (
                <>
                  {' '}
                  <span class="gt-sections__count">{numberWithCommas(item.count)}</span>
                </>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
