import type { Check } from '../check.ts'

/** Checks of one group: what it is called is written once. */
export const group = (name: string, checks: readonly Omit<Check, 'group'>[]): readonly Check[] =>
  checks.map((check) => ({ ...check, group: name }))

/** Of the rows, the share of which `what` is true; rows for which it cannot be said are left out. */
export const share = (what: string, from: string): string =>
  `select 100.0 * avg(case when ${what} then 1.0 when not (${what}) then 0.0 end) as value, count(*) as cases from ${from}`

/** Rows in an average year of the window. */
export const yearly = (from: string): string =>
  `select count(*) / (select years from span) as value from ${from}`

export const mean = (of: string, from: string): string =>
  `select avg(${of}) as value, count(*) as cases, stddev_samp(${of}) / sqrt(count(*)) as error from ${from}`

export const count = (from: string): string => `select count(*) as value from ${from}`

/** One figure beside another, each by its own statement of one row and one column. */
export const ratio = (one: string, other: string, times = 1): string =>
  `select ${times}.0 * (${one}) / nullif((${other}), 0) as value`

/** First contact that took place, of each time on a caseload that began in the window. */
export const firstContact = (kind: string, service: string) =>
  `(select c.event_id, c.referred_at, c.closed_at, min(k.contact_at) as first_at from ${kind}_caseloads c
    join ${kind}_contacts k on k.caseload_id = c.event_id and k.status = 'attended'
    where c.service = '${service}' and c.began_date >= (select first_day from span) group by 1, 2, 3)`
