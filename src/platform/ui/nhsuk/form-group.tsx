import type { ComponentChildren } from 'preact'
import { ErrorMessage, type ErrorMessageOptions } from './error-message.tsx'
import { Fieldset, type FieldsetOptions } from './fieldset.tsx'
import { Hint } from './hint.tsx'
import { Label, type LabelOptions } from './label.tsx'
import { type Attributes, classNames, type Outer, said, type Words } from './options.ts'

/** What every form field takes. `errorMessage: true` marks the field without repeating the words. */
export interface FieldOptions extends Outer {
  name?: string | undefined
  label?: Words<LabelOptions> | undefined
  hint?: Words | undefined
  errorMessage?: Words<ErrorMessageOptions> | boolean | undefined
  describedBy?: string | undefined
  disabled?: boolean | undefined
  formGroup?: FormGroupOptions | undefined
}

export interface FormGroupOptions {
  classes?: string | undefined
  attributes?: Attributes | undefined
  beforeInput?: Words<object> | undefined
  afterInput?: Words<object> | undefined
}

interface Messages {
  idPrefix: string | undefined
  hint?: FieldOptions['hint']
  errorMessage?: FieldOptions['errorMessage']
  describedBy?: string | undefined
}

/** The hint and error of a field as elements, and the ids which its input is described by. */
function messages({ idPrefix, hint, errorMessage, describedBy }: Messages) {
  const { text: hintText, id: hintId = `${idPrefix}-hint`, ...hintOptions } = said(hint)
  const { text: errorText, id: errorId = `${idPrefix}-error`, ...errorOptions } = said(errorMessage)
  const elements = (
    <>
      {hintText && (
        <Hint id={hintId} {...hintOptions}>
          {hintText}
        </Hint>
      )}
      {errorText && (
        <ErrorMessage id={errorId} {...errorOptions}>
          {errorText}
        </ErrorMessage>
      )}
    </>
  )
  return {
    elements,
    describedBy: classNames(describedBy, hintText ? hintId : undefined, errorText ? errorId : undefined),
  }
}

export function hasError(errorMessage: FieldOptions['errorMessage']): boolean {
  return errorMessage === true || Boolean(said(errorMessage).text)
}

function groupClass(isError: boolean, formGroup: FormGroupOptions | undefined) {
  return classNames('nhsuk-form-group', isError && 'nhsuk-form-group--error', formGroup?.classes)
}

/** A labelled field: label, hint, error, then the input which `children` builds from the ids that describe it. */
export function FormGroup(
  props: FieldOptions & {
    inputId: string | undefined
    children: (describedBy: string | undefined) => ComponentChildren
  },
) {
  const { text, for: labelFor = props.inputId, ...label } = said(props.label)
  const { elements, describedBy } = messages({ ...props, idPrefix: props.inputId })
  return (
    <div class={groupClass(hasError(props.errorMessage), props.formGroup)} {...props.formGroup?.attributes}>
      <Label for={labelFor} {...label}>
        {text}
      </Label>
      {elements}
      {props.children(describedBy)}
    </div>
  )
}

interface ChoiceGroupProps extends Omit<FieldOptions, 'label' | 'describedBy'> {
  idPrefix: string | undefined
  fieldset?: FieldsetOptions | undefined
  isError: boolean
  /** Told the ids only when there is no fieldset to carry them. */
  children: (describedBy: string | undefined) => ComponentChildren
}

/** A field of several inputs, in a fieldset when the page gives one. */
export function ChoiceGroup(props: ChoiceGroupProps) {
  const { elements, describedBy } = messages({ ...props, describedBy: props.fieldset?.describedBy })
  return (
    <div class={groupClass(props.isError, props.formGroup)} {...props.formGroup?.attributes}>
      {props.fieldset ? (
        <Fieldset {...props.fieldset} describedBy={describedBy}>
          {elements}
          {props.children(undefined)}
        </Fieldset>
      ) : (
        <>
          {elements}
          {props.children(describedBy)}
        </>
      )}
    </div>
  )
}
