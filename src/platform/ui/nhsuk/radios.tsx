import { Choice, type ChoiceItem, choiceId } from './checkboxes.tsx'
import type { FieldsetOptions } from './fieldset.tsx'
import { ChoiceGroup, type FieldOptions, hasError } from './form-group.tsx'
import { classNames, type Maybe, present, said } from './options.ts'

export interface RadiosProps extends Omit<FieldOptions, 'label' | 'describedBy'> {
  name: string
  items: readonly Maybe<ChoiceItem>[]
  value?: string | undefined
  idPrefix?: string | undefined
  fieldset?: FieldsetOptions | undefined
  small?: boolean | undefined
  inline?: boolean | undefined
}

export function Radios(props: RadiosProps) {
  const idPrefix = props.idPrefix ?? props.name
  const isChosen = (item: ChoiceItem) =>
    item.checked || (Boolean(props.value) && item.value === props.value && item.checked !== false)
  return (
    <ChoiceGroup {...props} idPrefix={idPrefix} isError={hasError(props.errorMessage)}>
      {() => (
        <div
          class={classNames(
            'nhsuk-radios',
            props.small && 'nhsuk-radios--small',
            props.inline && 'nhsuk-radios--inline',
            props.classes,
          )}
          id={props.id}
          data-module="nhsuk-radios"
          {...props.attributes}
        >
          {said(props.formGroup?.beforeInput).text}
          {present(props.items).map((item, index) =>
            item.divider ? (
              <div class="nhsuk-radios__divider">{item.divider}</div>
            ) : (
              <Choice
                kind="radio"
                item={item}
                id={item.id ?? choiceId(idPrefix, index)}
                name={props.name}
                checked={isChosen(item)}
                disabled={item.disabled ?? props.disabled}
              />
            ),
          )}
          {said(props.formGroup?.afterInput).text}
        </div>
      )}
    </ChoiceGroup>
  )
}
