import type { ComponentChildren } from 'preact'
import { h } from 'preact'
import { type Attributes, classNames, type Maybe } from './options.ts'

export interface TableCell {
  text?: ComponentChildren
  href?: string | undefined
  visuallyHiddenText?: string | undefined
  format?: 'numeric' | 'string' | undefined
  align?: 'left' | 'centre' | 'right' | undefined
  width?: string | undefined
  colspan?: number | undefined
  rowspan?: number | undefined
  /** What the script sorts by when it is not what the cell shows. */
  sortValue?: string | number | undefined
  classes?: string | undefined
  attributes?: Attributes | undefined
}

export interface TableHeader extends Omit<TableCell, 'sortValue'> {
  /** How the column is sorted now; true says that it can be and is not. */
  sort?: 'ascending' | 'descending' | 'none' | boolean | undefined
  sortNext?: 'ascending' | 'descending' | undefined
}

type Head = readonly Maybe<string | TableHeader>[]
type Row = readonly Maybe<string | TableCell>[]

const asHeader = (item: Maybe<string | TableHeader>): TableHeader =>
  typeof item === 'object' && item ? item : { text: item || '' }
const given = <Item,>(item: Maybe<Item>): item is Item =>
  item !== false && item !== null && item !== undefined

export function TableHead({
  head,
  responsive,
  byServer,
}: {
  head: Head
  responsive?: boolean | undefined
  byServer: boolean
}) {
  const sortable = head.some((item) => asHeader(item).sort)
  return (
    <thead class="nhsuk-table__head" {...(responsive ? { role: 'rowgroup' } : {})}>
      <tr class="nhsuk-table__row" {...(responsive ? { role: 'row' } : {})}>
        {head.filter(given).map((item) => {
          const header = asHeader(item)
          const sort = header.sort === true ? 'none' : header.sort
          return (
            <Cell
              {...header}
              element="th"
              scope="col"
              role={responsive ? 'columnheader' : undefined}
              colspan={responsive ? undefined : header.colspan}
              attributes={{
                'data-sort': sort && sortable ? '' : undefined,
                'data-sort-next': header.sortNext && !byServer ? header.sortNext : undefined,
                'aria-sort': sort && sort !== 'none' ? sort : undefined,
                ...header.attributes,
              }}
            />
          )
        })}
      </tr>
    </thead>
  )
}

interface TableBodyProps {
  head?: Head | undefined
  rows?: readonly Maybe<Row>[] | undefined
  responsive?: boolean | undefined
  firstCellIsHeader?: boolean | undefined
}

export function TableBody(props: TableBodyProps) {
  const { responsive } = props
  return (
    <tbody class="nhsuk-table__body">
      {(props.rows ?? []).filter(Array.isArray).map((row: Row) => (
        <tr class="nhsuk-table__row" {...(responsive ? { role: 'row' } : {})}>
          {row.map((item, index) => given(item) && <BodyCell {...props} item={item} index={index} />)}
        </tr>
      ))}
    </tbody>
  )
}

function BodyCell({
  item,
  index,
  head,
  responsive,
  firstCellIsHeader,
}: TableBodyProps & { item: Maybe<string | TableCell>; index: number }) {
  const cell: TableCell = typeof item === 'object' && item ? item : { text: item || '' }
  const header = given(head?.[index]) ? asHeader(head?.[index]) : undefined
  const isHeader = index === 0 && firstCellIsHeader
  const right = cell.format === 'string' && header?.format === 'numeric' ? ('right' as const) : header?.align
  return (
    <Cell
      {...cell}
      element={isHeader ? 'th' : 'td'}
      scope={isHeader ? 'row' : undefined}
      role={responsive ? (isHeader ? 'rowheader' : 'cell') : undefined}
      format={cell.format ?? header?.format}
      align={cell.align ?? right}
      colspan={responsive ? undefined : cell.colspan}
      attributes={{ 'data-sort-value': cell.sortValue, ...cell.attributes }}
      heading={responsive ? header : undefined}
    />
  )
}

interface CellProps extends TableCell {
  element: 'th' | 'td'
  scope?: string | undefined
  role?: string | undefined
  /** The column's heading, written again in each cell where the table may fold into a list. */
  heading?: TableHeader | undefined
}

function Cell(props: CellProps) {
  const block = props.element === 'th' ? 'nhsuk-table__header' : 'nhsuk-table__cell'
  const value = <CellValue text={props.text} visuallyHiddenText={props.visuallyHiddenText} />
  const content = props.href ? (
    <a class="nhsuk-link" href={props.href}>
      {value}
    </a>
  ) : (
    value
  )
  const attributes = {
    class: classNames(
      block,
      props.format === 'numeric' && `${block}--numeric`,
      props.align && `nhsuk-u-text-align-${props.align}`,
      props.width && `nhsuk-u-width-${props.width}`,
      props.classes,
    ),
    scope: props.scope,
    role: props.role,
    colspan: props.colspan,
    rowspan: props.rowspan,
    ...props.attributes,
  }
  if (!props.heading) return h(props.element, attributes, content)
  const plain = typeof props.text === 'string' || typeof props.text === 'number'
  return h(props.element, attributes, [
    <span class="nhsuk-table__heading" aria-hidden="true">
      <CellValue text={props.heading.text} visuallyHiddenText={props.heading.visuallyHiddenText} />{' '}
    </span>,
    plain ? content : <span>{content}</span>,
  ])
}

function CellValue({
  text,
  visuallyHiddenText,
}: Pick<TableCell, 'text' | 'visuallyHiddenText'>): ComponentChildren {
  if (!visuallyHiddenText) return <>{text}</>
  return (
    <>
      {text}
      <span class="nhsuk-u-visually-hidden">
        {text ? ' ' : ''}
        {visuallyHiddenText}
      </span>
    </>
  )
}
