import type { ComponentChildren } from 'preact'

export interface EmptyStateProps {
  /** What there is none of, in the plural: "allergies", "results in the last 30 days". */
  subject: string
  /** Who was asked, when the page knows. */
  sources?: readonly string[] | undefined
  /** What the reader may do next. */
  children?: ComponentChildren
}

/** Nothing recorded is not the same as nothing there, and the words must never let it be read so. */
export function EmptyState({ subject, sources, children }: EmptyStateProps) {
  return (
    <div class="gt-empty">
      <p>
        <strong>No {subject} have been recorded by any connected source.</strong> This does not mean there are
        none.
      </p>
      {sources && sources.length > 0 && <p class="gt-source">Sources asked: {sources.join(', ')}</p>}
      {children}
    </div>
  )
}
