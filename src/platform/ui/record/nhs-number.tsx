import { nhsNumber } from '../words.ts'

/** On one line and copied whole: a number broken over two lines gets misread. */
export function NhsNumber({ value }: { value: string | undefined }) {
  if (!value) return <>Not known</>
  return <span class="nhsuk-u-nowrap">{nhsNumber(value)}</span>
}
