import { Card, type CardProps } from './card.tsx'
import { Action, type ActionOptions } from './card-action.tsx'
import { type Attributes, classNames, type Maybe, type Outer, present, said, type Words } from './options.ts'

interface Cell extends Outer {
  width?: string | undefined
}

export interface SummaryListRow extends Outer {
  key: Words<Cell>
  value: Words<Cell>
  actions?:
    | readonly Maybe<ActionOptions>[]
    | ({ items: readonly Maybe<ActionOptions>[]; attributes?: Attributes | undefined } & Cell)
    | undefined
  border?: boolean | undefined
}

export interface SummaryListProps extends Outer {
  rows: readonly Maybe<SummaryListRow>[]
  border?: boolean | undefined
  lastRowBorder?: boolean | undefined
  /** Given, the list stands in a card with this heading. */
  card?: CardProps | undefined
}

export function SummaryList(props: SummaryListProps) {
  const rows = present(props.rows)
  const hasActions = rows.some((row) => actionsOf(row).length > 0)
  const plain = props.border === false
  const list = (
    <dl
      class={classNames(
        'nhsuk-summary-list',
        plain && 'nhsuk-summary-list--no-border',
        !plain && props.lastRowBorder === false && 'nhsuk-summary-list--no-last-row-border',
        props.classes,
      )}
      id={props.id}
      {...props.attributes}
    >
      {rows.map((row, index) => (
        <Row
          row={row}
          isShort={hasActions && actionsOf(row).length === 0}
          isBorderless={row.border === false && !(props.lastRowBorder === false && index === rows.length - 1)}
          subject={said(props.card?.heading).text}
        />
      ))}
    </dl>
  )
  return props.card ? <Card {...props.card}>{list}</Card> : list
}

const actionsOf = (row: SummaryListRow): ActionOptions[] =>
  present(row.actions && 'items' in row.actions ? row.actions.items : row.actions)

interface RowProps {
  row: SummaryListRow
  isShort: boolean
  isBorderless: boolean
  subject: ReturnType<typeof said>['text']
}

function Row({ row, isShort, isBorderless, subject }: RowProps) {
  const css = classNames(
    'nhsuk-summary-list__row',
    isShort && 'nhsuk-summary-list__row--no-actions',
    isBorderless && 'nhsuk-summary-list__row--no-border',
    row.classes,
  )
  const { text: key, ...keyCell } = said(row.key)
  const { text: value, ...valueCell } = said(row.value)
  const { items: _, ...actionsCell } = row.actions && 'items' in row.actions ? row.actions : { items: [] }
  const actions = actionsOf(row)
  return (
    <div class={css} id={row.id} {...row.attributes}>
      <dt {...cellAttributes('key', keyCell)}>{key}</dt>
      <dd {...cellAttributes('value', valueCell)}>{value}</dd>
      {actions.length > 0 && (
        <dd {...cellAttributes('actions', actionsCell)}>
          <RowActions actions={actions} subject={subject} />
        </dd>
      )}
    </div>
  )
}

function cellAttributes(part: string, { width, classes, id, attributes }: Cell) {
  return {
    class: classNames(`nhsuk-summary-list__${part}`, width && `nhsuk-u-width-${width}`, classes),
    id,
    ...attributes,
  }
}

function RowActions({ actions, subject }: { actions: ActionOptions[]; subject: RowProps['subject'] }) {
  const [first] = actions
  if (first && actions.length === 1) return <Action {...first} subject={subject} />
  return (
    <ul class="nhsuk-summary-list__actions-list">
      {actions.map((action) => (
        <li class="nhsuk-summary-list__actions-list-item">
          <Action {...action} subject={subject} />
        </li>
      ))}
    </ul>
  )
}
