import { constants, type FileHandle, lstat, mkdir, open, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { senderActor } from '../../access/index.ts'
import { NotFound, namedProblem } from '../../platform/index.ts'
import { asSender, type FileParts } from './as-sender.ts'
import { type FileSender, fileSenders, type Received, receive } from './receive.ts'
import { reportOf } from './report.ts'

/** What an upload may be at most, and so a file in a folder. */
export const mostBytes = 32 * 1024 * 1024

type Seen = { size: number; changed: number }

/**
 * Takes files from a folder for each sender. A file is complete when its size and time are what they were at the look before; names that
 * begin with a dot, or end in .part, .tmp or .filepart, are still being written. A file that was received is moved to taken/, one that was
 * not to refused/, each with a report beside it. Receiving comes first and moving after: when the process dies between the two, the file is
 * found again, recognised as received, and moved.
 *
 * A sender may put into its folder what it likes, links too: none is followed, or it would read and write elsewhere in our name.
 */
export function folderOf(parts: FileParts & { folder: string }): () => Promise<number> {
  const as = asSender(parts)
  const seen = new Map<string, Seen>()
  const senders = Map.groupBy(fileSenders(parts.place), (each) => each.sender)

  async function look(): Promise<number> {
    let taken = 0
    for (const [sender, sets] of senders) {
      const folder = join(parts.folder, sender)
      await mkdir(folder, { recursive: true })
      for (const name of (await readdir(folder)).sort()) {
        try {
          if (await isComplete(folder, name, seen)) {
            await take(folder, name, sets)
            taken += 1
          }
        } catch (problem) {
          // The file stays where it is and is tried again; its name may be about somebody, so it is not logged.
          parts.log({ level: 'error', at: 'files', sender, problem: namedProblem(problem) })
        }
      }
    }
    return taken
  }

  async function take(folder: string, name: string, sets: FileSender[]): Promise<void> {
    const set = setOf(name, sets)
    const { size, bytes } = await readOwn(join(folder, name))
    const received = set && bytes ? await receiveAs(set, name, bytes) : undefined
    const report = received && set ? reportOf(set, received) : unreceived(name, sets, size)
    const into = join(folder, received && received.state !== 'refused' ? 'taken' : 'refused')
    await mkdir(into, { recursive: true })
    if (!(await lstat(into)).isDirectory()) throw new Error('A link stands where files are to be moved to')
    const as = await freeName(into, name)
    await rename(join(folder, name), join(into, as))
    await writeFile(join(into, `${as}.txt`), report, { flag: 'wx' })
  }

  async function receiveAs(set: FileSender, name: string, bytes: Buffer): Promise<Received> {
    const actor = senderActor(parts.place, set.sender)
    if (!actor) throw new NotFound()
    return as(
      actor,
      { capability: 'feeds', action: 'files.send' },
      (db) => receive(db, parts.place, set, { way: 'folder', name, bytes }),
      ({ id, state }) => ({ detail: { file: id, state, way: 'folder' }, failed: state === 'refused' }),
    )
  }
  return look
}

const unfinished = /^\.|\.(?:part|tmp|filepart|crdownload)$|\.csv\.[a-z0-9]+$/i

async function isComplete(folder: string, name: string, seen: Map<string, Seen>): Promise<boolean> {
  const path = join(folder, name)
  const found = await lstat(path)
  if (!found.isFile() || unfinished.test(name)) return false
  const before = seen.get(path)
  const now = { size: found.size, changed: found.mtimeMs }
  const same = before?.size === now.size && before.changed === now.changed
  if (same) seen.delete(path)
  else seen.set(path, now)
  return same
}

/** The file itself; without its bytes where it is too large. */
async function readOwn(path: string): Promise<{ size: number; bytes: Buffer | undefined }> {
  const file: FileHandle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const { size } = await file.stat()
    return { size, bytes: size <= mostBytes ? await file.readFile() : undefined }
  } finally {
    await file.close()
  }
}

/** The set that a file’s name begins with; any name will do where the sender has one set only. */
function setOf(name: string, sets: FileSender[]): FileSender | undefined {
  return sets.length === 1 ? sets[0] : sets.find((each) => name.toLowerCase().startsWith(each.dataset.id))
}

function unreceived(name: string, sets: FileSender[], size: number): string {
  if (size > mostBytes)
    return `${name} was refused.\n\nA file may have 32 MB at most. Send it in parts, or leave out what has not changed.\n`
  const names = sets.map((each) => each.dataset.id).join(', ')
  return `${name} was refused.\n\nIts name must begin with the name of the set that it holds: ${names}.\n`
}

async function freeName(folder: string, name: string): Promise<string> {
  const there = new Set(await readdir(folder))
  for (let copy = 1; ; copy++) {
    const as = copy === 1 ? name : `${copy}-${name}`
    if (!there.has(as) && !there.has(`${as}.txt`)) return as
  }
}
