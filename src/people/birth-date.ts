import { z } from 'zod'

/** A real date, YYYY-MM-DD, from what was typed into three fields; undefined where there is none. */
export function dateOfParts({
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
