/**
 * Whether an SQLSTATE tells of trouble that is the database's and not the message's: no connection, no space, shutting down, locked. Then
 * nothing is kept, and the sender must keep the message and send it again. Classes 08, 40, 53, 55, 57 and 58.
 */
export const isDatabaseTrouble = (code: string | undefined): boolean =>
  code !== undefined && /^(?:08|40|53|55|57|58)/.test(code)
