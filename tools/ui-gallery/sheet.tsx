/** The frame of every page of the gallery: a nurse who does not exist, logged in to a demonstration. */
import type { ComponentChildren } from 'preact'
import { PageShell } from '../../src/platform/ui/index.ts'

export const now = new Date('2026-11-02T15:20:00Z')
export const margaret = { family: 'Ashworth', given: 'Margaret', prefix: 'Mrs' }

interface SheetProps {
  heading: string
  section: string
  banner?: ComponentChildren
  printHeader?: ComponentChildren
  beforeContent?: ComponentChildren
  backLink?: { href: string }
  hasErrors?: boolean
  children: ComponentChildren
}

export function Sheet(props: SheetProps) {
  return (
    <PageShell
      {...props}
      wide
      nonce="gallery"
      place={{ name: 'Rotherham Place' }}
      account={{
        name: 'Asha Begum',
        role: 'Community nurse',
        items: [{ text: 'Change role', href: '#' }],
        logOut: { action: '/log-out' },
      }}
      search={{
        action: '/people',
        label: 'Find a person by NHS number or name',
        placeholder: 'Find a person',
      }}
      navigation={[
        { text: 'My work', href: '#' },
        { text: 'People', href: '#', active: true },
        { text: 'Referrals', href: '#' },
        { text: 'Population', href: '#' },
      ]}
    />
  )
}
