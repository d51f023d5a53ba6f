import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { readPlace } from '../../../access/index.ts'
import { recordPages } from '../routes.ts'
import { readViews } from './view-file.ts'

const rotherham = fileURLToPath(new URL('../../../../places/rotherham', import.meta.url))
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'place-'))
  cpSync(rotherham, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const view = {
  id: 'diabetes',
  title: 'Diabetes',
  about: 'What to know at a diabetes review.',
  roles: ['gp'],
  sections: [{ title: 'HbA1c', none: 'HbA1c results', of: ['results'], words: ['HbA1c'] }],
}
const write = (content: unknown, name = 'diabetes.json') => {
  mkdirSync(join(folder, 'views'), { recursive: true })
  writeFileSync(join(folder, 'views', name), typeof content === 'string' ? content : JSON.stringify(content))
}
const paths = () =>
  recordPages(readPlace(folder), () => '').map((route) =>
    route.kind === 'page' ? route.definition.path : '',
  )

describe('the views of a place', () => {
  it('of Rotherham are right', () =>
    expect(readViews(readPlace(rotherham)).map((each) => each.id)).toContain('frailty'))

  it('grow by a file and nothing else: it has a page, a policy and a name in the audit', () => {
    expect(paths()).not.toContain('/people/:person/diabetes')
    write(view)
    const route = recordPages(readPlace(folder), () => '').find(
      (each) => each.kind === 'page' && each.definition.path === '/people/:person/diabetes',
    )
    expect(route?.definition).toMatchObject({
      audit: 'record.view.diabetes',
      may: {
        kind: 'reads',
        categories: ['results', 'mental-health', 'social-care'],
        purposes: ['direct care'],
      },
    })
  })

  it('need not be there', () => {
    rmSync(join(folder, 'views'), { recursive: true })
    expect(readViews(readPlace(folder))).toEqual([])
  })
})

test.each([
  ['no JSON', '{', /diabetes\.json cannot be read/],
  [
    'a kind of item that does not exist',
    { ...view, sections: [{ ...view.sections[0], of: ['blood'] }] },
    /diabetes\.json is not right: sections\.0\.of\.0: /,
  ],
  ['a field that nobody knows', { ...view, colour: 'red' }, /colour/],
  ['a role that does not exist', { ...view, roles: ['gp', 'wizard'] }, /roles\.1: there is no role “wizard”/],
  [
    'the address of another page',
    { ...view, id: 'timeline' },
    /id: “timeline” is the address of another page/,
  ],
  [
    'a section that would hold everything',
    { ...view, sections: [{ title: 'All', none: 'items', of: ['results'] }] },
    /sections\.0: say by codes/,
  ],
  ['an id that another view has', { ...view, id: 'frailty' }, /Two files in .* have the id “frailty”/],
])(
  'a view with %s is refused at start, and the file and the place in it are named',
  (_name, content, expected) => {
    write(content)
    expect(() => readViews(readPlace(folder))).toThrow(expected)
  },
)
