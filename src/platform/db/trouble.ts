/** Classes 08, 40, 53, 55, 57 and 58 of SQLSTATE: no connection, no space, shutting down, locked, not in time. */
const sqlStates = /^(?:08|40|53|55|57|58)[0-9A-Z]{3}$/
const ofConnections = /^E(?:CONN[A-Z]+|PIPE|TIMEDOUT|NOENT|NOSPC|AI_AGAIN)$/

/**
 * Whether this is trouble of the database and not of what was asked. Then nothing is known to be kept, and whoever sent must keep it and send
 * it again. pg gives no code to a connection that broke or did not come in time.
 */
export function isDatabaseTrouble(problem: unknown): boolean {
  if (!(problem instanceof Error)) return false
  const { code, message } = problem as Error & { code?: unknown }
  if (typeof code === 'string') return sqlStates.test(code) || ofConnections.test(code)
  return /\bconnection\b|\btimeout\b|not queryable/i.test(message)
}
