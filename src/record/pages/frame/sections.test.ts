import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readPlace } from '../../../access/index.ts'
import { sectionsFor } from './sections.ts'

const place = readPlace(fileURLToPath(new URL('../../../../places/rotherham', import.meta.url)))
const views = [{ id: 'frailty', text: 'Frailty', path: '/frailty', categories: ['results'], roles: ['gp'] }]
const of = (role: string) => sectionsFor(role, place.roles[role]!, views).map((section) => section.text)

test('a role is offered what it may open, and a view only where the view is for it', () => {
  expect(of('gp')).toEqual([
    'Summary',
    'Timeline',
    'Problems',
    'Medicines',
    'Results',
    'Contacts and stays',
    'Documents',
    'Frailty',
    'Who has looked',
  ])
  expect(of('social-worker')).not.toContain('Medicines')
  expect(of('emergency-nurse')).not.toContain('Frailty')
  expect(of('analyst')).toEqual([])
})
