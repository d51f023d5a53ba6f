import { dateInWords, familyGiven, type Instant, type IsoDate, instantInWords } from '../words.ts'
import { NhsNumber } from './nhs-number.tsx'

export interface PrintHeaderProps {
  name: { family?: string | undefined; given?: string | undefined; prefix?: string | undefined }
  nhsNumber?: string | undefined
  birthDate?: IsoDate | undefined
  printedBy: string
  printedAt: Instant
}

/**
 * Whose record a sheet of paper is. Pages get parted from each other, so PageShell's `printHeader` repeats it
 * on every one of them.
 */
export function PrintHeader(props: PrintHeaderProps) {
  return (
    <div class="gt-print-header">
      <p class="gt-print-header__who">
        <strong>{familyGiven(props.name)}</strong>
        <span>
          NHS No.{' '}
          <strong>
            <NhsNumber value={props.nhsNumber} />
          </strong>
        </span>
        <span>
          Born <strong>{props.birthDate ? dateInWords(props.birthDate) : 'Not known'}</strong>
        </span>
      </p>
      <p class="gt-print-header__how">
        <strong>Confidential: personal health and care information.</strong> Printed by {props.printedBy},{' '}
        {instantInWords(props.printedAt)}. It may have changed since. Destroy securely.
      </p>
    </div>
  )
}
