import { Tag, type TagColour } from '../nhsuk/tag.tsx'

export type SourceGap = 'withheld' | 'possibly withheld' | 'not for your role' | 'not connected' | 'late'

export interface WithheldNoticeProps {
  gaps: readonly {
    source: string
    gap: SourceGap
    /** In words that a person would use: "You need to be on the care team to see this". */
    reason: string
    /** What may be done about it, such as asking for access. */
    action?: { text: string; href: string } | undefined
  }[]
  /** The heading's level on this page. */
  level?: 2 | 3 | 4 | undefined
}

/**
 * What each gap means for the reader. Withheld means that there is something: read as "nothing there" it
 * could kill, so the words say outright that information exists. Where nobody can say whether there is
 * anything, or may not, the words claim neither.
 */
const meanings: Record<SourceGap, { tag: string; colour: TagColour; meaning: string }> = {
  withheld: {
    tag: 'Withheld',
    colour: 'red',
    meaning: 'There is information here, and it is not being shown to you.',
  },
  'possibly withheld': {
    tag: 'Withheld',
    colour: 'red',
    meaning: 'If there is information here, it is not being shown to you.',
  },
  'not for your role': {
    tag: 'Not part of your role',
    colour: 'grey',
    meaning: 'If there is information of this kind, it is not being shown to you.',
  },
  'not connected': {
    tag: 'Not connected',
    colour: 'grey',
    meaning: 'We cannot see this source, so we do not know what it holds.',
  },
  late: { tag: 'Late', colour: 'orange', meaning: 'What is shown may be out of date.' },
}

const order: SourceGap[] = ['withheld', 'possibly withheld', 'not for your role', 'not connected', 'late']

export function WithheldNotice({ gaps, level = 2 }: WithheldNoticeProps) {
  if (gaps.length === 0) return null
  const Heading = `h${level}` as const
  const sorted = order.flatMap((gap) => gaps.filter((entry) => entry.gap === gap))
  return (
    <div class="gt-withheld">
      <Heading class="gt-withheld__heading">This record is not complete</Heading>
      <ul class="gt-withheld__list">
        {sorted.map(({ source, gap, reason, action }) => (
          <li class="gt-withheld__item">
            <p class="gt-withheld__source">
              <strong>{source}</strong>{' '}
              <Tag colour={meanings[gap].colour} classes="gt-tag">
                {meanings[gap].tag}
              </Tag>
            </p>
            <p>
              <strong>{meanings[gap].meaning}</strong> {reason}
              {action && ' '}
              {action && <a href={action.href}>{action.text}</a>}
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}
