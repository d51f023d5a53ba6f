import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import { Input } from './input.tsx'
import { type Attributes, classNames } from './options.ts'

export interface HeaderSearchOptions {
  /** Ours to say: the design system's default would send what a nurse types to a public website. */
  action: string
  /** What people search for goes in the body, not in an address that logs keep, unless a page says `get`. */
  method?: 'get' | 'post' | undefined
  name?: string | undefined
  label: string
  placeholder?: string | undefined
  /** Hidden fields of the form, such as the token against forged requests. */
  fields?: ComponentChildren
  classes?: string | undefined
  attributes?: Attributes | undefined
}

export function HeaderSearch(props: HeaderSearchOptions) {
  return (
    <search class={classNames('nhsuk-header__search', props.classes)} {...props.attributes}>
      <form
        class="nhsuk-header__search-form"
        id="search"
        action={props.action}
        method={props.method ?? 'post'}
        novalidate
      >
        {props.fields}
        <Input
          label={{ text: props.label, classes: 'nhsuk-u-visually-hidden' }}
          id="search-field"
          name={props.name ?? 'q'}
          type="search"
          autocomplete="off"
          placeholder={props.placeholder ?? 'Search'}
          formGroup={{ afterInput: <Button ariaLabel="Search" icon="search" small /> }}
        />
      </form>
    </search>
  )
}
