/**
 * When something was said, as text that sorts. What is said of one thing is put in this order however it arrives, so that every order of
 * arrival ends in the same record.
 *
 * | part | because |
 * |---|---|
 * | weight | what a laboratory repeats about an address never outweighs what the hospital’s own register says |
 * | recorded | EVN-2, when the sender recorded the event |
 * | sent | MSH-7, for two events of the same moment |
 * | control id | MSH-10, digits compared as numbers, for two messages of the same moment |
 */
export type Order = string

export const orderOf = (
  weight: 'heard' | 'registered',
  recorded: Date,
  sent: Date,
  controlId: string,
): Order =>
  [weight === 'registered' ? '1' : '0', recorded.toISOString(), sent.toISOString(), inDigits(controlId)].join(
    ' ',
  )

/** M9 comes before M10. */
const inDigits = (controlId: string): string =>
  controlId.replace(/\d+/g, (digits) => digits.padStart(20, '0'))

/** For each part of a thing, the order of the newest that was said of it. */
export type Orders = Record<string, Order>

/** Notes that this was said, unless something newer was. @returns whether it counts */
export function isNews(orders: Orders, part: string, order: Order): boolean {
  const before = orders[part]
  if (before !== undefined && before > order) return false
  orders[part] = order
  return true
}
