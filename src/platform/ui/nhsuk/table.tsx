import type { CaptionOptions } from './caption.tsx'
import { Card, type CardProps } from './card.tsx'
import { Heading, type Size } from './heading.tsx'
import { type Attributes, classNames, type Maybe, type Outer, said, type Words } from './options.ts'
import type { TableCell, TableHeader } from './table-cells.tsx'
import { TableBody, TableHead } from './table-cells.tsx'

export interface TableCaption extends Outer {
  size?: Size | undefined
  caption?: Words<CaptionOptions> | undefined
  visuallyHiddenText?: string | undefined
}

export interface TableProps extends Outer {
  caption?: Words<TableCaption> | undefined
  head?: readonly Maybe<string | TableHeader>[] | undefined
  rows?: readonly Maybe<readonly Maybe<string | TableCell>[]>[] | undefined
  firstCellIsHeader?: boolean | undefined
  /** Each row becomes a small list on a phone. */
  responsive?: boolean | undefined
  /** Too wide for the page: scrolls sideways in a region which the keyboard reaches. */
  scroll?: boolean | undefined
  compact?: boolean | undefined
  striped?: boolean | undefined
  border?: boolean | undefined
  lastRowBorder?: boolean | undefined
  variant?: 'reverse' | undefined
  /** Given, the table stands in a card. */
  card?: CardProps | undefined
}

export function Table(props: TableProps) {
  const heads = (props.head ?? []).filter((head) => typeof head === 'object' && head !== null)
  const sortable = heads.some((head) => head.sort)
  // Headings with an address are sorted by the server, so the page's script must leave them alone.
  const byServer = sortable && heads.some((head) => head.sort && head.href)
  const caption = { ...said(props.caption), id: captionId(props) }
  const role: Attributes = props.responsive ? { role: 'table' } : {}
  const table = (
    <table
      class={tableClass(props, sortable)}
      id={props.id}
      data-module={sortable && !byServer ? 'nhsuk-table' : undefined}
      {...role}
      {...props.attributes}
    >
      {caption.text && <TableCaptionElement {...caption} sortable={sortable} />}
      {props.head && props.head.length > 0 && <TableHead {...props} head={props.head} byServer={byServer} />}
      <TableBody {...props} />
    </table>
  )
  const scrolled = props.scroll ? <Scroll {...props} labelledBy={caption.id} table={table} /> : table
  return props.card ? <Card {...props.card}>{scrolled}</Card> : scrolled
}

function tableClass(props: TableProps, sortable: boolean) {
  const plain = props.border === false
  return classNames(
    'nhsuk-table',
    props.variant && `nhsuk-table--${props.variant}`,
    props.compact && 'nhsuk-table--compact',
    props.responsive && 'nhsuk-table--responsive',
    plain && 'nhsuk-table--no-border',
    !plain && props.lastRowBorder === false && 'nhsuk-table--no-last-row-border',
    sortable && 'nhsuk-table--sortable',
    props.striped && 'nhsuk-table--striped',
    props.classes,
  )
}

/** A scrolling region must have a name, so the caption gets an id when the page gave none. */
function captionId({ caption: given, id, scroll }: TableProps): string | undefined {
  const caption = said(given)
  if (caption.id || !scroll) return caption.id
  if (id) return `${id}-caption`
  if (typeof caption.text !== 'string') return undefined
  return `table-${caption.text.replaceAll(' ', '-').toLowerCase().slice(0, 40)}-caption`
}

function TableCaptionElement(props: ReturnType<typeof said<TableCaption>> & { sortable: boolean }) {
  const hidden = props.visuallyHiddenText ?? (props.sortable ? 'Column headers are sortable' : undefined)
  const { text, ...caption } = said(props.caption)
  return (
    <Heading
      element="caption"
      block="nhsuk-table__caption"
      sizePrefix="nhsuk-table__caption--"
      id={props.id}
      size={props.size}
      caption={{ ...caption, text }}
      visuallyHiddenText={hidden && `(${hidden})`}
      classes={props.classes}
      attributes={props.attributes}
    >
      {props.text}
    </Heading>
  )
}

function Scroll(props: TableProps & { labelledBy: string | undefined; table: preact.JSX.Element }) {
  return (
    <div
      class={classNames('nhsuk-scroll', props.variant && `nhsuk-scroll--${props.variant}`)}
      data-module="nhsuk-scroll"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: the design system writes a div here */}
      <div class="nhsuk-scroll__content" role="region" aria-labelledby={props.labelledBy}>
        {props.table}
      </div>
    </div>
  )
}
