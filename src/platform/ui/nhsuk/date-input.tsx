import type { FieldsetOptions } from './fieldset.tsx'
import { ChoiceGroup, type FieldOptions, hasError } from './form-group.tsx'
import { Input, type InputProps } from './input.tsx'
import { classNames, type Maybe, said } from './options.ts'

export interface DateInputItem extends Omit<InputProps, 'errorMessage' | 'formGroup' | 'hint'> {
  /** True marks this part as the one in error; false says that it is not. */
  error?: boolean | undefined
}

export interface DateInputProps extends Omit<FieldOptions, 'label' | 'describedBy'> {
  id: string
  fieldset?: FieldsetOptions | undefined
  /** `birth` gives names `birth[day]`, `birth[month]`, `birth[year]`. */
  namePrefix?: string | undefined
  values?: Record<string, string | undefined> | undefined
  day?: DateInputItem | false | undefined
  month?: DateInputItem | false | undefined
  year?: DateInputItem | false | undefined
  /** In place of day, month and year. */
  items?: readonly Maybe<DateInputItem>[] | undefined
}

export function DateInput(props: DateInputProps) {
  const items = partsOf(props)
  const marked = items.some((item) => item.error || item.classes?.includes('nhsuk-input--error'))
  const wrong = hasError(props.errorMessage)
  const { role = 'group', ...fieldset } = props.fieldset ?? {}
  return (
    <ChoiceGroup
      {...props}
      idPrefix={props.id}
      isError={wrong || marked}
      // Without the group role, JAWS does not read the description of a fieldset of text inputs.
      fieldset={props.fieldset && { role, ...fieldset }}
    >
      {() => (
        <div class={classNames('nhsuk-date-input', props.classes)} id={props.id} {...props.attributes}>
          {said(props.formGroup?.beforeInput).text}
          {items.map((item) => (
            <DateInputPart
              field={props}
              item={item}
              isError={Boolean(item.error) || (item.error !== false && wrong && !marked)}
            />
          ))}
          {said(props.formGroup?.afterInput).text}
        </div>
      )}
    </ChoiceGroup>
  )
}

const widths: Record<string, 2 | 4> = { day: 2, month: 2, year: 4 }

/** The parts asked for, with the width which each one of a date has. */
function partsOf(props: DateInputProps): DateInputItem[] {
  const named = { day: props.day, month: props.month, year: props.year }
  const given = props.items?.length
    ? props.items
    : Object.entries(named).map(([name, item]) => (item === false ? false : { name, ...item }))
  return given.flatMap((item) => {
    if (!item) return []
    const { width = widths[item.name ?? ''] ?? 2, value = props.values?.[item.name ?? ''], ...rest } = item
    return [{ width, value, ...rest }]
  })
}

function DateInputPart({
  field,
  item,
  isError,
}: {
  field: DateInputProps
  item: DateInputItem
  isError: boolean
}) {
  const name = item.name ?? ''
  const { text = name.charAt(0).toUpperCase() + name.slice(1), classes, ...label } = said(item.label)
  const { error: _, ...input } = item
  return (
    <div class="nhsuk-date-input__item">
      <Input
        {...input}
        label={{ ...label, text, classes: classNames('nhsuk-date-input__label', classes) }}
        errorMessage={isError}
        id={item.id ?? `${field.id}-${name}`}
        name={field.namePrefix ? `${field.namePrefix}[${name}]` : name}
        inputmode={item.inputmode ?? 'numeric'}
        disabled={item.disabled ?? field.disabled}
        classes={classNames('nhsuk-date-input__input', item.classes)}
      />
    </div>
  )
}
