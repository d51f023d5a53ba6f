import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { type SourceGap, WithheldNotice } from './withheld-notice.tsx'

const words = (gap: SourceGap) =>
  renderToString(<WithheldNotice gaps={[{ source: 'Hospital', gap, reason: 'Because.' }]} />)

test('only what is certainly there is said to be there', () => {
  expect(words('withheld')).toContain('There is information here')
  for (const gap of ['possibly withheld', 'not for your role'] as const) {
    expect(words(gap)).not.toContain('There is information')
    expect(words(gap)).toContain('If there is information')
  }
})
