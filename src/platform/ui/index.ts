/** Everything a page is made of. The only door to this folder. */
export { type Asset, type AssetName, assets, assetUrl } from './assets.ts'
export { type CsvColumn, csvOf } from './csv.ts'
export { ActionLink, type ActionLinkProps } from './nhsuk/action-link.tsx'
export { BackLink, type BackLinkOptions } from './nhsuk/back-link.tsx'
export { Breadcrumb, type BreadcrumbProps } from './nhsuk/breadcrumb.tsx'
export { Button, type ButtonProps } from './nhsuk/button.tsx'
export { Caption, type CaptionOptions } from './nhsuk/caption.tsx'
export { Card, type CardProps } from './nhsuk/card.tsx'
export type { ActionOptions } from './nhsuk/card-action.tsx'
export { Checkboxes, type CheckboxesProps, type CheckboxItem, type ChoiceItem } from './nhsuk/checkboxes.tsx'
export { ContentsList, type ContentsListProps } from './nhsuk/contents-list.tsx'
export { DateInput, type DateInputProps } from './nhsuk/date-input.tsx'
export { Details, type DetailsProps } from './nhsuk/details.tsx'
export { ErrorMessage, type ErrorMessageOptions } from './nhsuk/error-message.tsx'
export { ErrorSummary, type ErrorSummaryProps } from './nhsuk/error-summary.tsx'
export { Fieldset, type FieldsetOptions } from './nhsuk/fieldset.tsx'
export { Footer, type FooterLink, type FooterProps } from './nhsuk/footer.tsx'
export type { FieldOptions } from './nhsuk/form-group.tsx'
export { Header, type HeaderOrganisation, type HeaderProps } from './nhsuk/header.tsx'
export type { HeaderAccountItem } from './nhsuk/header-account.tsx'
export type { HeaderNavigationItem } from './nhsuk/header-navigation.tsx'
export type { HeaderSearchOptions } from './nhsuk/header-search.tsx'
export { Heading, type HeadingOptions } from './nhsuk/heading.tsx'
export { Hint } from './nhsuk/hint.tsx'
export { Input, type InputProps } from './nhsuk/input.tsx'
export { InsetText, type InsetTextProps } from './nhsuk/inset-text.tsx'
export { Label, type LabelOptions } from './nhsuk/label.tsx'
export { Legend, type LegendOptions } from './nhsuk/legend.tsx'
export { NotificationBanner, type NotificationBannerProps } from './nhsuk/notification-banner.tsx'
export type { Attributes, Maybe, Outer, Words } from './nhsuk/options.ts'
export { Pagination, type PaginationProps } from './nhsuk/pagination.tsx'
export { Radios, type RadiosProps } from './nhsuk/radios.tsx'
export { Select, type SelectItem, type SelectProps } from './nhsuk/select.tsx'
export { SkipLink } from './nhsuk/skip-link.tsx'
export { SummaryList, type SummaryListProps, type SummaryListRow } from './nhsuk/summary-list.tsx'
export { Table, type TableProps } from './nhsuk/table.tsx'
export type { TableCell, TableHeader } from './nhsuk/table-cells.tsx'
export { Tabs, type TabsProps } from './nhsuk/tabs.tsx'
export { Tag, type TagColour, type TagProps } from './nhsuk/tag.tsx'
export { Textarea, type TextareaProps } from './nhsuk/textarea.tsx'
export { WarningCallout, type WarningCalloutProps } from './nhsuk/warning-callout.tsx'
export { type Account, PageShell, type PageShellProps, pageTitle, renderPage } from './page-shell.tsx'
export { EmptyState, type EmptyStateProps } from './record/empty-state.tsx'
export { NhsNumber } from './record/nhs-number.tsx'
export { PatientBanner, type PatientBannerProps } from './record/patient-banner.tsx'
export { PrintHeader, type PrintHeaderProps } from './record/print-header.tsx'
export { SecondaryNavigation, type SecondaryNavigationProps } from './record/secondary-navigation.tsx'
export { SourceLine, type SourceLineProps } from './record/source-line.tsx'
export { Timeline, type TimelineEntry, type TimelineProps } from './record/timeline.tsx'
export { Trend, type TrendPoint, type TrendProps } from './record/trend.tsx'
export { type SourceGap, WithheldNotice, type WithheldNoticeProps } from './record/withheld-notice.tsx'
export {
  ageAt,
  bannerDate,
  counted,
  dateInWords,
  familyGiven,
  howLongAgo,
  type Instant,
  type IsoDate,
  instantInWords,
  isDateOnly,
  londonDate,
  nhsNumber,
  numberWithCommas,
  timeInWords,
} from './words.ts'
