import { type FieldOptions, FormGroup, hasError } from './form-group.tsx'
import { type Attributes, classNames, said } from './options.ts'

export interface TextareaProps extends FieldOptions {
  value?: string | undefined
  rows?: number | undefined
  spellcheck?: boolean | undefined
  autocomplete?: string | undefined
}

export function Textarea(props: TextareaProps) {
  const spellcheck: Attributes = { spellcheck: props.spellcheck?.toString() }
  const inputId = props.id ?? props.name
  return (
    <FormGroup {...props} inputId={inputId}>
      {(describedBy) => (
        <>
          {said(props.formGroup?.beforeInput).text}
          <textarea
            class={classNames(
              'nhsuk-textarea',
              hasError(props.errorMessage) && 'nhsuk-textarea--error',
              props.classes,
            )}
            id={inputId}
            name={props.name}
            rows={props.rows ?? 5}
            {...spellcheck}
            disabled={props.disabled}
            aria-describedby={describedBy}
            autocomplete={props.autocomplete}
            {...props.attributes}
          >
            {props.value}
          </textarea>
          {said(props.formGroup?.afterInput).text}
        </>
      )}
    </FormGroup>
  )
}
