import type { ComponentChildren } from 'preact'
import { type FieldOptions, FormGroup, hasError } from './form-group.tsx'
import { type Attributes, classNames, modifier, type Outer, said, type Words } from './options.ts'

export interface InputProps extends FieldOptions {
  value?: string | undefined
  type?: string | undefined
  /** Width in characters. */
  width?: 2 | 3 | 4 | 5 | 10 | 20 | 30 | undefined
  large?: boolean | undefined
  /** Wide-spaced letters, for codes and numbers people copy. */
  code?: boolean | undefined
  prefix?: Words | undefined
  suffix?: Words | undefined
  spellcheck?: boolean | undefined
  autocomplete?: string | undefined
  autocapitalize?: string | undefined
  pattern?: string | undefined
  placeholder?: string | undefined
  inputmode?: string | undefined
  inputWrapper?: { classes?: string | undefined; attributes?: Attributes | undefined } | undefined
}

export function Input(props: InputProps) {
  const inputId = props.id ?? props.name
  return (
    <FormGroup {...props} inputId={inputId}>
      {(describedBy) => <InputWithAffixes {...props} inputId={inputId} describedBy={describedBy} />}
    </FormGroup>
  )
}

type Inner = InputProps & { inputId: string | undefined }

function InputWithAffixes(props: Inner) {
  const before = said(props.formGroup?.beforeInput).text
  const after = said(props.formGroup?.afterInput).text
  const { prefix, suffix, inputWrapper } = props
  if (!(prefix || suffix || before || after || inputWrapper)) return <InputElement {...props} />
  return (
    <div
      class={classNames(
        'nhsuk-input-wrapper',
        props.large && 'nhsuk-input-wrapper--large',
        inputWrapper?.classes,
      )}
      {...inputWrapper?.attributes}
    >
      {before}
      {prefix && <Affix kind="prefix" {...said(prefix)} />}
      <InputElement {...props} />
      {suffix && <Affix kind="suffix" {...said(suffix)} />}
      {after}
    </div>
  )
}

function Affix({
  kind,
  text,
  classes,
  attributes,
}: Outer & { kind: 'prefix' | 'suffix'; text?: ComponentChildren }) {
  return (
    <div class={classNames(`nhsuk-input-wrapper__${kind}`, classes)} aria-hidden="true" {...attributes}>
      {text}
    </div>
  )
}

function InputElement(props: Inner) {
  // Written out as the fixtures have them: Preact's own types would drop `spellcheck="false"`.
  const loose: Attributes = {
    type: props.type || 'text',
    inputmode: props.inputmode,
    autocapitalize: props.autocapitalize,
    spellcheck: props.spellcheck?.toString(),
  }
  return (
    <input
      class={classNames(
        'nhsuk-input',
        props.large && 'nhsuk-input--large',
        props.code && 'nhsuk-input--code',
        hasError(props.errorMessage) && 'nhsuk-input--error',
        modifier('nhsuk-input--width-', props.width, props.classes),
        props.classes,
      )}
      id={props.inputId}
      name={props.name}
      {...loose}
      value={props.value}
      disabled={props.disabled}
      aria-describedby={props.describedBy}
      autocomplete={props.autocomplete}
      pattern={props.pattern}
      placeholder={props.placeholder}
      {...props.attributes}
    />
  )
}
