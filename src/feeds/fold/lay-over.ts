import { isNews, type Order, type Orders } from './order.ts'

/**
 * Lays what one message says over what is known, element by element: of each the newest counts, and what a message leaves out stays. The
 * same messages in any order, once or twice, give the same resource and the same orders.
 * @param said elements by name; undefined takes one away
 */
export function layOver<Type extends object>(
  before: Type,
  orders: Orders,
  said: { [Name in keyof Type]?: Type[Name] | undefined },
  order: Order,
): { after: Type; orders: Orders } {
  const after = { ...before }
  const noted = { ...orders }
  for (const [name, value] of Object.entries(said) as [keyof Type & string, Type[keyof Type & string]][]) {
    if (!isNews(noted, name, order)) continue
    if (value === undefined) delete after[name]
    else after[name] = value
  }
  return { after, orders: noted }
}
