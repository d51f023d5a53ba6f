import { Tag } from '../nhsuk/tag.tsx'
import { type Instant, instantInWords } from '../words.ts'

export interface SourceLineProps {
  /** The organisation or system which says so. */
  source: string
  author?: string | undefined
  /** When it reached us, which may be long after it was written. */
  receivedAt?: Instant | undefined
  /** True when it came later than its source promises; a text says how late. */
  late?: boolean | string | undefined
}

/** Under every item of a record: who says so, and when we heard. */
export function SourceLine({ source, author, receivedAt, late }: SourceLineProps) {
  const words = [author, receivedAt && `received ${instantInWords(receivedAt)}`].filter(Boolean).join(', ')
  return (
    <p class="gt-source">
      <span class="nhsuk-u-visually-hidden">Source: </span>
      <span class="gt-source__name">{source}</span>
      {words && `, ${words}`}
      {late && (
        <>
          {' '}
          <Tag colour="orange" classes="gt-tag">
            {typeof late === 'string' ? `Late: ${late}` : 'Late'}
          </Tag>
        </>
      )}
    </p>
  )
}
