import { beginning, type Counted, type Part } from './export.queries.ts'

/** A part that has reached this is closed: each is answered whole, and must fit into memory many times over. */
const fullBytes = 8 * 1024 * 1024

/**
 * The parts with what the next files hold. A type's parts follow one another without a gap, so that what comes to a file between working out
 * and fetching is in one of them.
 * @param until the last of those files
 */
export function grown(parts: readonly Part[], counted: readonly Counted[], until: string): Part[] {
  const all = [...parts]
  for (const { type, resources, bytes } of counted) {
    const at = all.findLastIndex((part) => part.type === type)
    const last = all[at]
    if (last && last.bytes < fullBytes)
      all[at] = {
        ...last,
        until_file: until,
        resources: last.resources + resources,
        bytes: last.bytes + bytes,
      }
    else
      all.push({
        part: all.length,
        type,
        after_file: last?.until_file ?? beginning,
        until_file: until,
        resources,
        bytes,
      })
  }
  return all
}
