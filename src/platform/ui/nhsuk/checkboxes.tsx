import type { ComponentChildren } from 'preact'
import type { FieldsetOptions } from './fieldset.tsx'
import { ChoiceGroup, type FieldOptions, hasError } from './form-group.tsx'
import { Hint } from './hint.tsx'
import { Label, type LabelOptions } from './label.tsx'
import { type Attributes, classNames, type Maybe, present, said, type Words } from './options.ts'

/** One choice of a group of radios or checkboxes. */
export interface ChoiceItem {
  text?: ComponentChildren
  value?: string | undefined
  id?: string | undefined
  label?: Words<LabelOptions> | undefined
  hint?: Words | undefined
  checked?: boolean | undefined
  disabled?: boolean | undefined
  /** Words between two items, such as "or", in place of an item. */
  divider?: string | undefined
  /** Further fields, shown when this one is chosen (always shown with JavaScript off). */
  conditional?: ComponentChildren
  classes?: string | undefined
  attributes?: Attributes | undefined
}

export interface CheckboxItem extends ChoiceItem {
  name?: string | undefined
  /** `exclusive` unticks the others ("none of these"); `inclusive` ticks all. */
  behaviour?: 'exclusive' | 'inclusive' | undefined
  behaviourGroup?: string | undefined
}

export interface CheckboxesProps extends Omit<FieldOptions, 'label' | 'describedBy'> {
  name: string
  items: readonly Maybe<CheckboxItem>[]
  /** The values which are ticked. */
  values?: readonly string[] | undefined
  idPrefix?: string | undefined
  fieldset?: FieldsetOptions | undefined
  small?: boolean | undefined
  inline?: boolean | undefined
}

export function Checkboxes(props: CheckboxesProps) {
  const idPrefix = props.idPrefix ?? props.name
  return (
    <ChoiceGroup {...props} idPrefix={idPrefix} isError={hasError(props.errorMessage)}>
      {(describedBy) => (
        <div
          class={classNames(
            'nhsuk-checkboxes',
            props.small && 'nhsuk-checkboxes--small',
            props.inline && 'nhsuk-checkboxes--inline',
            props.classes,
          )}
          id={props.id}
          data-module="nhsuk-checkboxes"
          {...props.attributes}
        >
          {said(props.formGroup?.beforeInput).text}
          {present(props.items).map((item, index) => {
            const needsScript = item.behaviour === 'inclusive' && 'nhsuk-u-frontend-not-supported-hidden'
            if (item.divider)
              return <div class={classNames('nhsuk-checkboxes__divider', needsScript)}>{item.divider}</div>
            return (
              <Choice
                kind="checkbox"
                item={item}
                id={item.id ?? choiceId(idPrefix, index)}
                name={item.name ?? props.name}
                checked={
                  item.checked ||
                  (item.checked !== false && (props.values?.includes(item.value ?? '') ?? false))
                }
                disabled={item.disabled ?? props.disabled}
                describedBy={describedBy}
                itemClasses={needsScript}
                attributes={{ 'data-behaviour': item.behaviour, 'data-behaviour-group': item.behaviourGroup }}
              />
            )
          })}
          {said(props.formGroup?.afterInput).text}
        </div>
      )}
    </ChoiceGroup>
  )
}

/** The first has no number, so that an error summary can link to it. */
export function choiceId(idPrefix: string, index: number): string {
  return index === 0 ? idPrefix : `${idPrefix}-${index + 1}`
}

interface ChoiceProps {
  kind: 'checkbox' | 'radio'
  item: ChoiceItem
  id: string
  name: string
  checked: boolean
  disabled: boolean | undefined
  describedBy?: string | undefined
  itemClasses?: string | false | undefined
  attributes?: Attributes | undefined
}

/** One input with its label, hint and conditional fields. Radios are the same shape under another name. */
export function Choice(props: ChoiceProps) {
  const { item, id, checked } = props
  const block = props.kind === 'radio' ? 'nhsuk-radios' : 'nhsuk-checkboxes'
  const { text: labelText = item.text, classes: labelClasses, ...label } = said(item.label)
  const { text: hint, id: hintId = `${id}-item-hint`, classes: hintClasses, ...hintOptions } = said(item.hint)
  const conditionalId = `conditional-${id}`
  return (
    <>
      <div class={classNames(`${block}__item`, props.itemClasses)}>
        <input
          class={classNames(`${block}__input`, item.classes)}
          id={id}
          name={props.name}
          type={props.kind}
          value={item.value}
          checked={checked}
          disabled={props.disabled}
          data-aria-controls={item.conditional ? conditionalId : undefined}
          aria-describedby={classNames(props.describedBy, hint ? hintId : undefined)}
          {...props.attributes}
          {...item.attributes}
        />
        <Label {...label} for={id} classes={classNames(`${block}__label`, labelClasses)}>
          {labelText}
        </Label>
        {hint && (
          <Hint id={hintId} classes={classNames(`${block}__hint`, hintClasses)} {...hintOptions}>
            {hint}
          </Hint>
        )}
      </div>
      {item.conditional && (
        <div
          class={classNames(`${block}__conditional`, !checked && `${block}__conditional--hidden`)}
          id={conditionalId}
        >
          {item.conditional}
        </div>
      )}
    </>
  )
}
