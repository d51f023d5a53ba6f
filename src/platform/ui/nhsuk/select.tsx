import { type FieldOptions, FormGroup, hasError } from './form-group.tsx'
import { type Attributes, classNames, type Maybe, present, said } from './options.ts'

export interface SelectItem {
  text?: string | undefined
  /** Left out, the option's value is its text. */
  value?: string | undefined
  selected?: boolean | undefined
  disabled?: boolean | undefined
  divider?: boolean | undefined
  attributes?: Attributes | undefined
}

export interface SelectProps extends FieldOptions {
  items: readonly Maybe<SelectItem>[]
  value?: string | undefined
}

export function Select(props: SelectProps) {
  const inputId = props.id ?? props.name
  const before = said(props.formGroup?.beforeInput).text
  const after = said(props.formGroup?.afterInput).text
  return (
    <FormGroup {...props} inputId={inputId}>
      {(describedBy) => {
        const element = (
          <select
            class={classNames(
              'nhsuk-select',
              hasError(props.errorMessage) && 'nhsuk-select--error',
              props.classes,
            )}
            id={inputId}
            name={props.name}
            disabled={props.disabled}
            aria-describedby={describedBy}
            {...props.attributes}
          >
            {present(props.items).map((item) =>
              item.divider ? <hr /> : <Option item={item} chosen={props.value} />,
            )}
          </select>
        )
        if (!(before || after)) return element
        return (
          <div class="nhsuk-input-wrapper">
            {before}
            {element}
            {after}
          </div>
        )
      }}
    </FormGroup>
  )
}

function Option({ item, chosen }: { item: SelectItem; chosen: string | undefined }) {
  const matches = Boolean(chosen) && (item.value ?? item.text) === chosen && item.selected !== false
  return (
    <option
      value={item.value}
      selected={item.selected || matches}
      disabled={item.disabled}
      {...item.attributes}
    >
      {item.text}
    </option>
  )
}
