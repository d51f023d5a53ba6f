import { describe, expect, it } from 'vitest'
import { whoIsInvolved } from './involved.ts'

const now = new Date('2026-11-22T09:00:00Z')
const day = (date: string) => new Date(`${date}T10:00:00Z`)
const episode = (team: string, manager: string | null) => ({
  source: 'community',
  team_display: team,
  care_manager_display: manager,
  type_text: 'Leg ulcer care',
  started: '2026-08-02',
  started_at: day('2026-08-02'),
  received_at: day('2026-11-20'),
})
const contact = (source: string, author: string | null, date: string, status = 'finished') => ({
  source,
  author_display: author,
  type_text: 'Visit',
  reason_text: null,
  started_at: day(date),
  received_at: day('2026-11-20'),
  status,
})

describe('who is involved', () => {
  const contacts = [
    contact('community', 'Jo Hartley', '2026-11-21'),
    contact('hospital', 'Dr Kerr', '2026-11-02'),
    contact('hospital', 'Dr Kerr', '2026-07-02'),
  ]

  it('are the teams, with when their lead last had a contact, and then everyone else once', () => {
    const found = whoIsInvolved([episode('District Nursing', 'Jo Hartley')], contacts, now, 8)
    expect(found.map(({ team, person, lastContact }) => [team, person, lastContact])).toEqual([
      ['District Nursing', 'Jo Hartley', day('2026-11-21')],
      [undefined, 'Dr Kerr', day('2026-11-02')],
    ])
  })

  it('are not those of contacts that did not happen', () => {
    const not = ['cancelled', 'planned', 'entered-in-error'].map((status) =>
      contact('hospital', 'Dr No', '2026-11-02', status),
    )
    expect(
      whoIsInvolved(
        [],
        [...not, contact('hospital', 'Dr Soon', '2026-12-24'), contact('hospital', null, '2026-11-02')],
        now,
        8,
      ),
    ).toEqual([])
  })

  it('never leave out a team for want of room', () => {
    const teams = ['A', 'B', 'C'].map((team) => episode(team, null))
    expect(whoIsInvolved(teams, contacts, now, 2).map((each) => each.team)).toEqual(['A', 'B', 'C'])
  })
})
