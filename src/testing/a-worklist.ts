import { sql } from 'kysely'
import type { Said } from '../people/index.ts'
import { type Actor, openDatabase, stoppedClock } from '../platform/index.ts'
import { council, hospital, peekAs, speaking } from './a-source.ts'
import { type TestApp, testApp } from './app.ts'
import { signIn } from './http.ts'
import { nhsNumberFor } from './world-bundles.ts'

const now = new Date('2026-11-22T10:00:00Z')

/** For tests: the whole product with somebody who matches records signed in, a nurse, and sources that say who people are. */
export async function aWorklist() {
  const app: TestApp = await testApp(stoppedClock(now.toISOString()))
  const owner = openDatabase(app.ownerUrl, 1)
  const officer = await signIn(app.base, 'demo-data-quality-officer')
  const nurse = await signIn(app.base, 'demo-emergency-nurse')
  const { hears } = speaking(app, new Date(now.getTime() - 3_600_000))
  const peek = peekAs(owner)

  const refs = async (...files: string[]): Promise<string[]> => {
    const rows = await peek(
      sql<{
        person_key: string
        ref: string
      }>`select person_key, ref from people.file where person_key = any (${files}::uuid[])`,
    )
    return files.map((file) => rows.find((row) => row.person_key === file)?.ref ?? '')
  }
  return {
    base: app.base,
    officer,
    nurse,
    peek,
    refs,
    hears: (source: Actor, what: Partial<Said>) => hears(source, { postcode: 'S60 1AA', ...what }),
    /** Whom the audit says the latest acts of this name showed. */
    audited: async (action: string): Promise<(string | null)[]> =>
      (
        await peek(
          sql<{
            person_key: string | null
          }>`select person_key from access.audit where action = ${action} order by id desc limit 20`,
        )
      ).map((row) => row.person_key),
    get: async (path: string, cookie = officer) => {
      const answer = await fetch(app.base + path, { headers: { cookie }, redirect: 'manual' })
      return { status: answer.status, text: await answer.text() }
    },
    post: async (path: string, form: Record<string, string>, cookie = officer) => {
      const answer = await fetch(app.base + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form),
      })
      return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') }
    },
    /** Two files without a number, alike in all else: the pair, and the address at which it is compared. */
    doubt: async (more: Partial<Said> = {}) => {
      const { family, birthDate } = somebody()
      const one = await hears(hospital, { postcode: 'S60 1AA', family, birthDate })
      const other = await hears(council, { postcode: 'S60 1AA', family, birthDate, ...more })
      const [oneRef = '', otherRef = ''] = await refs(one, other)
      return { family, one, other, oneRef, otherRef, at: `/matching/pairs/${oneRef}/${otherRef}` }
    },
    close: async () => {
      await owner.close()
      await app.close()
    },
  }
}

let people = 0
/** Somebody nobody else is like: a family name, a birth date and a number of their own. */
export function somebody() {
  const serial = people++
  const letters = [...String(serial)].map((digit) => 'bdfglmnprz'[Number(digit)]).join('o')
  return {
    family: `Q${letters}quist`,
    birthDate: `19${String(10 + (serial % 80)).padStart(2, '0')}-0${1 + (serial % 9)}-1${serial % 10}`,
    number: nhsNumberFor(6000 + serial),
  }
}

/** The words of a page. */
export const plain = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
