import { spawn } from 'node:child_process'
import type { Scan } from './door/index.ts'
import { Unavailable } from './errors.ts'

/** Without a scanner a file is checked for being what it says, which the door does, and for nothing else. */
const noScanner: Scan = async () => undefined

/**
 * A virus scanner as a command that reads the file from its standard input: it ends with 0 for clean, 1 for infected, as `clamdscan -` does.
 * Anything else means that it could not look, and then the file is not taken.
 */
export function scannerOf(command: string | undefined): Scan {
  if (command === undefined) return noScanner
  const [program = '', ...words] = command.split(/\s+/)
  return (file) =>
    new Promise((resolve, reject) => {
      const unable = () =>
        reject(
          new Unavailable('The file could not be checked for viruses, so it was not taken. Try again later.'),
        )
      const child = spawn(program, words, { stdio: ['pipe', 'ignore', 'ignore'], timeout: 60_000 })
      child.once('error', unable)
      // A scanner that has seen enough stops reading; its verdict still counts.
      child.stdin.once('error', () => undefined)
      child.once('close', (code) => {
        if (code === 0) resolve(undefined)
        else if (code === 1) resolve('The file was refused by the virus scanner')
        else unable()
      })
      child.stdin.end(file.bytes)
    })
}
