type Package = { optionalDependencies?: Record<string, string> }

/**
 * Packages that somebody in the lock file may need on another system, and that it leaves out: with one of them missing, “npm ci” refuses on
 * every system. It happens where the lock is written beside a registry that lacks them.
 */
export function leftOut(lockFile: string): string[] {
  const { packages = {} } = JSON.parse(lockFile) as { packages?: Record<string, Package> }
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(packages, path, name)),
  )
}

/** Node looks beside the package’s own packages, then upwards. */
function isLocked(packages: Record<string, Package>, path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (`${folder}${folder && '/'}node_modules/${name}` in packages) return true
    if (folder === '') return false
  }
}
