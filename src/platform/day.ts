import { z } from 'zod'

/** A day as three fields of a form give it: `2026-03-09`; undefined where it is no real date. */
export function dayOf({
  day,
  month,
  year,
}: {
  day: string
  month: string
  year: string
}): string | undefined {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return undefined
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return z.iso.date().safeParse(iso).success ? iso : undefined
}
