import { fileURLToPath } from 'node:url'

/** The database that every test's own is copied from: migrated, and empty. */
export const templateName = 'gt_template'

/** gt_app's password on the tests' cluster, which lives as long as the run. Roles belong to the cluster, so there is one. */
export const testPassword = 'gt-app-in-tests'

export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

/** The same server, another database; and another role where one is named. */
export function urlOf(cluster: string, database: string, role?: string, password = ''): string {
  const url = new URL(cluster)
  url.pathname = `/${database}`
  if (role !== undefined) {
    url.username = role
    url.password = password
  }
  return url.href
}
