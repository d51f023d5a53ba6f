import type { ComponentChildren, VNode } from 'preact'
import { isValidElement } from 'preact'

/** Extra HTML attributes for a component's outermost element. Never `style`: the content policy blocks it. */
export type Attributes = Record<string, string | number | boolean | undefined>

/** What every component of the design system takes. */
export interface Outer {
  id?: string | undefined
  classes?: string | undefined
  attributes?: Attributes | undefined
}

/** Words with their own options: a string, an element, or an object whose `text` is either of them. */
export type Words<Options = Outer> = string | VNode | ({ text?: ComponentChildren } & Options)

/** An item which a page may leave out in place: `canEdit && { … }`. */
export type Maybe<Item> = Item | false | null | undefined | ''

/** Brings the short forms of `Words` to the long one, so that a component reads one shape only. */
export function said<Options extends object>(
  words: Words<Options> | boolean | null | undefined,
): { text?: ComponentChildren } & Partial<Options> {
  if (words === undefined || words === null || typeof words === 'boolean') return {}
  if (typeof words === 'string' || isValidElement(words))
    return { text: words } as { text: ComponentChildren } & Partial<Options>
  return words as { text?: ComponentChildren } & Partial<Options>
}

/** Joins the class names that apply; undefined when none does, so that no empty attribute is written. */
export function classNames(...names: (string | false | null | undefined)[]): string | undefined {
  return names.filter(Boolean).join(' ') || undefined
}

/** A modifier class, unless the page's own classes already set one of the same family. */
export function modifier(
  prefix: string,
  value: string | number | false | undefined,
  classes: string | undefined,
) {
  return value && !classes?.includes(prefix) ? `${prefix}${value}` : undefined
}

/** Leaves out the items which the page left out. */
export function present<Item>(items: readonly Maybe<Item>[] | undefined): Item[] {
  return (items ?? []).filter((item) => Boolean(item)) as Item[]
}
