import type { Place } from './access/index.ts'
import type { Running } from './app.ts'

/** What a stranger reads when the place is up. */
export function welcome(place: Place, running: Running): string {
  const staff = place.demoStaff.map(
    (each) => `    ${(place.roles[each.role]?.name ?? each.role).padEnd(22)}${each.name}`,
  )
  return [
    '',
    `  ${place.service} for ${place.name} is running.`,
    '',
    `    Pages      ${running.publicUrl}`,
    `    FHIR API   ${running.publicUrl}/fhir`,
    `    HL7 v2     localhost:${running.mllpPort} (MLLP)`,
    '',
    '  Every person in it is invented. Sign in as any of these; there is no password:',
    '',
    ...staff,
    '',
    '  README.md tells the first story. Ctrl+C stops it; the data stays.',
    '',
  ].join('\n')
}
